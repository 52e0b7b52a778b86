import Contracts
import Governance

extension CaseColumns {
    /// What a fact of Revisit does to the columns of the case it is about. Facts of others change nothing here.
    mutating func applyRevisit(_ fact: Fact) {
        switch fact {
        case .revisitPlanned(let planned): revisit.phoneDue = planned.phone.due
        case .revisitPassed(let passed):
            revisit.passedCycle = passed.cycle
            revisit.passedBy = passed.basis.actor?.subject
            revisit.phoneDue = nil
        case .revisitReopened:
            revisit.reopens += 1
            revisit.phoneDue = nil
        case .revisitDrawn(let drawn): revisit.drawnCycle = drawn.cycle
        case .revisitVisited(let visited): revisit.onSiteCycle = visited.cycle
        default: break
        }
    }
}

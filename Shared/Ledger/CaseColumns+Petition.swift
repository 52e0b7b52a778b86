import Contracts
import Governance

extension CaseColumns {
    /// What 延长, 复查 and 复核 of a petition do to the columns that Supervision writes.
    mutating func applyPetition(_ fact: Fact) {
        switch fact {
        case .petitionExtended: supervision.answerExtended = true
        case .petitionAsked(let asked):
            supervision.remedy = PetitionRemedy(
                asked.instance, cycle: dispatch.cycle, unit: asked.unit, due: asked.deadline.due,
                reviewers: remedyOfAnswer?.reviewers ?? [])
        case .petitionHeard(let heard):
            supervision.remedy?.hearings.append(heard.day)
            supervision.remedy?.due = heard.deadline.due
        case .petitionAnswered(let answered):
            guard answered.outcome == .upheld else {
                // The answer fell: there is nothing left to ask about.
                supervision.remedy = nil
                return
            }
            supervision.remedy?.answeredAt = answered.at
            if let actor = answered.basis.actor { supervision.remedy?.reviewers.append(actor.subject) }
        default: break
        }
    }
}

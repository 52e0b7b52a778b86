import Contracts
import Governance

/// The terms that the law sets for a petition: changed by 延长 and 听证 alone, never by a clock of ours.
extension ClockFold {
    mutating func applyPetition(_ fact: Fact) {
        switch fact {
        case .petitionExtended(let extended):
            for clock in board.clocks where clock.rule == .petitionAnswer {
                guard let given = extended.clocks.first(where: { $0.start == clock.deadline.start }) else { continue }
                start(CaseClock(given, name: clock.name, since: extended.at, startedBy: id))
            }
        case .petitionAsked(let asked): start(CaseClock(asked.deadline, since: asked.at, startedBy: id))
        case .petitionHeard(let heard):
            board.change(heard.deadline.rule) { clock in
                clock.deadline = heard.deadline
                clock.since = heard.at
                clock.startedBy = id
            }
        case .petitionAnswered(let answered): board.remove { $0.rule == answered.instance.clock }
        default: break
        }
    }
}

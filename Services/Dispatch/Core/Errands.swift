import CaseLog
import Contracts
import Governance

/// 代办: another unit is sent to somebody who cannot come himself, and finishes in time with a word to him (domain.md row 31).
struct Errands {
    let desk: OrderDesk
    let order: StoredOrder

    func decide(_ command: Contracts.Command) throws -> OrderDesk.Outcome {
        switch command {
        case .sendErrand(let send):
            let unit = try desk.unit(send.unit, "unit")
            guard unit != desk.columns.dispatch.mainUnit else { throw DispatchRefusals.ownErrand }
            let task = try desk.text(send.task, "task")
            let clock = DeadlineRules.deadline(.errand, start: desk.now, calendar: desk.reference.calendar)
            return Decision(facts: [
                .errandSent(
                    .init(
                        number: send.number, order: order.name, unit: unit, task: task, clock: clock, at: desk.now,
                        basis: desk.basis()))
            ])
        case .finishErrand(let finish):
            guard let errand = desk.columns.dispatch.errand else { break }
            let word = try desk.text(finish.word, "word")
            return Decision(facts: [
                .errandFinished(
                    .init(
                        number: finish.number, order: order.name, unit: errand.unit, word: word, at: desk.now,
                        basis: desk.basis()))
            ])
        default: break
        }
        throw DispatchRefusals.notHere(command.type)
    }
}

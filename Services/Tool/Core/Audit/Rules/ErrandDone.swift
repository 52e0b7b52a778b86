import Contracts
import Governance

/// `errand.done`: an errand 代办 is finished once, by the grid or by the unit that was sent, and before its order is; its clock
/// speaks while it is out, and of its end never before it is due (domain.md row 31).
struct ErrandDone: AuditRule {
    let name = "errand.done"
    private var out: [CaseNumber: UnitCode] = [:]
    private var found: [Offence] = []

    mutating func feed(_ feed: AuditFeed) {
        guard case .record(let record) = feed, record.hasEffect else { return }
        for step in record.facts { note(step.fact, record.place) }
    }

    private mutating func note(_ fact: Fact, _ place: AuditPlace) {
        func add(_ number: CaseNumber, _ what: String) {
            found.append(Offence(what: "\(number.text): \(fact.type) \(what)", place: place))
        }
        switch fact {
        case .orderIssued(let issued): out[issued.number] = nil
        case .errandSent(let sent):
            if let other = out.updateValue(sent.unit, forKey: sent.number) { add(sent.number, "while \(other) is out") }
        case .errandFinished(let finished):
            let unit = out.removeValue(forKey: finished.number)
            if unit != finished.unit { add(finished.number, "by \(finished.unit), which was not sent") }
            guard let actor = finished.basis.actor else { return add(finished.number, "by nobody") }
            let isUnit = actor.role == .unitHead || actor.role == .handler
            if isUnit, actor.unit != unit { add(finished.number, "by \(actor.subject) of another unit") }
        case .caseWarned(let warned) where warned.rule == .errand:
            if out[warned.number] == nil { add(warned.number, "about an errand, and nobody is out") }
            if warned.point == .due, warned.at < warned.deadline.due { add(warned.number, "before the errand is due") }
        case .orderFinished(let finished):
            if let unit = out[finished.number] { add(finished.number, "while \(unit) is out") }
        default: break
        }
    }

    func finish() -> [Offence] { found }
}

import Contracts
import Governance

/// `form.hands`: a 督办单 is settled 核销 only after what was done was told, by another person than who told it, and not by
/// somebody of the unit it is addressed to (domain.md §3.2 督办单, §3.5).
struct FormHands: AuditRule {
    let name = "form.hands"
    private struct Story {
        var unit: UnitCode?
        var rectifiedBy: String?
        var isRectified = false
    }
    private var forms: [String: Story] = [:]
    private var found: [Offence] = []

    mutating func feed(_ feed: AuditFeed) {
        guard case .record(let record) = feed, record.hasEffect else { return }
        for step in record.facts {
            switch step.fact {
            case .caseReminded(let form): forms[form.form] = Story(unit: form.unit)
            case .caseSupervised(let form): forms[form.form] = Story(unit: form.unit)
            case .formRectified(let rectified):
                forms[rectified.form]?.isRectified = true
                forms[rectified.form]?.rectifiedBy = rectified.basis.actor?.subject
            case .formSettled(let settled): check(settled, record.place)
            default: break
            }
        }
    }

    private mutating func check(_ settled: FormSettled, _ place: AuditPlace) {
        func add(_ what: String) { found.append(Offence(what: "\(settled.form) is settled \(what)", place: place)) }
        guard let form = forms[settled.form], form.isRectified else {
            return add("before anybody told what was done")
        }
        guard let actor = settled.basis.actor else { return add("by nobody") }
        if actor.subject == form.rectifiedBy { add("by \(actor.subject), who told what was done") }
        if let unit = actor.unit, unit == form.unit { add("by somebody of \(unit.text), to which it is addressed") }
    }

    func finish() -> [Offence] { found }
}

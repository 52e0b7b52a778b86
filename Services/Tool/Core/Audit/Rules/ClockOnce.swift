import Contracts
import Foundation
import Governance

/// `clock.once`: no clock speaks twice. A clock's moment is known by the case, the clock's name, the moment, and the fact that
/// last started or resumed it; a form's number is issued once, and so is a leader's call.
struct ClockOnce: AuditRule {
    let name = "clock.once"
    private struct Moment: Hashable {
        var number: CaseNumber
        var clock: String
        var point: CaseClock.Point
        var startedBy: UUID
    }
    private var moments: [Moment: AuditPlace] = [:]
    private var forms: [String: AuditPlace] = [:]
    private var found: [Offence] = []

    mutating func feed(_ feed: AuditFeed) {
        guard case .record(let record) = feed, record.hasEffect else { return }
        for fact in record.facts { note(fact.fact, record.place) }
    }

    private mutating func note(_ fact: Fact, _ place: AuditPlace) {
        switch fact {
        case .caseWarned(let warned):
            let moment = Moment(
                number: warned.number, clock: warned.clock, point: warned.point, startedBy: warned.startedBy)
            guard let before = moments.updateValue(place, forKey: moment) else { return }
            let what = "\(warned.clock)/\(warned.point.rawValue) of \(warned.number.text) spoke at \(before) already"
            found.append(Offence(what: what, place: place))
        case .caseReminded(let form): issued(form.form, place)
        case .caseSupervised(let form): issued(form.form, place)
        case .leaderCalled(let called): issued("\(called.form ?? called.number.text) call \(called.call)", place)
        default: break
        }
    }

    private mutating func issued(_ form: String, _ place: AuditPlace) {
        guard let before = forms.updateValue(place, forKey: form) else { return }
        found.append(Offence(what: "\(form) was issued at \(before) already", place: place))
    }

    func finish() -> [Offence] { found }
}

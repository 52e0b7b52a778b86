import Contracts
import Governance

/// `warning.steps`: every risk warning says model, inputs, threshold and a value that reaches it; a model warns once a window
/// for its scenario and place, that of 同一人反复 for each person, whose reports alone are its inputs; a warning is confirmed
/// once and cleared once (domain.md row 40, §3.2).
struct WarningSteps: AuditRule {
    let name = "warning.steps"
    private struct Case: Hashable {
        var number: CaseNumber
        var warning: String
    }
    /// An appeal may tell of a time a little ahead of the clock that takes it.
    private static let ahead = Duration.hours(1)
    private var raised: [String: Instant] = [:]
    /// The person of each report that has one.
    private var persons: [String: String] = [:]
    private var state: [Case: CaseWarning.State] = [:]
    private var found: [Offence] = []

    mutating func feed(_ feed: AuditFeed) {
        guard case .record(let record) = feed, record.hasEffect else { return }
        for fact in record.facts {
            switch fact.fact {
            case .reportAttached(let body): persons[body.appeal.id.wire] = body.appeal.personToken
            case .reportQueued(let body): persons[body.appeal.id.wire] = body.appeal.personToken
            case .warningRaised(let body): raise(body, record.place)
            case .warningConfirmed(let body):
                step(Case(number: body.number, warning: body.warning), from: [.raised], to: .confirmed, record.place)
            case .warningCleared(let body):
                let from: [CaseWarning.State] = body.outcome == .resolved ? [.confirmed] : [.raised, .confirmed]
                step(Case(number: body.number, warning: body.warning), from: from, to: .resolved, record.place)
            default: continue
            }
        }
    }

    private mutating func raise(_ body: WarningRaised, _ place: AuditPlace) {
        let reason = body.basis.reasons.first
        if body.found < body.threshold || reason?.rule != "model.\(body.model)" || reason?.inputs.isEmpty != false
            || reason?.reference == nil
        {
            found.append(Offence(what: "\(body.warning) of \(body.number) does not say why it warns", place: place))
        }
        let one = Case(number: body.number, warning: body.warning)
        if let area = body.area {
            let key = RiskWatch.key(body.warning, area, of: person(of: body, place))
            if let last = raised[key], body.at - last + Self.ahead < .naturalDays(body.days) {
                found.append(Offence(what: "\(key) warns twice within \(body.days) days", place: place))
            }
            raised[key] = body.at
        } else if let last = state[one], last == .raised || last == .confirmed {
            found.append(Offence(what: "\(body.warning) of \(body.number) is raised while it is open", place: place))
        }
        state[one] = .raised
    }

    /// The person whose reports it counted; nil for what counts the reports of whomever.
    private mutating func person(of body: WarningRaised, _ place: AuditPlace) -> String? {
        guard body.kind == .repetition else { return nil }
        let all = Set((body.basis.reasons.first?.inputs ?? []).map { persons[$0] })
        guard all.count == 1, let person = all.first ?? nil else {
            found.append(Offence(what: "\(body.warning) of \(body.number) does not count one person's", place: place))
            return nil
        }
        return person
    }

    private mutating func step(
        _ one: Case, from allowed: [CaseWarning.State], to next: CaseWarning.State, _ place: AuditPlace
    ) {
        if !(state[one].map(allowed.contains) ?? false) {
            found.append(Offence(what: "\(one.warning) of \(one.number) takes a step out of order", place: place))
        }
        state[one] = next
    }

    func finish() -> [Offence] { found }
}

import Contracts
import Governance

/// `mediation.voluntary`: nobody is sent to mediation against his will, and nobody sits on a panel twice, after he handled the
/// case, or after he sat on an earlier panel of it (domain.md rows 77, 78).
struct MediationVoluntary: AuditRule {
    let name = "mediation.voluntary"
    private var hands: [CaseNumber: Set<String>] = [:]
    private var found: [Offence] = []

    mutating func feed(_ feed: AuditFeed) {
        guard case .record(let record) = feed, record.hasEffect else { return }
        for step in record.facts {
            switch step.fact {
            case .orderSigned(let body): touch(body.number, body.basis)
            case .orderMet(let body): touch(body.number, body.basis)
            case .orderProgressed(let body): touch(body.number, body.basis)
            case .orderFinished(let body): touch(body.number, body.basis)
            case .mediationReferred(let body): check(body, record.place)
            default: break
            }
        }
    }

    private mutating func touch(_ number: CaseNumber, _ basis: Basis) {
        if let actor = basis.actor { hands[number, default: []].insert(actor.subject) }
    }

    private mutating func check(_ body: MediationReferred, _ place: AuditPlace) {
        func add(_ what: String) {
            found.append(Offence(what: "\(body.number.text) goes to mediation \(what)", place: place))
        }
        if body.consents?.areBoth == false { add("without the consent of both parties") }
        for mediator in body.panel?.mediators ?? []
        where !hands[body.number, default: []].insert(mediator).inserted {
            add("with \(mediator), who had a hand in it")
        }
    }

    func finish() -> [Offence] { found }
}

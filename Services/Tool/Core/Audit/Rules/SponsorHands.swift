import Contracts
import Governance

/// `sponsor.hands`: a case has one sponsor 包案领导. A leader takes it himself while nobody sponsors it; only the chief leader names
/// another, or puts one in the place of another; the sponsor himself or the chief leader ends it (domain.md row 19). That he
/// does not strike it off, `strike_off.hands` says.
struct SponsorHands: AuditRule {
    let name = "sponsor.hands"
    private var sponsors: [CaseNumber: String] = [:]
    private var found: [Offence] = []

    /// Who may sponsor a case.
    private static let leaders: Set<Role> = [.deputyLeader, .chiefLeader, .sponsor]

    mutating func feed(_ feed: AuditFeed) {
        guard case .record(let record) = feed, record.hasEffect else { return }
        for step in record.facts {
            switch step.fact {
            case .caseSponsored(let sponsored): check(sponsored, record.place)
            case .sponsorEnded(let ended): check(ended, record.place)
            default: break
            }
        }
    }

    private mutating func check(_ sponsored: CaseSponsored, _ place: AuditPlace) {
        let number = sponsored.number
        func add(_ what: String) { found.append(Offence(what: "\(number.text) is sponsored \(what)", place: place)) }
        let before = sponsors.updateValue(sponsored.sponsor.subject, forKey: number)
        if sponsored.previous?.subject != before { add("in the place of somebody who did not sponsor it") }
        guard let actor = sponsored.basis.actor, Self.leaders.contains(actor.role) else {
            return add("by the word of nobody who leads")
        }
        guard actor.role != .chiefLeader else { return }
        if actor.subject != sponsored.sponsor.subject { add("by another, whom \(actor.subject) named") }
        if before != nil { add("by \(actor.subject), who put another in his place") }
    }

    private mutating func check(_ ended: SponsorEnded, _ place: AuditPlace) {
        let number = ended.number
        func add(_ what: String) {
            found.append(Offence(what: "the sponsorship of \(number.text) is ended \(what)", place: place))
        }
        guard let sponsor = sponsors.removeValue(forKey: number), sponsor == ended.sponsor.subject else {
            return add("for somebody who did not sponsor it")
        }
        guard let actor = ended.basis.actor else { return add("by nobody") }
        if actor.role != .chiefLeader, actor.subject != sponsor { add("by \(actor.subject), whose it is not") }
    }

    func finish() -> [Offence] { found }
}

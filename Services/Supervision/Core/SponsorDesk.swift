import Contracts
import Governance

/// 包案 and its end. Who may stands in the transition table; here is who becomes the sponsor.
struct SponsorDesk {
    let columns: CaseColumns
    let actor: Actor
    let now: Instant

    func decide(_ command: Contracts.Command) throws -> Fact {
        switch command {
        case .sponsorCase(let wanted):
            let reason = try SupervisionDesk.text(wanted.reason, "reason")
            let sponsor = try leader(wanted)
            guard sponsor.subject != columns.supervision.sponsor?.subject else {
                throw SupervisionRefusals.sameSponsor(sponsor.name)
            }
            return .caseSponsored(
                .init(
                    number: wanted.number, sponsor: sponsor, previous: columns.supervision.sponsor, reason: reason,
                    at: now, basis: .person(actor, reason)))
        case .endSponsor(let end):
            guard let sponsor = columns.supervision.sponsor else { break }
            let reason = try SupervisionDesk.text(end.reason, "reason")
            return .sponsorEnded(
                .init(number: end.number, sponsor: sponsor, reason: reason, at: now, basis: .person(actor, reason)))
        default: break
        }
        throw SupervisionRefusals.notHere(command.type)
    }

    /// A leader takes a case himself; the chief leader may name another, by subject and by name.
    private func leader(_ wanted: SponsorCase) throws -> CaseSponsor {
        guard wanted.leader != nil || wanted.name != nil else {
            return CaseSponsor(subject: actor.subject, name: actor.name)
        }
        guard actor.role == .chiefLeader else { throw SupervisionRefusals.chiefNames() }
        return CaseSponsor(
            subject: try SupervisionDesk.text(wanted.leader ?? "", "leader"),
            name: try SupervisionDesk.text(wanted.name ?? "", "name"))
    }
}

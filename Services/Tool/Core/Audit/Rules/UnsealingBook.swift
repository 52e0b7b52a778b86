import Contracts
import Foundation
import Governance

/// `unsealing.book`: every `vault.unseal` that somebody was told yes to stands in the book with who, why and what, and the book
/// has no entry that no person asked for.
struct UnsealingBook: AuditRule {
    let name = "unsealing.book"
    private struct Asked {
        var actor: Actor?
        var unseal: UnsealVault
    }
    private var asked: [UUID: Asked] = [:]
    private var entries: Set<UUID> = []
    private var found: [Offence] = []

    mutating func feed(_ feed: AuditFeed) {
        switch feed {
        case .command(let input):
            guard case .unsealVault(let unseal)? = input.command else { return }
            asked[input.id] = Asked(actor: input.envelope?.actor, unseal: unseal)
        case .record(let record):
            guard record.hasEffect else { return }
            for fact in record.facts {
                guard case .vaultUnsealed(let entry) = fact.fact else { continue }
                note(entry, record)
            }
        case .reply(let place, let reply):
            guard reply.status == .done, asked[reply.command] != nil, !entries.contains(reply.command) else { return }
            add("\(reply.command.wire) was told yes, but the book has no entry", place)
        default: break
        }
    }

    private mutating func note(_ entry: VaultUnsealed, _ record: AuditRecord) {
        let subject = entry.basis.actor?.subject
        guard let cause = record.headers?.cause, let asked = asked[cause], let actor = asked.actor else {
            return add("an entry about \(entry.number.text) that nobody asked for", record.place)
        }
        entries.insert(cause)
        if subject != actor.subject {
            add("an entry names \(subject ?? "nobody"), \(actor.subject) asked", record.place)
        }
        let isSame =
            entry.number == asked.unseal.number && entry.report == asked.unseal.report
            && entry.purpose == asked.unseal.purpose
        if !isSame { add("an entry about \(entry.number.text) is not what \(actor.subject) asked for", record.place) }
        if entry.purpose.allSatisfy(\.isWhitespace) { add("an entry without a purpose", record.place) }
    }

    private mutating func add(_ what: String, _ place: AuditPlace) { found.append(Offence(what: what, place: place)) }

    func finish() -> [Offence] { found }
}

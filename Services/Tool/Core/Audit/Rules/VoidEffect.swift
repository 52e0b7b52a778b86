import Contracts
import Foundation

/// `record.void_effect`: what does not count has no effect: nothing was sent, told, parked or decided because of a void
/// or a late record alone.
struct VoidEffect: AuditRule {
    let name = "record.void_effect"
    private struct Sent {
        var id: UUID
        var what: String
        var place: AuditPlace
    }
    /// Crossing commands on `commands`.
    private var crossings: [Sent] = []
    private var crossingIds: Set<UUID> = []
    /// Commands that a record with effect orders.
    private var ordered: Set<UUID> = []
    private var accepted: Set<UUID> = []
    private var parked: Set<UUID> = []
    /// Causes of void records.
    private var void: Set<UUID> = []
    private var replies: [Sent] = []
    private var letters: [Sent] = []
    /// What records give cause to: with effect, and without.
    private var causes: Set<UUID> = []
    private var voidCauses: [UUID: AuditPlace] = [:]
    private var reactions: [Sent] = []

    mutating func feed(_ feed: AuditFeed) {
        switch feed {
        case .command(let input):
            guard input.isOrdered, !input.isRetry, crossingIds.insert(input.id).inserted else { return }
            crossings.append(Sent(id: input.id, what: input.message[HeaderName.type] ?? "command", place: input.place))
        case .record(let record): note(record)
        case .reply(let place, let reply):
            replies.append(Sent(id: reply.command, what: "reply \(reply.status.rawValue)", place: place))
        case .letter(let place, let letter):
            letters.append(Sent(id: letter.parkedUnder, what: "dead letter", place: place))
        default: break
        }
    }

    private mutating func note(_ record: AuditRecord) {
        guard let headers = record.headers, let cause = headers.cause else { return }
        if record.isAccepted {
            accepted.insert(cause)
            if record.elements.first?.type == RuntimeType.parked { parked.insert(cause) }
            if let kind = headers.mark?.kind, kind == .fact || kind == .late {
                reactions.append(Sent(id: cause, what: record.headers?.types.first ?? "", place: record.place))
            }
        } else {
            void.insert(cause)
        }
        if record.hasEffect {
            for element in record.elements where element.type == RuntimeType.ordered { ordered.insert(element.id) }
        }
        for element in record.factElements {
            for service in ServiceName.deciders where service != headers.owner.service {
                give(Identifier.reaction(to: element.id, by: service), record, effective: record.hasEffect)
            }
            give(Identifier.late(element.id), record, effective: record.standing == .late)
        }
    }

    private mutating func give(_ cause: UUID, _ record: AuditRecord, effective: Bool) {
        if effective {
            causes.insert(cause)
            voidCauses[cause] = nil
        } else if record.standing != .counts, !causes.contains(cause) {
            voidCauses[cause] = record.place
        }
    }

    func finish() -> [Offence] {
        let commands = crossings.filter { !ordered.contains($0.id) }.map {
            Offence(what: "\($0.what) \($0.id.wire) was sent, but no record with effect orders it", place: $0.place)
        }
        let told = replies.filter { void.contains($0.id) && !accepted.contains($0.id) }.map {
            Offence(what: "\($0.what) to \($0.id.wire) was sent, but only a void record answers it", place: $0.place)
        }
        let dead = letters.filter { !parked.contains($0.id) }.map {
            Offence(what: "\($0.what) \($0.id.wire) was sent, but no record that counts parks it", place: $0.place)
        }
        let decided = reactions.compactMap { sent in
            voidCauses[sent.id].map {
                Offence(what: "\(sent.what) was decided because of \($0), which has no effect", place: sent.place)
            }
        }
        return commands + told + dead + decided
    }
}

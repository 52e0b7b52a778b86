import Contracts
import Foundation

/// `fact.before_cause`: what a record answers is in the log before it, and its ids follow from that cause. A timer's
/// cause holds the name of a clock and cannot be followed back from the log; its ids can.
struct FactCause: AuditRule {
    let name = "fact.before_cause"
    private struct Source {
        var partition: Int32
        var after: Int64
    }
    private var reports: [UUID: Source] = [:]
    private var commands: [UUID: Source] = [:]
    /// Causes that elements so far give to others, in the partition being read.
    private var reactions: Set<UUID> = []
    private var partition: Int32 = -1
    private var found: [Offence] = []

    mutating func feed(_ feed: AuditFeed) {
        switch feed {
        case .report(let input):
            reports[input.id] = source(input)
            // The same id with another body is decided under a cause of its own.
            reports[Identifier.otherBody(report: input.id, hash: ReportContents.hash(input))] = source(input)
        case .command(let input): commands[input.id] = source(input)
        case .record(let record): check(record)
        default: break
        }
    }

    private func source(_ input: AuditInput) -> Source {
        Source(partition: input.place.partition, after: input.envelope?.after ?? 0)
    }

    private mutating func check(_ record: AuditRecord) {
        if record.place.partition != partition {
            partition = record.place.partition
            reactions.removeAll()
        }
        guard record.isAccepted, let headers = record.headers, let cause = headers.cause, let mark = headers.mark else {
            return
        }
        switch mark.kind {
        case .report: input(reports[cause], Topic.reports, cause, record)
        case .command: input(commands[cause], Topic.commands, cause, record)
        case .fact, .late:
            if !reactions.contains(cause) {
                add("answers \(cause.wire), which no fact before it gives cause to", record)
            }
        case .tick: break
        }
        checkIds(record, cause)
        let own = headers.owner.service
        for element in record.factElements {
            for service in ServiceName.deciders where service != own {
                reactions.insert(Identifier.reaction(to: element.id, by: service))
            }
            if record.standing == .late { reactions.insert(Identifier.late(element.id)) }
        }
    }

    private mutating func input(_ source: Source?, _ topic: String, _ cause: UUID, _ record: AuditRecord) {
        guard let source else { return add("answers \(cause.wire), which is not in \(topic)", record) }
        if source.partition != record.place.partition {
            add("answers \(cause.wire) of \(topic)/\(source.partition), another partition", record)
        }
        if source.after > record.place.offset, record.elements.first?.type != RuntimeType.parked {
            add("answers \(cause.wire), which rests on offset \(source.after)", record)
        }
    }

    private mutating func checkIds(_ record: AuditRecord, _ cause: UUID) {
        var orders = 0
        for (ordinal, element) in record.elements.enumerated() {
            let wanted: UUID
            switch element.type {
            case RuntimeType.ordered:
                wanted = Identifier.command(cause: cause, ordinal: orders)
                orders += 1
            case RuntimeType.parked, RuntimeType.unparked:
                wanted = Identifier.parked(cause: cause, element.type, n: Self.count(element))
            default: wanted = Identifier.fact(cause: cause, ordinal: ordinal)
            }
            if element.id != wanted {
                add("\(element.type) has the id \(element.id.wire); its cause gives \(wanted.wire)", record)
            }
        }
    }

    private static func count(_ element: Element) -> Int {
        struct Count: Decodable { var n: Int }
        return (try? JSONDecoder().decode(Count.self, from: Data(element.data)).n) ?? 0
    }

    private mutating func add(_ what: String, _ record: AuditRecord) {
        found.append(Offence(what: what, place: record.place))
    }

    func finish() -> [Offence] { found }
}

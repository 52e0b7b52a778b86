import CaseLog
import Contracts
import Foundation
import Governance

/// One thing that must hold of every log. Pure: it is fed what was read, in the order of ``AuditFeed``, and says in the
/// end what is wrong.
protocol AuditRule {
    /// Its name in the report: `report.outcome`.
    var name: String { get }
    /// Looks at one thing.
    mutating func feed(_ feed: AuditFeed)
    /// What is wrong, in the order of finding.
    func finish() -> [Offence]
}

/// A violation, and where it stands.
struct Offence: Sendable, Equatable {
    /// What is wrong with what.
    var what: String
    /// Where; nil for what is missing.
    var place: AuditPlace?
}

/// A place in the log.
struct AuditPlace: Sendable, Hashable, CustomStringConvertible {
    var topic: String
    var partition: Int32
    var offset: Int64

    var description: String { "\(topic)/\(partition)@\(offset)" }
}

/// What the rules are fed. Reports come first, then commands, then `cases` partition by partition in log order, then
/// replies and dead letters, then what lies beside the log.
enum AuditFeed {
    /// Any message of any topic, before it is fed as what it is.
    case message(AuditPlace, Message)
    /// A message of `reports`.
    case report(AuditInput)
    /// A message of `commands`.
    case command(AuditInput)
    /// A message of `cases`.
    case record(AuditRecord)
    /// A message of `replies`.
    case reply(AuditPlace, Reply)
    /// A message of a dead-letter topic.
    case letter(AuditPlace, DeadLetter)
    /// A row of an edge's own store.
    case edgeRow(EdgeRow)
    /// A line of the receipts' file.
    case receipt(ReceiptRow)
    /// A decider's store that is not the fold of the log.
    case store(StoreDifference)
    /// A seal that is not of this log.
    case seal(SealDifference)
}

/// A report or a command as the log has it.
struct AuditInput {
    var place: AuditPlace
    /// The id in its headers, or the one derived from its place when there is none.
    var id: UUID
    /// It carries an id of its own.
    var hasId: Bool
    /// The bytes.
    var message: Message
    /// What it says; nil when it cannot be read.
    var envelope: InputEnvelope?

    init(_ entry: LogEntry, topic: String, partition: Int32) {
        place = AuditPlace(topic: topic, partition: partition, offset: entry.offset)
        let own = entry.message[HeaderName.id].flatMap(UUID.init(uuidString:))
        hasId = own != nil
        id = own ?? Identifier.nameless(topic: topic, partition: partition, offset: entry.offset)
        message = entry.message
        envelope = try? InputEnvelope(entry.message)
    }

    /// The report in it.
    var report: Report? { try? envelope?.element.body() }

    /// The command in it.
    var command: Contracts.Command? { try? envelope?.element.body() }

    /// It brings a parked input back and is no input itself.
    var isRetry: Bool { message[HeaderName.type] == RuntimeType.retry }

    /// A decider's record ordered it.
    var isOrdered: Bool { message[HeaderName.cause] != nil }
}

/// A record of `cases` with its standing.
struct AuditRecord {
    /// What a record may do.
    enum Standing: Sendable { case counts, late, void }

    var place: AuditPlace
    var standing: Standing
    /// Nil for what is no record at all.
    var headers: RecordHeaders?
    var elements: [Element]
    /// The facts, with the stages between which each moved its case.
    var facts: [AuditFact]

    /// It counts, and changed something.
    var hasEffect: Bool { standing == .counts }
    /// It counts, late or not.
    var isAccepted: Bool { standing != .void }
    /// Its elements that are a decider's facts.
    var factElements: [Element] { elements.filter { !RuntimeType.all.contains($0.type) } }
}

/// A fact in its place.
struct AuditFact {
    var fact: Fact
    /// State of its case before it; nil when there was no such case.
    var from: Stage?
    /// State of its case after it; nil for a fact about no case, or without effect.
    var to: Stage?
}

/// A row that an edge acknowledged.
struct EdgeRow: Sendable {
    var id: UUID
    var file: String
    /// `sent` or `pending`.
    var state: String
}

/// A receipt that somebody holds.
struct ReceiptRow: Sendable {
    var id: UUID
    var sourceKey: String
}

/// Where a store is not what its log says.
struct StoreDifference: Sendable {
    var file: String
    var what: String
}

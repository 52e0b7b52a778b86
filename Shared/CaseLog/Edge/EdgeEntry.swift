public import Foundation

/// What an edge wants to keep: one report, ready to publish, with what tells it from any other.
///
/// All work that costs time (validation, masking, sealing, encoding) is done before one of these exists: the writer
/// only copies bytes into SQLite.
public struct EdgeEntry: Sendable {
    /// `UUIDv5(source, source key, home key)`: the identity that idempotency goes by.
    public let id: UUID
    /// Who sent it.
    public let source: String
    /// The sender's own number for it.
    public let sourceKey: String
    /// Home key of its place.
    public let homeKey: String
    /// What its body says, field by field, as keyed digests.
    public let fingerprint: EdgeFingerprint
    /// The receipt this edge gives for it.
    public let receipt: String
    /// When the edge took it.
    public let acceptedAt: Int64
    /// Records in the order they must be acknowledged: the sealed one (if any) before the report.
    public let frame: Data

    /// Creates an entry.
    /// - Parameters:
    ///   - acceptedAt: milliseconds since 1970.
    ///   - sealed: goes out first and is acknowledged before `report` is sent.
    public init(
        id: UUID, source: String, sourceKey: String, homeKey: String, fingerprint: EdgeFingerprint, receipt: String,
        acceptedAt: Int64, sealed: LogOut?, report: LogOut
    ) {
        self.id = id
        self.source = source
        self.sourceKey = sourceKey
        self.homeKey = homeKey
        self.fingerprint = fingerprint
        self.receipt = receipt
        self.acceptedAt = acceptedAt
        frame = EdgeFrame(sealed: sealed, report: report).encoded()
    }

    /// The records as they will be published.
    public var records: (sealed: LogOut?, report: LogOut) {
        get throws {
            let frame = try EdgeFrame(decoding: frame)
            return (frame.sealed, frame.report)
        }
    }
}

/// What a caller is told about one entry, after the disk has it.
public enum EdgeAnswer: Sendable, Equatable {
    /// New and durable (201).
    case accepted(EdgeReceipt)
    /// The same body was taken before: the first receipt (200).
    case repeated(EdgeReceipt)
    /// The same key was taken before with another body (409); the fields that differ, in their declared order.
    case conflicting(EdgeReceipt, fields: [String])
    /// Not taken: nothing of it is on disk, ask again (503).
    case unavailable(EdgeUnavailable)
}

/// The receipt 回执 of an entry and when it was first taken.
public struct EdgeReceipt: Sendable, Equatable {
    /// The report's id.
    public let id: UUID
    /// What the reporter keeps.
    public let receipt: String
    /// When it was first taken, milliseconds since 1970.
    public let acceptedAt: Int64
}

/// Why an entry was not taken, and when to ask again.
public struct EdgeUnavailable: Error, Sendable, Equatable {
    /// The cause, unchanged into the log and the metric label.
    public enum Reason: String, Sendable, CaseIterable {
        /// More requests wait for the disk than the setting allows.
        case queueFull = "queue_full"
        /// The disk budget is used up by reports that could not be published yet.
        case budgetUsed = "budget_used"
        /// The disk or the database refused the transaction.
        case diskFailed = "disk_failed"
        /// The edge is shutting down.
        case closing
    }
    /// The cause.
    public let reason: Reason
    /// When asking again makes sense.
    public let retryAfter: Duration
    /// For the log: what the database said. Holds no data of the report.
    public let detail: String

    init(_ reason: Reason, retryAfter: Duration, detail: String = "") {
        self.reason = reason
        self.retryAfter = retryAfter
        self.detail = detail
    }
}

import Foundation
import GRDB

/// Where the outbox stands.
public struct EdgeOutbox: Sendable, Equatable {
    /// Rows not yet acknowledged by the log. Zero means drained: the replica may be removed.
    public internal(set) var pending: Int
    /// Rows that the broker refused for good; they stand aside until they are released.
    public internal(set) var held: Int
    /// When the oldest pending one was taken, milliseconds since 1970.
    public internal(set) var oldestAcceptedAt: Int64?
    /// Bytes of the file that hold something.
    public internal(set) var usedBytes: Int
    /// Bytes it may use.
    public internal(set) var diskBudget: Int
    /// Transactions with entries in them.
    public internal(set) var commits: Int
    /// New entries taken since the start.
    public internal(set) var accepted: Int
    /// Entries answered from an earlier row since the start.
    public internal(set) var repeated: Int
    /// Entries whose key was taken with another body since the start.
    public internal(set) var conflicting: Int
    /// Entries turned away since the start.
    public internal(set) var unavailable: Int
    /// Why the last attempt to publish failed; nil since the last success.
    public internal(set) var stuckBecause: String?

    /// Nothing is left that only this file knows.
    public var isDrained: Bool { pending == 0 && held == 0 }
}

/// What is known of a receipt.
public struct EdgeStatus: Sendable, Equatable {
    /// The receipt, the report's id, and when it was taken.
    public let receipt: EdgeReceipt
    /// The log has acknowledged it.
    public let published: Bool
}

/// The store's numbers in memory; true for the file after every transaction.
struct Tally {
    private(set) var last: Int64
    private(set) var published: Int64
    var wake: AsyncStream<Void>.Continuation?
    private(set) var outbox: EdgeOutbox

    init(reading db: Database, settings: EdgeSettings) throws {
        last = try Int64.fetchOne(db, sql: "SELECT max(seq) FROM report") ?? 0
        published = try Int64.fetchOne(db, sql: "SELECT sent FROM relay") ?? 0
        let used = try EdgeWriter(db: db, settings: settings, sent: published).usedBytes()
        let oldest = try Int64.fetchOne(
            db, sql: "SELECT accepted_at FROM report WHERE seq > ? ORDER BY seq LIMIT 1", arguments: [published])
        outbox = EdgeOutbox(
            pending: Int(last - published), held: try Int.fetchOne(db, sql: "SELECT count(*) FROM held") ?? 0,
            oldestAcceptedAt: oldest, usedBytes: used,
            diskBudget: settings.diskBudget, commits: 0, accepted: 0, repeated: 0, conflicting: 0, unavailable: 0,
            stuckBecause: nil)
    }

    mutating func committed(_ answers: [[EdgeAnswer]], usedBytes: Int) {
        var fresh: Int64?
        for answer in answers.joined() {
            switch answer {
            case .accepted(let receipt):
                outbox.accepted += 1
                last += 1
                fresh = fresh ?? receipt.acceptedAt
            case .repeated: outbox.repeated += 1
            case .conflicting: outbox.conflicting += 1
            case .unavailable: outbox.unavailable += 1
            }
        }
        if !answers.isEmpty { outbox.commits += 1 }
        outbox.usedBytes = usedBytes
        outbox.pending = Int(last - published)
        if outbox.oldestAcceptedAt == nil { outbox.oldestAcceptedAt = fresh }
    }

    mutating func refused(_ answers: [[EdgeAnswer]]) {
        outbox.unavailable += answers.joined().count { if case .unavailable = $0 { true } else { false } }
    }

    mutating func acknowledged(upTo seq: Int64) {
        published = max(published, seq)
        outbox.pending = Int(last - published)
        outbox.stuckBecause = nil
        if outbox.pending == 0 { outbox.oldestAcceptedAt = nil }
    }

    mutating func sees(oldest: Int64) { if outbox.pending > 0 { outbox.oldestAcceptedAt = oldest } }

    mutating func held(_ count: Int) { outbox.held = count }

    mutating func stuck(because reason: String) { outbox.stuckBecause = reason }
}

extension UUID {
    init?(edgeBytes data: Data) {
        guard data.count == 16 else { return nil }
        var bytes = uuid_t(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        withUnsafeMutableBytes(of: &bytes) { _ = data.copyBytes(to: $0) }
        self.init(uuid: bytes)
    }
}

import Foundation
import GRDB
import Synchronization

/// A row the relay has read.
struct UnpublishedRow: Sendable {
    let seq: Int64
    let acceptedAt: Int64
    let frame: EdgeFrame
}

extension EdgeStore {
    /// The next rows to publish, in order of acceptance, as many as one acknowledgement should cover.
    func unpublished() async throws -> [UnpublishedRow] {
        let rows = try await rows(
            """
            SELECT p.seq, r.accepted_at, p.frame FROM payload p JOIN report r ON r.seq = p.seq
            WHERE p.seq > ? ORDER BY p.seq LIMIT ?
            """, after: tally.withLock { $0.published })
        if let first = rows.first { tally.withLock { $0.sees(oldest: first.acceptedAt) } }
        return rows
    }

    /// Rows that a query finds, as many as one acknowledgement should cover.
    func rows(_ sql: String, after: Int64) async throws -> [UnpublishedRow] {
        let settings = settings
        return try await pool.read { db in
            let statement = try db.cachedStatement(sql: sql)
            let cursor = try Row.fetchCursor(statement, arguments: [after, settings.relayRows])
            var rows: [UnpublishedRow] = []
            var bytes = 0
            while bytes < settings.relayBytes, let row = try cursor.next() {
                let frame: Data = row[2]
                bytes += frame.count
                rows.append(UnpublishedRow(seq: row[0], acceptedAt: row[1], frame: try EdgeFrame(decoding: frame)))
            }
            return rows
        }
    }

    /// Everything up to here is acknowledged by the log. Durable with the next transaction; a crash before it means
    /// that rows go out twice, which is harmless: same id, same bytes.
    func acknowledged(upTo seq: Int64) {
        tally.withLock { $0.acknowledged(upTo: seq) }
        if line.withLock({ $0.mark(sent: seq) }) == .startWriter { startWriter() }
    }

    /// Forgets what was published long enough ago, in small steps between which reports go first.
    func prune() async throws {
        let limit = 2_000
        let settings = settings
        let before = now() - Int64(settings.keepPublished / .milliseconds(1))
        var pruned = limit
        while pruned == limit && !Task.isCancelled {
            let sent = tally.withLock { $0.published }
            pruned = try await pool.write { db in
                try EdgeWriter(db: db, settings: settings, sent: sent).prune(acceptedBefore: before, limit: limit)
            }
        }
    }
}

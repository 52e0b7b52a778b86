public import Foundation
import GRDB
import Synchronization

/// A row that the broker refused for good 搁置: it stands aside, so that the rows behind it go out.
public struct HeldRow: Sendable, Equatable {
    /// The report's id.
    public let id: UUID
    /// Who sent it.
    public let source: String
    /// The sender's own number for it.
    public let sourceKey: String
    /// When the edge took it, milliseconds since 1970.
    public let acceptedAt: Int64
    /// When the broker refused it last.
    public let heldAt: Int64
    /// What the broker said.
    public let why: String
    /// It was released and waits for its next turn.
    public let released: Bool
}

extension EdgeStore {
    /// The rows that stand aside, oldest first.
    public func held() async throws -> [HeldRow] {
        try await pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT r.id, r.source, r.source_key, r.accepted_at, h.held_at, h.why, h.released
                    FROM held h JOIN report r ON r.seq = h.seq ORDER BY h.seq
                    """
            ).compactMap { row in
                UUID(edgeBytes: row[0]).map {
                    HeldRow(
                        id: $0, source: row[1], sourceKey: row[2], acceptedAt: row[3], heldAt: row[4], why: row[5],
                        released: row[6])
                }
            }
        }
    }

    /// Gives rows that stand aside another turn; what the broker refuses again stands aside again.
    /// - Parameter ids: these reports; nil = all.
    /// - Returns: how many.
    public func release(_ ids: Set<UUID>? = nil) async throws -> Int {
        let count = try await pool.write { db in
            guard let ids else {
                try db.execute(sql: "UPDATE held SET released = 1")
                return db.changesCount
            }
            var count = 0
            for id in ids {
                try db.execute(
                    sql: "UPDATE held SET released = 1 WHERE seq = (SELECT seq FROM report WHERE id = ?)",
                    arguments: [id.edgeBytes])
                count += db.changesCount
            }
            return count
        }
        tally.withLock { $0.wake }?.yield()
        return count
    }

    /// The next released rows.
    func releasedRows() async throws -> [UnpublishedRow] {
        guard tally.withLock({ $0.outbox.held }) > 0 else { return [] }
        return try await rows(
            """
            SELECT p.seq, r.accepted_at, p.frame FROM held h JOIN payload p ON p.seq = h.seq
            JOIN report r ON r.seq = h.seq WHERE h.released = 1 AND h.seq > ? ORDER BY h.seq LIMIT ?
            """, after: 0)
    }

    /// Puts rows aside, durable before the rows behind them are called sent.
    func hold(_ refused: [Int64: String]) async throws {
        let now = now()
        let count = try await pool.write { db in
            for (seq, why) in refused.sorted(by: { $0.key < $1.key }) {
                try db.execute(
                    sql: "INSERT OR REPLACE INTO held (seq, held_at, why, released) VALUES (?, ?, ?, 0)",
                    arguments: [seq, now, String(why.prefix(500))])
            }
            return try Int.fetchOne(db, sql: "SELECT count(*) FROM held") ?? 0
        }
        tally.withLock { $0.held(count) }
    }

    /// These rows are acknowledged after all.
    func letGo(_ seqs: [Int64]) async throws {
        guard tally.withLock({ $0.outbox.held }) > 0, !seqs.isEmpty else { return }
        let count = try await pool.write { db in
            for seq in seqs { try db.execute(sql: "DELETE FROM held WHERE seq = ?", arguments: [seq]) }
            return try Int.fetchOne(db, sql: "SELECT count(*) FROM held") ?? 0
        }
        tally.withLock { $0.held(count) }
    }
}

import Foundation
import GRDB

/// What one transaction of the edge does, on the writer's connection.
struct EdgeWriter {
    let db: Database
    let settings: EdgeSettings
    let sent: Int64

    /// Writes the entries, or answers each from what is already there.
    /// - Parameter room: false when the budget is used up: known entries still get their answer, new ones none.
    func answer(_ entry: EdgeEntry, room: EdgeUnavailable?) throws -> EdgeAnswer {
        if room == nil, try insert(entry) {
            return .accepted(EdgeReceipt(id: entry.id, receipt: entry.receipt, acceptedAt: entry.acceptedAt))
        }
        if let known = try find(entry) { return known }
        return .unavailable(room ?? EdgeUnavailable(.diskFailed, retryAfter: settings.retryAfter))
    }

    /// True if it is new and now in the transaction.
    private func insert(_ entry: EdgeEntry) throws -> Bool {
        let report = try db.cachedStatement(
            sql: """
                INSERT INTO report (id, source, source_key, home_key, fingerprint, receipt, accepted_at)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
                """)
        report.setUncheckedArguments([
            entry.idBytes, entry.source, entry.sourceKey, entry.homeKey, entry.fingerprint.digests, entry.receipt,
            entry.acceptedAt,
        ])
        try report.execute()
        guard db.changesCount == 1 else { return false }
        let payload = try db.cachedStatement(sql: "INSERT INTO payload (seq, frame) VALUES (?, ?)")
        payload.setUncheckedArguments([db.lastInsertedRowID, entry.frame])
        try payload.execute()
        return true
    }

    /// The answer to an entry whose identity is known, or nil.
    func find(_ entry: EdgeEntry) throws -> EdgeAnswer? {
        let statement = try db.cachedStatement(
            sql: "SELECT receipt, accepted_at, fingerprint FROM report WHERE id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [entry.idBytes]) else { return nil }
        let receipt = EdgeReceipt(id: entry.id, receipt: row[0], acceptedAt: row[1])
        let first = EdgeFingerprint(digests: row[2])
        if first.digests == entry.fingerprint.digests { return .repeated(receipt) }
        let fields = entry.fingerprint.differences(from: first, names: settings.fields)
        return fields.isEmpty ? .repeated(receipt) : .conflicting(receipt, fields: fields)
    }

    func mark(sent: Int64) throws {
        let statement = try db.cachedStatement(sql: "UPDATE relay SET sent = max(sent, ?)")
        try statement.execute(arguments: [sent])
    }

    /// Nil while there is room. Published rows give way before anybody is turned away.
    func lackOfRoom() throws -> EdgeUnavailable? {
        var used = try usedBytes()
        while used >= settings.diskBudget {
            guard try prune(acceptedBefore: .max, limit: 5_000) > 0 else {
                return EdgeUnavailable(
                    .budgetUsed, retryAfter: settings.retryAfter, detail: "\(used) of \(settings.diskBudget) bytes")
            }
            used = try usedBytes()
        }
        return nil
    }

    /// Bytes of the file that hold something; pages freed by pruning are used again and do not count.
    func usedBytes() throws -> Int {
        let pages = try db.cachedStatement(sql: "SELECT page_count FROM pragma_page_count")
        let free = try db.cachedStatement(sql: "SELECT freelist_count FROM pragma_freelist_count")
        let size = try db.cachedStatement(sql: "SELECT page_size FROM pragma_page_size")
        let held = (try Int.fetchOne(pages) ?? 0) - (try Int.fetchOne(free) ?? 0)
        return held * (try Int.fetchOne(size) ?? 4096)
    }

    /// Forgets the records of published rows, the oldest first; their identities stay. Returns how many went.
    func prune(acceptedBefore instant: Int64, limit: Int) throws -> Int {
        let statement = try db.cachedStatement(
            sql: """
                DELETE FROM payload WHERE seq IN (
                    SELECT p.seq FROM payload p JOIN report r ON r.seq = p.seq
                    WHERE p.seq <= min(?, (SELECT sent FROM relay)) AND r.accepted_at < ?
                        AND NOT EXISTS (SELECT 1 FROM held h WHERE h.seq = p.seq) ORDER BY p.seq LIMIT ?)
                """)
        try statement.execute(arguments: [sent, instant, limit])
        return db.changesCount
    }
}

extension EdgeEntry {
    var idBytes: Data { id.edgeBytes }
}

extension UUID {
    var edgeBytes: Data { withUnsafeBytes(of: uuid) { Data($0) } }
}

import CaseLog
import Contracts
import Foundation
import GRDB
import Governance

/// The read model of a console replica: one SQLite file folded from the log, deletable at any time.
public final class ConsoleStore: Sendable {
    let pool: DatabasePool

    /// Where the reader of `reports` stands in one partition.
    struct ReportPosition: Sendable, Equatable {
        var cursor: Int64 = 0
        var before: String?
    }

    /// Opens the file, or makes a new one when there is none, it is of another version, or it cannot be read.
    public init(path: String) throws {
        pool = try Self.usable(path) ?? Self.fresh(path)
    }

    /// File name in the replica's slot.
    public static let file = "console.sqlite"

    /// Deletes a store, so that the next one is folded from the start of the log.
    public static func erase(path: String) {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }

    private static func usable(_ path: String) throws -> DatabasePool? {
        guard FileManager.default.fileExists(atPath: path),
            let pool = try? DatabasePool(path: path, configuration: setup)
        else { return nil }
        let version = try? pool.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
        if version == ConsoleSchema.version { return pool }
        try pool.close()
        return nil
    }

    private static func fresh(_ path: String) throws -> DatabasePool {
        erase(path: path)
        let pool = try DatabasePool(path: path, configuration: setup)
        try pool.write { db in
            try ConsoleSchema.create(in: db)
            try db.execute(sql: "PRAGMA user_version = \(ConsoleSchema.version)")
        }
        return pool
    }

    private static var setup: Configuration {
        var configuration = Configuration()
        configuration.maximumReaderCount = 6
        configuration.prepareDatabase { db in
            // The log repairs what a power cut takes.
            try db.execute(
                sql: "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -32000")
        }
        return configuration
    }

    /// Forgets all rows and positions: the log is another one than that which they were folded from.
    func startAnew() async throws {
        try await pool.write { db in
            // An index of words takes tables of its own with it.
            let names = try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY sql NOT LIKE 'CREATE VIRTUAL%'")
            for name in names where !name.hasPrefix("sqlite_") { try db.execute(sql: "DROP TABLE IF EXISTS \(name)") }
            try ConsoleSchema.create(in: db)
        }
    }

    // MARK: The fold

    /// Folds what was read, with the positions, in one transaction.
    func apply(_ batches: [LogTail.Batch], reports: [ReportBatch] = []) async throws {
        try await pool.write { db in
            for batch in batches {
                for record in batch.records {
                    if let record = try ConsoleRecord(record) { try ConsoleFold.apply(record, in: db) }
                }
                try Self.keep(batch, in: db)
            }
            for batch in reports {
                for appeal in batch.appeals { try AppealFold.accepted(appeal, in: db) }
                let statement = try db.cachedStatement(
                    sql: "INSERT OR REPLACE INTO _reports (partition, cursor, before) VALUES (?, ?, ?)")
                try statement.execute(arguments: [batch.partition, batch.position.cursor, batch.position.before])
            }
        }
    }

    /// Folds records of one partition, for tests and demonstrations.
    func apply(_ records: [ConsoleRecord]) async throws {
        try await pool.write { db in for record in records { try ConsoleFold.apply(record, in: db) } }
    }

    private static func keep(_ batch: LogTail.Batch, in db: Database) throws {
        let json = String(decoding: try WireJSON.encode(batch.position), as: UTF8.self)
        let newest = batch.records.map(\.headers.time.milliseconds).max() ?? 0
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO _position (partition, position, time) VALUES (?, ?, ?)
                ON CONFLICT (partition) DO UPDATE SET position = excluded.position, time = max(time, excluded.time)
                """)
        try statement.execute(arguments: [batch.partition, json, newest])
    }

    /// Where the reader of `cases` stands.
    func positions() async throws -> [Int32: LogTail.Position] {
        try await pool.read { db in
            var found: [Int32: LogTail.Position] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT partition, position FROM _position") {
                let text: String = row[1]
                found[row[0]] = try WireJSON.decode(LogTail.Position.self, from: Array(text.utf8))
            }
            return found
        }
    }

    /// Where the reader of `reports` stands.
    func reportPositions() async throws -> [Int32: ReportPosition] {
        try await pool.read { db in
            var found: [Int32: ReportPosition] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT partition, cursor, before FROM _reports") {
                found[row[0]] = ReportPosition(cursor: row[1], before: row[2])
            }
            return found
        }
    }
}

/// What was read of one partition of `reports`.
struct ReportBatch: Sendable {
    var partition: Int32
    var appeals: [Appeal]
    var position: ConsoleStore.ReportPosition
}

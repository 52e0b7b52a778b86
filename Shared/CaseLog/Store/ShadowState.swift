import Contracts
import GRDB
import Governance

/// The one row of `_cursor` and the rows of `_writers`, kept in memory beside the file and written with every fold.
struct ShadowState: Sendable, Equatable {
    /// Next offset of `cases` to fold.
    var cursor: Int64 = 0
    /// Identity of the record before the cursor.
    var before: String?
    /// Next undone offsets of reports and commands.
    var done = InputPositions()
    /// The positions of the newest own record that counts.
    var upto: InputPositions?
    /// Newest time of any record that counts.
    var logTime: Instant?
    /// Newest instant of an own tick.
    var instant: Instant?
    var writers = Writers()
}

extension ShadowState {
    init(_ db: Database) throws {
        guard let row = try Row.fetchOne(db, sql: "SELECT * FROM _cursor") else { return }
        cursor = row["cursor"]
        before = row["before"]
        done = InputPositions(reports: row["done_reports"], commands: row["done_commands"])
        upto = (row["upto"] as String?).flatMap(InputPositions.init(wire:))
        logTime = (row["log_time"] as Int64?).map { Instant(milliseconds: $0) }
        instant = (row["instant"] as Int64?).map { Instant(milliseconds: $0) }
        var rows: [String: Writers.Writer] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT service, epoch, token, seq FROM _writers") {
            rows[row[0]] = Writers.Writer(epoch: row[1], token: row[2], seq: row[3])
        }
        writers = Writers(rows: rows)
    }

    func save(after old: ShadowState, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                UPDATE _cursor SET cursor = ?, before = ?, done_reports = ?, done_commands = ?, upto = ?,
                log_time = ?, instant = ?
                """
        ).execute(arguments: [
            cursor, before, done.reports, done.commands, upto?.wire, logTime?.milliseconds, instant?.milliseconds,
        ])
        for (service, writer) in writers.rows where old.writers.rows[service] != writer {
            try db.cachedStatement(
                sql: "INSERT OR REPLACE INTO _writers (service, epoch, token, seq) VALUES (?,?,?,?)"
            ).execute(arguments: [service, writer.epoch, writer.token, writer.seq])
        }
    }
}

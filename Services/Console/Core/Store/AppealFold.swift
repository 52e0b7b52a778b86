import Contracts
import Foundation
import GRDB
import Governance

/// The appeals of each case, and which reports have an outcome. An appeal has one row in every case it was ever in, so
/// that a row depends on one partition only.
enum AppealFold {
    /// What became of an appeal in a case.
    enum State: String, Sendable {
        case open, queued, attached, answered, redirected, moved, detached
    }

    static func apply(_ fact: Fact, at time: Instant, in db: Database) throws {
        switch fact {
        case .caseOpened(let body): try put(body.appeal, in: body.number, .open, opening: true, time, db)
        case .reportAttached(let body):
            try put(body.appeal, in: body.number, .attached, opening: body.opening, time, db)
            try end(body.appeal.id, db)
        case .reportQueued(let body):
            try put(body.appeal, in: body.number, .queued, opening: true, time, db)
            try end(body.appeal.id, db)
        case .reportAnswered(let body):
            try move(body.report, in: body.number, .answered, reply: body.reply, time, db)
            try end(body.report, db)
        case .reportRedirected(let body):
            try move(body.report, in: body.number, .redirected, reply: body.reply, time, db)
            try end(body.report, db)
        case .reportReaddressed(let body):
            if let number = body.number { try move(body.report, in: number, .moved, reply: nil, time, db) }
        case .reportDetached(let body): try move(body.report, in: body.number, .detached, reply: nil, time, db)
        case .orderFinished(let body): try answer(body, time, db)
        default: break
        }
    }

    /// A report as an edge accepted it; the same report twice is one.
    static func accepted(_ appeal: Appeal, in db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO report_seen (report, received, prefix, source) VALUES (?, ?, ?, ?)")
        let report = appeal.id.uuidString.lowercased()
        try statement.execute(
            arguments: [report, appeal.receivedAt.milliseconds, appeal.home.placePrefix, appeal.source])
        guard db.changesCount > 0 else { return }
        // `cases` and `reports` are read side by side: the outcome may have come first.
        try db.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO report_waiting (report, prefix)
                SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM report_outcome WHERE report = ?1)
                """
        ).execute(arguments: [report, appeal.home.placePrefix])
    }

    private static func put(
        _ appeal: Appeal, in number: CaseNumber, _ state: State, opening: Bool, _ time: Instant, _ db: Database
    ) throws {
        // Only the first fact about an appeal writes it; those after it are often in the same record.
        let change = try db.cachedStatement(
            sql: "UPDATE case_appeal SET state = ?, changed = ? WHERE number = ? AND report = ?")
        let report = appeal.id.uuidString.lowercased()
        try change.execute(arguments: [state.rawValue, time.milliseconds, number.text, report])
        guard db.changesCount == 0 else { return }
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO case_appeal (number, report, state, opening, appeal, reply, changed)
                VALUES (?, ?, ?, ?, ?, NULL, ?)
                """)
        let json = String(decoding: try WireJSON.encode(appeal), as: UTF8.self)
        try statement.execute(arguments: [number.text, report, state.rawValue, opening, json, time.milliseconds])
    }

    private static func move(
        _ report: UUID, in number: CaseNumber, _ state: State, reply: String?, _ time: Instant, _ db: Database
    ) throws {
        let statement = try db.cachedStatement(
            sql: "UPDATE case_appeal SET state = ?, reply = ?, changed = ? WHERE number = ? AND report = ?")
        try statement.execute(
            arguments: [state.rawValue, reply, time.milliseconds, number.text, report.uuidString.lowercased()])
    }

    /// The unit's public reply is the answer to every appeal that belongs to the case.
    private static func answer(_ body: OrderFinished, _ time: Instant, _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "UPDATE case_appeal SET reply = ?, changed = ? WHERE number = ? AND state IN ('open', 'attached')")
        try statement.execute(arguments: [body.reply, time.milliseconds, body.number.text])
    }

    private static func end(_ report: UUID, _ db: Database) throws {
        let statement = try db.cachedStatement(sql: "INSERT OR IGNORE INTO report_outcome (report) VALUES (?)")
        try statement.execute(arguments: [report.uuidString.lowercased()])
        try db.cachedStatement(sql: "DELETE FROM report_waiting WHERE report = ?")
            .execute(arguments: [report.uuidString.lowercased()])
    }
}

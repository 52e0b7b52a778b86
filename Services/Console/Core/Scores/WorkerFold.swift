import Contracts
import Foundation
import GRDB
import Governance

/// What grid workers leave behind in the log, day by day 网格员每日痕迹 (rows 13, 71): what they reported, and what they did on the
/// spot; and on which day each report came, whoever sent it (row 27: devices). Counted, so that the order of partitions does not matter.
enum WorkerFold {
    static let roles: Set<Role> = [.gridWorker, .gridLeader]

    static func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE worker (
                    subject TEXT PRIMARY KEY, name TEXT, place TEXT, seen INTEGER NOT NULL DEFAULT 0, home TEXT
                ) WITHOUT ROWID;
                CREATE TABLE worker_day (
                    day INTEGER NOT NULL, subject TEXT NOT NULL, acts INTEGER NOT NULL, PRIMARY KEY (day, subject)
                ) WITHOUT ROWID;
                CREATE TABLE report_day (
                    report TEXT PRIMARY KEY, day INTEGER NOT NULL, source TEXT NOT NULL, prefix TEXT NOT NULL, subject TEXT
                ) WITHOUT ROWID;
                CREATE INDEX report_day_source ON report_day (source, day, prefix, subject);
                """)
    }

    static func apply(_ fact: Fact, at time: Instant, in db: Database) throws {
        switch fact {
        case .caseOpened(let body): try report(body.appeal, time, db)
        case .reportAttached(let body): try report(body.appeal, time, db)
        case .caseVerified(let body): try act(body.basis, time, db)
        case .caseRejected(let body): try act(body.basis, time, db)
        case .orderProgressed(let body): try act(body.basis, time, db)
        case .errandFinished(let body): try act(body.basis, time, db)
        case .bellChecked(let body): try act(body.basis, time, db)
        default: break
        }
    }

    /// A report counts once, on the day it first stands in the log, however often its case is opened, joined or moved.
    private static func report(_ appeal: Appeal, _ time: Instant, _ db: Database) throws {
        // The end of an alarm is not one more alarm.
        guard !appeal.endsAlarm else { return }
        try ScoreFold.run(
            """
            INSERT INTO report_day (report, day, source, prefix, subject) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (report) DO UPDATE SET day = min(day, excluded.day), prefix = max(prefix, excluded.prefix)
            """,
            [
                appeal.id.uuidString.lowercased(), time.day.daysSinceEpoch, appeal.source, appeal.home.placePrefix,
                appeal.enteredBy,
            ], db)
        guard let subject = appeal.enteredBy else { return }
        try ScoreFold.run(
            """
            INSERT INTO worker (subject, home) VALUES (?, ?) ON CONFLICT (subject) DO UPDATE
            SET home = min(ifnull(home, excluded.home), excluded.home)
            """, [subject, appeal.home.placePrefix], db)
    }

    private static func act(_ basis: Basis, _ time: Instant, _ db: Database) throws {
        guard let actor = basis.actor, roles.contains(actor.role) else { return }
        try ScoreFold.run(
            """
            INSERT INTO worker_day (day, subject, acts) VALUES (?, ?, 1) ON CONFLICT (day, subject) DO UPDATE
            SET acts = acts + 1
            """, [time.day.daysSinceEpoch, actor.subject], db)
        // The newest name and place, whichever partition is read first.
        try ScoreFold.run(
            """
            INSERT INTO worker (subject, name, place, seen) VALUES (?, ?, ?, ?) ON CONFLICT (subject) DO UPDATE
            SET name = excluded.name, place = excluded.place, seen = excluded.seen
            WHERE (excluded.seen, excluded.name) > (seen, ifnull(name, ''))
            """, [actor.subject, actor.name, actor.place?.text, time.milliseconds], db)
    }
}

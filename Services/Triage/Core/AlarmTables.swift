import Contracts
import Foundation
import GRDB
import Governance
import Ledger

/// Reads and writes of the newest alarm of each device; the rules stand in ``StandingAlarm``.
extension TriageTables {
    /// The newest alarm of the device that a signal comes from, with its case.
    static func alarm(of appeal: Appeal, in db: Database) throws -> StandingAlarm.Known? {
        guard let device = appeal.device, let alarm = try alarm(of: device, home: appeal.home, in: db) else {
            return nil
        }
        return StandingAlarm.Known(alarm: alarm, columns: try CaseLedger.columns(of: alarm.number, in: db))
    }

    private static func alarm(of device: String, home: HomeKey, in db: Database) throws -> StandingAlarm? {
        let statement = try db.cachedStatement(
            sql: "SELECT number, report, raised, cleared FROM triage_alarm WHERE home = ? AND device = ?")
        return try Row.fetchOne(statement, arguments: [home.text, device]).flatMap { row in
            guard let number = CaseNumber(row["number"] as String), let report = UUID(uuidString: row["report"])
            else { return nil }
            let cleared: Int64? = row["cleared"]
            return StandingAlarm(
                number: number, report: report, raisedAt: Instant(milliseconds: row["raised"]),
                clearedAt: cleared.map { Instant(milliseconds: $0) })
        }
    }

    /// A signal stands in a case: if it raises an alarm, that is the newest one or a part of it.
    static func raise(_ appeal: Appeal, in number: CaseNumber, db: Database) throws {
        guard let device = appeal.device, let next = StandingAlarm(appeal, in: number) else { return }
        let before = try alarm(of: device, home: number.home, in: db)
        let alarm = before?.after(next) ?? next
        guard alarm != before else { return }
        let statement = try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO triage_alarm (home, device, number, report, raised, cleared)
                VALUES (?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(
            arguments: [
                number.home.text, device, alarm.number.text, alarm.report.uuidString, alarm.raisedAt.milliseconds,
                alarm.clearedAt?.milliseconds,
            ])
    }

    static func clear(_ cleared: AlarmCleared, db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "UPDATE triage_alarm SET cleared = ? WHERE home = ? AND device = ? AND report = ?")
        try statement.execute(
            arguments: [
                cleared.clearedAt.milliseconds, cleared.number.home.text, cleared.device, cleared.raised.uuidString,
            ])
    }

    /// The signal belongs to another township.
    static func forgetAlarm(_ report: UUID, db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM triage_alarm WHERE report = ?")
            .execute(arguments: [report.uuidString])
    }
}

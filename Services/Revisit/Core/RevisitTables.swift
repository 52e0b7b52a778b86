import Contracts
import Foundation
import GRDB
import Governance

/// A closing as Revisit remembers it.
struct StoredClosing: Sendable, Hashable {
    var cycle: Int
    /// The unit that held the order.
    var unit: UnitCode
    /// Calls without an answer, and on how many days.
    var attempts: Int
    var days: Int
    var lastDay: CivilDate?
    /// Why it is visited, when it is.
    var drawn: DrawGround?
}

/// A unit's draw of one month.
struct StoredDraw: Sendable, Hashable {
    var unit: UnitCode
    var month: CivilMonth
    var commitment: String
    /// The fact that recorded it, which started the timer.
    var committedBy: UUID
    var due: Instant
    /// Revealed by the draw; nil before it.
    var seed: String?
}

/// Reads of the tables; no rule here.
enum RevisitTables {
    static func closing(of number: CaseNumber, cycle: Int, in db: Database) throws -> StoredClosing? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM revisit_closing WHERE number = ? AND cycle = ?")
        return try Row.fetchOne(statement, arguments: [number.text, cycle]).flatMap(stored)
    }

    static func closing(of number: CaseNumber, order: String, in db: Database) throws -> StoredClosing? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM revisit_closing WHERE number = ? AND name = ?")
        return try Row.fetchOne(statement, arguments: [number.text, order]).flatMap(stored)
    }

    private static func stored(_ row: Row) -> StoredClosing? {
        let unit: String = row["unit"]
        let lastDay: Int? = row["last_day"]
        let drawn: String? = row["drawn"]
        guard let unit = UnitCode(unit) else { return nil }
        return StoredClosing(
            cycle: row["cycle"], unit: unit, attempts: row["attempts"], days: row["days"],
            lastDay: lastDay.map { CivilDate(daysSinceEpoch: $0) }, drawn: drawn.flatMap(DrawGround.init))
    }

    static func draw(of unit: UnitCode, _ month: CivilMonth, in db: Database) throws -> StoredDraw? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM draw_month WHERE unit = ? AND month = ?")
        return try Row.fetchOne(statement, arguments: [unit.text, month.description]).flatMap(draw)
    }

    static func dueDraws(at now: Instant, limit: Int, in db: Database) throws -> [StoredDraw] {
        let statement = try db.cachedStatement(
            sql: "SELECT * FROM draw_month WHERE seed IS NULL AND due <= ? ORDER BY due, unit, month LIMIT ?")
        return try Row.fetchAll(statement, arguments: [now.milliseconds, limit]).compactMap(draw)
    }

    private static func draw(_ row: Row) -> StoredDraw? {
        let (unit, month, committedBy): (String, String, String) = (row["unit"], row["month"], row["committed_by"])
        guard let unit = UnitCode(unit), let month = CivilMonth(month), let committedBy = UUID(uuidString: committedBy)
        else { return nil }
        return StoredDraw(
            unit: unit, month: month, commitment: row["commitment"], committedBy: committedBy,
            due: Instant(milliseconds: row["due"]), seed: row["seed"])
    }

    static func isEnrolled(_ closing: ClosedHandling, in db: Database) throws -> Bool {
        let statement = try db.cachedStatement(sql: "SELECT 1 FROM draw_entry WHERE number = ? AND cycle = ?")
        return try Int.fetchOne(statement, arguments: [closing.number.text, closing.cycle]) != nil
    }

    /// The closings of a draw, in the order of the log.
    static func pool(of unit: UnitCode, _ month: CivilMonth, in db: Database) throws -> [ClosedHandling] {
        let statement = try db.cachedStatement(
            sql: "SELECT number, cycle FROM draw_entry WHERE unit = ? AND month = ? ORDER BY place")
        return try Row.fetchAll(statement, arguments: [unit.text, month.description]).compactMap { row in
            let number: String = row[0]
            return CaseNumber(number).map { ClosedHandling(number: $0, cycle: row[1]) }
        }
    }
}

import GRDB
import Governance

/// What a list of cases asks for.
struct CaseQuery: Sendable, Equatable {
    var stage: Stage?
    var colour: Colour?
    var unit: UnitCode?
    var text: String?
    var late = false
    var open = false
    /// Late, warned of, reminded, supervised, raised or proposed to be 督办.
    var watched = false
    var page = 1
    static let pageSize = 25

    /// The cases in scope, the most urgent first, and how many there are.
    func fetch(_ scope: Scope, now: Instant, in db: Database) throws -> (rows: [CaseView], total: Int) {
        var (sql, arguments) = scope.condition
        if let stage {
            sql += " AND c.stage = ?"
            arguments += [stage.rawValue]
        }
        if let colour {
            sql += " AND c.colour = ?"
            arguments += [colour.rawValue]
        }
        if let unit {
            sql += " AND c.mainUnit = ?"
            arguments += [unit.text]
        }
        if let text, !text.isEmpty {
            sql += " AND (c.number LIKE ? ESCAPE '\\' OR c.title LIKE ? ESCAPE '\\' OR c.itemName LIKE ? ESCAPE '\\')"
            let escaped = text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
            arguments += ["\(escaped)%", "%\(escaped)%", "%\(escaped)%"]
        }
        if open || late { sql += " AND c.isOpen" }
        if late {
            sql += " AND c.nextDue <= ?"
            arguments += [now.milliseconds]
        }
        if watched {
            sql += " AND c.isOpen AND (c.nextDue <= ? OR c.warnedAt IS NOT NULL OR c.unacknowledged OR c.raiseProposed"
            sql += " OR c.raised > 0 OR c.supervisions > 0 OR c.reminders > 0)"
            arguments += [now.milliseconds]
        }
        let total =
            try Int.fetchOne(db, sql: "SELECT count(*) FROM case_view c WHERE \(sql)", arguments: arguments) ?? 0
        let offset = (max(page, 1) - 1) * Self.pageSize
        let rows = try CaseView.fetchAll(
            db,
            sql: """
                SELECT c.* FROM case_view c WHERE \(sql) ORDER BY c.isOpen DESC, c.nextDue IS NULL, c.nextDue,
                c.severity DESC, c.opened DESC, c.number LIMIT \(Self.pageSize) OFFSET \(offset)
                """, arguments: arguments)
        return (rows, total)
    }

    /// One case, if the scope has it.
    static func one(_ number: CaseNumber, _ scope: Scope, in db: Database) throws -> CaseView? {
        let (sql, arguments) = scope.condition
        return try CaseView.fetchOne(
            db, sql: "SELECT c.* FROM case_view c WHERE c.number = ? AND \(sql)", arguments: [number.text] + arguments)
    }

    /// What waits for a person to place it, the oldest first.
    static func queue(_ scope: Scope, page: Int, in db: Database) throws -> (rows: [CaseView], total: Int) {
        guard scope.seesQueue else { return ([], 0) }
        let (sql, arguments) = scope.condition
        let total =
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM case_view c WHERE c.stage = 'received' AND \(sql)", arguments: arguments)
            ?? 0
        let rows = try CaseView.fetchAll(
            db,
            sql: """
                SELECT c.* FROM case_view c WHERE c.stage = 'received' AND \(sql)
                ORDER BY c.opened, c.number LIMIT 20 OFFSET \((max(page, 1) - 1) * 20)
                """, arguments: arguments)
        return (rows, total)
    }
}

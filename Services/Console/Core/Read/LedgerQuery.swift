import Contracts
import GRDB
import Governance

/// 重大风险问题台账: what is 重大, was red or orange at any time, was reported directly or is sponsored 包案 (domain.md rows 19, 35:
/// a ledger is a view over cases). A case stays on it.
struct LedgerQuery: Sendable, Equatable {
    /// Those that came to their end as well.
    var isWhole = false
    /// Only those that nobody sponsors.
    var isUnsponsored = false
    var page = 1

    static let pageSize = 50
    /// An export ends here, and says so by the count on the page.
    static let exportLimit = 10_000

    /// A line of the ledger: the case and the last step that was taken on it.
    struct Line: Sendable {
        var view: CaseView
        var last: TimelineEntry?
    }

    /// What a page shows, the open and the most dangerous first, and how many there are.
    func fetch(_ scope: Scope, in db: Database) throws -> (lines: [Line], total: Int) {
        let (sql, arguments) = condition(scope)
        let total =
            try Int.fetchOne(db, sql: "SELECT count(*) FROM case_view c WHERE \(sql)", arguments: arguments) ?? 0
        let lines = try lines(scope, limit: Self.pageSize, offset: (max(page, 1) - 1) * Self.pageSize, in: db)
        return (lines, total)
    }

    /// What an export holds.
    func export(_ scope: Scope, in db: Database) throws -> [Line] {
        try lines(scope, limit: Self.exportLimit, offset: 0, in: db)
    }

    /// The open cases that this person sponsors 我包的案.
    static func sponsored(_ scope: Scope, in db: Database) throws -> [CaseView] {
        let (sql, arguments) = scope.condition
        return try CaseView.fetchAll(
            db,
            sql: """
                SELECT c.* FROM case_view c WHERE c.sponsor = ? AND c.isOpen AND \(sql)
                ORDER BY c.nextDue IS NULL, c.nextDue, c.severity DESC, c.number LIMIT \(pageSize)
                """, arguments: [scope.actor.subject] + arguments)
    }

    private func condition(_ scope: Scope) -> (sql: String, arguments: StatementArguments) {
        var (sql, arguments) = scope.condition
        sql = "c.onLedger AND " + sql
        if !isWhole { sql += " AND c.isOpen" }
        if isUnsponsored { sql += " AND c.sponsor IS NULL" }
        return (sql, arguments)
    }

    private func lines(_ scope: Scope, limit: Int, offset: Int, in db: Database) throws -> [Line] {
        let (sql, arguments) = condition(scope)
        return try CaseView.fetchAll(
            db,
            sql: """
                SELECT c.* FROM case_view c WHERE \(sql) ORDER BY c.isOpen DESC, c.severity DESC, c.nextDue IS NULL,
                c.nextDue, c.opened, c.number LIMIT \(limit) OFFSET \(offset)
                """, arguments: arguments
        ).map { Line(view: $0, last: try Self.last(of: $0.number, in: db)) }
    }

    /// The last thing that was done. That a clock spoke, that somebody was told no or looked into the vault is no step.
    private static func last(of number: String, in db: Database) throws -> TimelineEntry? {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT time, type, version, data FROM timeline WHERE number = ? AND NOT late
                    AND type NOT IN ('\(CaseWarned.type)', '\(VaultUnsealed.type)', '\(RuntimeType.refused)')
                    ORDER BY offset DESC, ordinal DESC LIMIT 1
                    """), arguments: [number])
        return row.map { row in
            let data: String = row[3]
            return TimelineEntry(
                time: Instant(milliseconds: row[0]), type: row[1], version: row[2], data: Array(data.utf8),
                isLate: false)
        }
    }
}

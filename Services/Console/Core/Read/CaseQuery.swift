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
    /// So many of the cases that ended are counted: a list is as quick with eight million as with eight.
    static let reach = 1000

    /// A page of a list.
    struct Found: Sendable {
        var rows: [CaseView]
        /// How many there are.
        var total: Int
        /// There are more than were counted.
        var isMore = false
    }

    /// A part of a statement and its values.
    private struct Filter {
        var sql: String
        var arguments: StatementArguments
        /// More was searched for than is looked at.
        var isCut = false

        mutating func add(_ part: String, _ values: StatementArguments = []) {
            sql += " AND " + part
            arguments += values
        }
    }

    /// The cases in scope: the open ones first, what runs out soonest on top; then those that ended, the newest first.
    func fetch(_ scope: Scope, now: Instant, in db: Database) throws -> Found {
        let filter = try filter(scope, now, db)
        let offset = (max(page, 1) - 1) * Self.pageSize
        let open = try stage?.isOpen == false ? 0 : countOpen(filter, db)
        var found = Found(rows: [], total: open, isMore: filter.isCut)
        if offset < open { found.rows = try readOpen(filter, offset, db) }
        guard !onlyOpen else { return found }
        let ended = try countEnded(filter, scope, db)
        found.total += min(ended, Self.reach)
        found.isMore = found.isMore || ended > Self.reach
        let rest = Self.pageSize - found.rows.count
        if rest > 0 { found.rows += try readEnded(filter, scope, rest, max(offset - open, 0), db) }
        return found
    }

    private var onlyOpen: Bool { open || late || watched || stage?.isOpen == true }

    private func filter(_ scope: Scope, _ now: Instant, _ db: Database) throws -> Filter {
        let (sql, arguments) = scope.condition
        var filter = Filter(sql: sql, arguments: arguments)
        if let stage { filter.add("c.stage = ?", [stage.rawValue]) }
        if let colour { filter.add("c.colour = ?", [colour.rawValue]) }
        if let unit { filter.add("c.mainUnit = ?", [unit.text]) }
        if late { filter.add("c.nextDue <= ?", [now.milliseconds]) }
        if watched {
            filter.add(
                """
                (c.nextDue <= ? OR c.warnedAt IS NOT NULL OR c.unacknowledged OR c.raiseProposed OR c.raised > 0
                OR c.supervisions > 0 OR c.reminders > 0)
                """, [now.milliseconds])
        }
        if let text, !text.isEmpty {
            let found = try CaseSearch(text: text).rows(in: db)
            // Asked once, used by the counts and the page alike.
            filter.add(
                "c.rowid IN (SELECT value FROM json_each(?))",
                ["[\(found.ids.map(String.init).joined(separator: ","))]"])
            filter.isCut = found.isCut
        }
        return filter
    }

    private func countOpen(_ filter: Filter, _ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) \(openCases) AND \(filter.sql)", arguments: filter.arguments) ?? 0
    }

    /// The open cases are few. Without a word to look for they are read by their own index, not by that of all cases of a
    /// colour or unit.
    private var openCases: String {
        "FROM case_view c \(text == nil ? "INDEXED BY case_view_open" : "") WHERE c.isOpen"
    }

    private func readOpen(_ filter: Filter, _ offset: Int, _ db: Database) throws -> [CaseView] {
        try CaseView.fetchAll(
            db,
            sql: """
                SELECT c.* \(openCases) AND \(filter.sql) ORDER BY c.nextDue IS NULL, c.nextDue, c.severity DESC,
                c.opened DESC, c.number LIMIT \(Self.pageSize) OFFSET \(offset)
                """, arguments: filter.arguments)
    }

    private func countEnded(_ filter: Filter, _ scope: Scope, _ db: Database) throws -> Int {
        let (from, arguments) = ended(filter, scope)
        return try Int.fetchOne(
            db, sql: "SELECT count(*) FROM (SELECT 1 \(from) LIMIT \(Self.reach + 1))", arguments: arguments) ?? 0
    }

    private func readEnded(
        _ filter: Filter, _ scope: Scope, _ limit: Int, _ offset: Int, _ db: Database
    ) throws -> [CaseView] {
        let (from, arguments) = ended(filter, scope)
        // What a search found stands in the order of the rows already: nothing has to be sorted.
        let newest = walksUnit(scope) ? "v.opened DESC, v.number" : text == nil ? "c.opened DESC" : "c.rowid DESC"
        return try CaseView.fetchAll(
            db, sql: "SELECT c.* \(from) ORDER BY \(newest) LIMIT \(limit) OFFSET \(offset)", arguments: arguments)
    }

    /// A unit has few of all the cases: its own list is walked, not the city's.
    private func walksUnit(_ scope: Scope) -> Bool { scope.isUnit && text == nil }

    private func ended(_ filter: Filter, _ scope: Scope) -> (sql: String, arguments: StatementArguments) {
        guard walksUnit(scope) else {
            return ("FROM case_view c WHERE NOT c.isOpen AND \(filter.sql)", filter.arguments)
        }
        let walk = "FROM case_unit v CROSS JOIN case_view c ON c.number = v.number WHERE v.unit = ?"
        return ("\(walk) AND NOT c.isOpen AND \(filter.sql)", [scope.actor.unit?.text ?? ""] + filter.arguments)
    }

    /// One case, if the scope has it.
    static func one(_ number: CaseNumber, _ scope: Scope, in db: Database) throws -> CaseView? {
        let (sql, arguments) = scope.condition
        return try CaseView.fetchOne(
            db, sql: "SELECT c.* FROM case_view c WHERE c.number = ? AND \(sql)", arguments: [number.text] + arguments)
    }

    /// What waits for a person to place it, the oldest first.
    static func queue(_ scope: Scope, page: Int, in db: Database) throws -> Found {
        guard scope.seesQueue else { return Found(rows: [], total: 0) }
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
        return Found(rows: rows, total: total)
    }
}

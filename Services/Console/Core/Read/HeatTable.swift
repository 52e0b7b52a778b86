import GRDB
import Governance

/// 诉求热力: cases of the last seven days by township and first-level class. Small cells are not shown, so that nobody is
/// recognised by being the only one (domain.md §3.6).
struct HeatTable: Sendable, Equatable {
    /// Cells below this are not shown.
    static let smallest = 5
    static let days = 7

    var categories: [String]
    var rows: [Row]

    struct Row: Sendable, Equatable {
        var home: String
        /// One a category; nil: none or too few to show.
        var cells: [Int?]
    }

    static func read(_ scope: Scope, now: Instant, in db: Database) throws -> HeatTable {
        guard scope.mayRead, !scope.isUnit else { return HeatTable(categories: [], rows: []) }
        let (sql, arguments) = scope.condition
        let since = now - .naturalDays(days)
        var counts: [String: [String: Int]] = [:]
        var totals: [String: Int] = [:]
        for row in try GRDB.Row.fetchAll(
            db,
            sql: """
                SELECT c.home, c.category, count(*) FROM case_view c WHERE c.opened >= ? AND c.category IS NOT NULL
                AND c.stage NOT IN ('moved', 'joined') AND c.home NOT LIKE '%~%' AND \(sql) GROUP BY c.home, c.category
                """, arguments: [since.milliseconds] + arguments)
        {
            let (home, category, count): (String, String, Int) = (row[0], row[1], row[2])
            counts[home, default: [:]][category] = count
            totals[category, default: 0] += count
        }
        return HeatTable(counts, totals)
    }

    init(categories: [String], rows: [Row]) {
        self.categories = categories
        self.rows = rows
    }

    /// Only columns and rows with something to show.
    private init(_ counts: [String: [String: Int]], _ totals: [String: Int]) {
        let shown = totals.keys.filter { category in
            counts.values.contains { ($0[category] ?? 0) >= Self.smallest }
        }
        let chosen = shown.sorted { (totals[$1] ?? 0, $0) < (totals[$0] ?? 0, $1) }.prefix(7)
        categories = Array(chosen)
        rows = counts.keys.sorted().map { home in
            Row(
                home: home,
                cells: chosen.map { category in
                    counts[home]?[category].flatMap { $0 >= Self.smallest ? $0 : nil }
                })
        }.filter { $0.cells.contains { $0 != nil } }
    }
}

import GRDB
import ServiceKit

/// What a live page is told: how far the read model is, and whether anything its reader may see came in since.
struct LiveChange: Sendable, Equatable {
    /// Lines of all timelines so far; grows with every fact.
    var version: Int64
    var isSeen: Bool

    static func read(since last: Int64?, _ scope: Scope, in db: Database) throws -> LiveChange {
        let version = try Int64.fetchOne(db, sql: "SELECT max(rowid) FROM timeline") ?? 0
        guard let last, last < version else { return LiveChange(version: version, isSeen: last == nil) }
        let (sql, arguments) = scope.condition
        // Only the new lines are looked at, however many cases there are.
        let isSeen = try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM timeline t JOIN case_view c ON c.number = t.number
                WHERE t.rowid > ? AND \(sql))
                """, arguments: [last] + arguments)
        return LiveChange(version: version, isSeen: isSeen ?? true)
    }

    var event: ServerEvent { ServerEvent(kind: "changed", data: "{\"version\":\(version)}") }
}

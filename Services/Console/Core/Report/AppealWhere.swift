import Foundation
import GRDB
import Governance

/// Where a report went: the case that has it, for whoever just handed it in.
struct AppealWhere: Encodable, Equatable {
    /// Nil until the read model has seen the report's case, or when the case is not the reader's to see.
    var number: String?
    var stage: String?

    static func read(_ report: UUID, _ scope: Scope, in db: Database) throws -> AppealWhere {
        let (sql, arguments) = scope.condition
        // A report that moved on has a row in each case it was ever in; the newest says where it is.
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT c.number, c.stage FROM case_appeal a JOIN case_view c ON c.number = a.number
                WHERE a.report = ? AND a.state <> 'moved' AND \(sql) ORDER BY a.changed DESC LIMIT 1
                """, arguments: [report.uuidString.lowercased()] + arguments)
        return AppealWhere(number: row?["number"], stage: row?["stage"])
    }
}

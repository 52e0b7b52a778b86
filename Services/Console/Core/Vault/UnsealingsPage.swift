import Contracts
import GRDB
import Governance
import HTTPTypes
import Hummingbird
import ServiceKit

/// The book of unsealings 查看留痕台账: who read whose data, when and what for. For those who watch the watchers.
struct UnsealingsPage: Sendable {
    /// Who reads the book.
    static let readers: Set<Role> = [.discipline, .center]
    static let limit = 200

    let desk: ConsoleDesk

    func answer(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        guard Self.readers.contains(scope.actor.role) else {
            throw Problem.told(.forbidden, WatchText.bookForbidden, .bookForbiddenFix)
        }
        let (now, names) = (desk.now(), desk.names(context))
        let entries = try await desk.read { db in try Self.entries(scope, db) }
        let values: [String: Any] = [
            "w": WatchText.all(names.language), "hasRows": !entries.isEmpty,
            "rows": entries.map { entry -> [String: Any] in
                [
                    "time": names.moment(entry.at, now: now), "number": entry.number.text,
                    "href": "/cases/\(entry.number.text)", "purpose": entry.purpose,
                    "who": entry.basis.actor.map { "\(names.role($0.role)) · \($0.name)" } ?? "—",
                ]
            },
        ]
        return try await desk.page(
            "unsealings", .book, title: WatchText.bookTitle.text(names.language), values, request, context)
    }

    /// The newest entries about cases in scope.
    static func entries(_ scope: Scope, _ db: Database) throws -> [VaultUnsealed] {
        let (sql, arguments) = scope.condition
        return try String.fetchAll(
            db,
            sql: """
                SELECT t.data FROM timeline t JOIN case_view c ON c.number = t.number
                WHERE t.type = 'vault.unsealed' AND NOT t.late AND \(sql) ORDER BY t.time DESC LIMIT \(limit)
                """, arguments: arguments
        ).compactMap { try? WireJSON.decode(VaultUnsealed.self, from: Array($0.utf8)) }
    }
}

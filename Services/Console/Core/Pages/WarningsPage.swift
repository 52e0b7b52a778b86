import Contracts
import GRDB
import Governance
import HTTPTypes
import Hummingbird
import Ledger
import ServiceKit

/// The list of risk warnings 风险预警: which model, what it found, and what became of it (触发→确认→处置→解除|误报).
struct WarningsPage: Sendable {
    /// A warning with how far it is.
    struct Entry: Sendable {
        var raised: WarningRaised
        var state: CaseWarning.State
    }

    /// Who reads the list.
    static let readers: Set<Role> = [.analyst, .supervisor, .center, .deputyLeader, .chiefLeader]
    static let limit = 200

    let desk: ConsoleDesk

    func answer(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        guard Self.readers.contains(scope.actor.role) else {
            throw Problem.told(.forbidden, RiskText.forbidden, .forbiddenFix)
        }
        let (now, names) = (desk.now(), desk.names(context))
        let entries = try await desk.read { db in try Self.entries(scope, db) }
        let values: [String: Any] = [
            "r": RiskText.all(names.language), "hasRows": !entries.isEmpty,
            "rows": entries.map { Self.row($0, names, now) },
        ]
        return try await desk.page(
            "warnings", .warnings, title: RiskText.title.text(names.language), values, request, context)
    }

    private static func row(_ entry: Entry, _ names: Names, _ now: Instant) -> [String: Any] {
        let raised = entry.raised
        let why = names.language == .zh ? raised.basis.reasons.first?.text : nil
        return [
            "time": names.moment(raised.at, now: now), "name": raised.name, "colour": raised.colour.rawValue,
            "risk": names.colour(raised.colour), "kind": RiskText.kind(raised.kind, names.language),
            "why": why ?? "\(raised.found) / \(raised.threshold)",
            "place": raised.area.map(names.area) ?? names.home(raised.number.home.text),
            "number": raised.number.text, "href": "/cases/\(raised.number.text)", "advice": raised.advice,
            "state": RiskText.state(entry.state, names.language),
        ]
    }

    /// The newest warnings about cases in scope, those that are open before the others.
    static func entries(_ scope: Scope, _ db: Database) throws -> [Entry] {
        let (sql, arguments) = scope.condition
        let raised = try String.fetchAll(
            db,
            sql: """
                SELECT t.data FROM timeline t JOIN case_view c ON c.number = t.number
                WHERE t.type = 'warning.raised' AND NOT t.late AND \(sql) ORDER BY t.time DESC LIMIT \(limit)
                """, arguments: arguments
        ).compactMap { try? WireJSON.decode(WarningRaised.self, from: Array($0.utf8)) }
        let entries = try raised.map { raised -> Entry in
            let warning = try CaseLedger.columns(of: raised.number, in: db)?.triage.warning(raised.warning)
            // A warning that was raised again stands for the earlier one.
            let isLast = warning?.raisedAt == raised.at
            return Entry(raised: raised, state: isLast ? warning?.state ?? .raised : .resolved)
        }
        let isOpen: (Entry) -> Bool = { $0.state == .raised || $0.state == .confirmed }
        return entries.filter(isOpen) + entries.filter { !isOpen($0) }
    }
}

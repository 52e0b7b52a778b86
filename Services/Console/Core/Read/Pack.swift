import Contracts
import GRDB
import Governance

/// What a meeting needs 会商材料 (domain.md rows 58-60, 65): 日清日结 for the day, forms and raises for the week. Made of the read
/// model at the moment it is asked for; a case stands in each list it belongs to.
struct Pack: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        /// 日会商: today's and what was carried over.
        case day
        /// 周交办: the week's forms, too.
        case week

        var days: Int { self == .day ? 1 : 7 }
    }

    /// One list and how many there are; the rows are the first of them.
    struct Section: Sendable {
        var name: WatchText
        var rows: [CaseView]
        var total: Int
    }

    /// A form of the period.
    struct Form: Sendable {
        var form: String
        var number: CaseNumber
        var isSupervision: Bool
        var unit: UnitCode?
        var demand: String
        var due: Instant
        var at: Instant
        var title: String
        /// The case has ended or its order is closed.
        var isSettled: Bool
    }

    var kind: Kind
    /// First moment of the period.
    var from: Instant
    var sections: [Section]
    var forms: [Form]

    static let limit = 100

    static func read(_ kind: Kind, _ scope: Scope, now: Instant, in db: Database) throws -> Pack {
        let today = Instant(now.day)
        let from = Instant(now.day.adding(days: 1 - kind.days))
        let ordered = Stage.allCases.filter(\.hasOpenOrder).map { "'\($0.rawValue)'" }.joined(separator: ", ")
        let inHand = "c.stage IN (\(ordered))"
        let lists: [(WatchText, String, [Int64])] = [
            (.packUnacknowledged, "c.isOpen AND c.unacknowledged", []),
            (.packLate, "c.isOpen AND c.nextDue <= ?", [now.milliseconds]),
            (.packProposed, "c.isOpen AND c.raiseProposed", []),
            (
                .packDueToday, "c.isOpen AND c.nextDue > ? AND c.nextDue <= ?",
                [now.milliseconds, (today + .hours(24)).milliseconds]
            ),
            (.packCarried, "\(inHand) AND c.issuedAt < ?", [today.milliseconds]),
            (.packDone, "c.verifiedAt >= ?", [from.milliseconds]),
        ]
        return Pack(
            kind: kind, from: from,
            sections: try lists.map { try section($0.0, $0.1, $0.2, scope, db) },
            forms: try forms(since: from, scope, db))
    }

    private static func section(
        _ name: WatchText, _ filter: String, _ values: [Int64], _ scope: Scope, _ db: Database
    ) throws -> Section {
        let (sql, arguments) = scope.condition
        let all = StatementArguments(values) + arguments
        let total = try Int.fetchOne(
            db, sql: "SELECT count(*) FROM case_view c WHERE \(filter) AND \(sql)", arguments: all)
        let rows = try CaseView.fetchAll(
            db,
            sql: """
                SELECT c.* FROM case_view c WHERE \(filter) AND \(sql)
                ORDER BY c.nextDue IS NULL, c.nextDue, c.severity DESC, c.number LIMIT \(limit)
                """, arguments: all)
        return Section(name: name, rows: rows, total: total ?? 0)
    }

    /// The forms issued in the period, the newest first.
    private static func forms(since: Instant, _ scope: Scope, _ db: Database) throws -> [Form] {
        let (sql, arguments) = scope.condition
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT t.type, t.data, c.title, c.isOpen, c.stage FROM timeline t JOIN case_view c ON c.number = t.number
                WHERE t.type IN ('case.reminded', 'case.supervised') AND NOT t.late AND t.time >= ? AND \(sql)
                ORDER BY t.time DESC LIMIT \(limit)
                """, arguments: [since.milliseconds] + arguments)
        return rows.compactMap { row in
            let (type, data): (String, String) = (row[0], row[1])
            guard let fact = try? Fact(type: type, version: Fact.schemaVersion, json: Array(data.utf8)) else {
                return nil
            }
            let stage = Stage(rawValue: row[4]) ?? .received
            let isSettled = !(row[3] as Bool) || !stage.hasOpenOrder
            switch fact {
            case .caseReminded(let form):
                return Form(
                    form: form.form, number: form.number, isSupervision: false, unit: form.unit, demand: form.demand,
                    due: form.deadline.due, at: form.at, title: row[2], isSettled: isSettled)
            case .caseSupervised(let form):
                return Form(
                    form: form.form, number: form.number, isSupervision: true, unit: form.unit, demand: form.demand,
                    due: form.deadline.due, at: form.at, title: row[2], isSettled: isSettled)
            default: return nil
            }
        }
    }
}

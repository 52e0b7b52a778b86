import Contracts
import GRDB
import Governance

/// A 提醒单 or 督办单 as a meeting's material lists it, with what became of it.
struct PackForm: Sendable {
    var form: String
    var number: CaseNumber
    var kind: FormKind
    var unit: UnitCode?
    var demand: String
    var due: Instant
    var title: String
    /// How far it is.
    var state: CaseForm.State
    /// Nothing is owed on it any more: it was answered, taken back or replaced, or its order is done.
    var isSettled: Bool
    /// The 督办单 that took the place of this 提醒单 升级.
    var replacedBy: String?

    /// How long before the period a 提醒单 may have been issued that ran out in it.
    private static let reach = Duration.naturalDays(60)

    /// The forms issued in the period, the newest first.
    static func issued(since: Instant, _ scope: Scope, _ db: Database) throws -> [PackForm] {
        try read("t.type IN ('case.reminded', 'case.supervised')", since: since, scope, db)
    }

    /// The 提醒单 that ran out in the period without an answer, or earlier and still without one: the weekly meeting confirms
    /// the 督办单 (domain.md §3.2, row 59).
    static func overdue(since: Instant, now: Instant, _ scope: Scope, _ db: Database) throws -> [PackForm] {
        try read("t.type = 'case.reminded'", since: since - reach, scope, db).filter { form in
            switch form.state {
            case .issued, .signed: !form.isSettled && form.due <= now
            case .superseded: form.due <= now && form.due >= since
            case .rectified, .settled, .withdrawn: false
            }
        }
    }

    private static func read(
        _ types: String, since: Instant, _ scope: Scope, _ db: Database
    ) throws -> [PackForm] {
        let (sql, arguments) = scope.condition
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT t.type, t.data, c.title, r.columns FROM timeline t
                JOIN case_view c ON c.number = t.number JOIN case_row r ON r.number = t.number
                WHERE \(types) AND t.type IN ('case.reminded', 'case.supervised') AND NOT t.late AND t.time >= ?
                AND \(sql) ORDER BY t.time DESC LIMIT \(Pack.limit)
                """, arguments: [since.milliseconds] + arguments)
        return rows.compactMap { row in
            let (type, data, json): (String, String, String) = (row[0], row[1], row[3])
            guard let fact = try? Fact(type: type, version: Fact.schemaVersion, json: Array(data.utf8)),
                let columns = try? LedgerColumns.decode(json)
            else { return nil }
            return switch fact {
            case .caseReminded(let form):
                PackForm(form.number, .reminder, form.ordinal, form.unit, form.demand, form.deadline, row[2], columns)
            case .caseSupervised(let form):
                PackForm(
                    form.number, .supervision, form.ordinal, form.unit, form.demand, form.deadline, row[2], columns)
            default: nil
            }
        }
    }

    private init(
        _ number: CaseNumber, _ kind: FormKind, _ ordinal: Int, _ unit: UnitCode?, _ demand: String,
        _ deadline: Deadline, _ title: String, _ columns: CaseColumns
    ) {
        let forms = columns.supervision.forms ?? []
        let own = forms.firstIndex { $0.kind == kind && $0.ordinal == ordinal }
        (form, self.number, self.kind, self.unit) = (kind.number(number, ordinal), number, kind, unit)
        (self.demand, due, self.title) = (demand, deadline.due, title)
        state = own.map { forms[$0].state } ?? .issued
        let isOpen = state == .issued || state == .signed
        isSettled = !isOpen || !columns.stage.isOpen || !columns.stage.hasOpenOrder
        guard state == .superseded, let own else { return }
        let later = forms[forms.index(after: own)...].first { $0.kind == .supervision }
        replacedBy = later.map { $0.kind.number(number, $0.ordinal) }
    }
}

/// A resolution, a talk, a review or a topic as a meeting's material lists it.
struct PackMinutes: Sendable {
    var body: MinutesRecorded
    /// What the case is about.
    var title: String

    /// Those of the period, the newest first.
    static func recorded(since: Instant, _ scope: Scope, _ db: Database) throws -> [PackMinutes] {
        let (sql, arguments) = scope.condition
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT t.data, c.title FROM timeline t JOIN case_view c ON c.number = t.number
                WHERE t.type = 'minutes.recorded' AND NOT t.late AND t.time >= ? AND \(sql)
                ORDER BY t.time DESC LIMIT \(Pack.limit)
                """, arguments: [since.milliseconds] + arguments)
        return rows.compactMap { row in
            let data: String = row[0]
            guard let body = try? WireJSON.decode(MinutesRecorded.self, from: Array(data.utf8)) else { return nil }
            return PackMinutes(body: body, title: row[1])
        }
    }
}

import Contracts
import GRDB
import Governance

/// What a meeting needs 会商材料 (domain.md rows 58-60, 65): 日清日结 for the day, forms and raises for the week, what is dangerous for
/// the committee, the topic of the month. Made of the read model at the moment it is asked for; a case stands in each list it
/// belongs to.
struct Pack: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        /// 日联合研判会商会: since the session before, what is due today and what was carried over.
        case day
        /// 周风险研判交办会: the week's forms, and the 提醒单 that nobody answered in time.
        case week
        /// 区委风险危机管控会: red and orange, not acknowledged, raised.
        case crisis
        /// 每月一题: the topics of the month with their cases, talks and reviews.
        case month
    }

    /// One list and how many there are; the rows are the first of them.
    struct Section: Sendable {
        var name: WatchText
        var rows: [CaseView]
        var total: Int
    }

    /// 日清日结 in numbers.
    struct Tally: Sendable, Equatable {
        /// Cases received today.
        var received: Int
        /// Those of them that are done: verified or ended.
        var settled: Int
    }

    var kind: Kind
    /// First moment of the period.
    var from: Instant
    var tally: Tally
    var sections: [Section]
    /// Forms of the period, the newest first.
    var forms: [PackForm]
    /// 提醒单 that ran out without an answer.
    var overdue: [PackForm]
    /// What meetings resolved in the period, the newest first.
    var minutes: [PackMinutes]

    static let limit = 100

    static func read(_ kind: Kind, _ scope: Scope, now: Instant, in db: Database) throws -> Pack {
        let from = start(kind, now)
        return Pack(
            kind: kind, from: from, tally: try tally(since: Instant(now.day), scope, db),
            sections: try lists(kind, from, now).map { try section($0.name, $0.filter, $0.values, scope, db) },
            forms: kind == .month ? [] : try PackForm.issued(since: from, scope, db),
            overdue: kind == .week ? try PackForm.overdue(since: from, now: now, scope, db) : [],
            minutes: try PackMinutes.recorded(since: from, scope, db))
    }

    /// Where the period begins.
    static func start(_ kind: Kind, _ now: Instant) -> Instant {
        switch kind {
        case .day: PackSession(at: now).before
        case .week, .crisis: Instant(now.day.adding(days: -6))
        case .month: Instant(CivilMonth(now.day).first)
        }
    }

    private typealias List = (name: WatchText, filter: String, values: [Int64])

    private static func lists(_ kind: Kind, _ from: Instant, _ now: Instant) -> [List] {
        let today = Instant(now.day)
        let unacknowledged: List = (.packUnacknowledged, "c.isOpen AND c.unacknowledged", [])
        let late: List = (.packLate, "c.isOpen AND c.nextDue <= ?", [now.milliseconds])
        let proposed: List = (.packProposed, "c.isOpen AND c.raiseProposed", [])
        let unsettled: List = (.packUnsettled, "c.unsettled", [])
        switch kind {
        case .day, .week:
            let ordered = Stage.allCases.filter(\.hasOpenOrder).map { "'\($0.rawValue)'" }.joined(separator: ", ")
            let dueToday: List = (
                .packDueToday, "c.isOpen AND c.nextDue > ? AND c.nextDue <= ?",
                [now.milliseconds, (today + .hours(24)).milliseconds]
            )
            let carried: List = (.packCarried, "c.stage IN (\(ordered)) AND c.issuedAt < ?", [today.milliseconds])
            let done: List = (.packDone, "c.verifiedAt >= ?", [from.milliseconds])
            return [unacknowledged, late, proposed, unsettled, dueToday, carried, done]
        case .crisis:
            let high: List = (.packHigh, "c.isOpen AND c.severity >= 3", [])
            let raised: List = (.packRaised, "c.isOpen AND c.raised > 0", [])
            return [unacknowledged, high, raised, proposed, unsettled]
        case .month: return []
        }
    }

    private static func tally(since today: Instant, _ scope: Scope, _ db: Database) throws -> Tally {
        let (sql, arguments) = scope.condition
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT count(*), coalesce(sum(NOT c.isOpen OR c.verifiedAt IS NOT NULL), 0) FROM case_view c
                WHERE c.opened >= ? AND \(sql)
                """, arguments: [today.milliseconds] + arguments)
        return Tally(received: row?[0] ?? 0, settled: row?[1] ?? 0)
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

    /// 议程: what the meeting must decide on, each case once under the first of the lists it stands in.
    var agenda: [(why: WatchText, view: CaseView)] {
        let toDecide: [WatchText] = [
            .packUnacknowledged, .packHigh, .packRaised, .packProposed, .packUnsettled, .packLate,
        ]
        var seen: Set<String> = []
        return toDecide.flatMap { name -> [(why: WatchText, view: CaseView)] in
            let rows = sections.first { $0.name == name }?.rows ?? []
            return rows.filter { seen.insert($0.number).inserted }.map { (name, $0) }
        }
    }
}

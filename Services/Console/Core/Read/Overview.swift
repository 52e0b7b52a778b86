import GRDB
import Governance

/// The numbers of the one screen 一屏, each with its denominator.
struct Overview: Sendable, Codable, Equatable {
    /// Appeals accepted today, and by the same time on this weekday last week.
    var receivedToday = 0
    var receivedLastWeek = 0
    /// Appeals without any outcome yet.
    var undecided = 0
    var open = 0
    var openRed = 0
    var openOrange = 0
    /// Due within two hours.
    var dueSoon = 0
    var late = 0
    /// What there was to do this month, and how much of it is done, as on the scorecards.
    var dueMonth = 0
    var closedMonth = 0
    /// Cases assessed today, and how many by rule alone.
    var assessedToday = 0
    var ruledToday = 0
    /// What waits in the human queue, and since when the oldest does.
    var queued = 0
    var queuedSince: Int64?
    var colours: [String: Int] = [:]
    var flow: [Step] = []

    /// One step of the loop.
    struct Step: Sendable, Codable, Equatable {
        var name: String
        var count: Int
        /// Mean stay in milliseconds of those that are there.
        var stay: Int64
        var isHot: Bool
    }

    /// The steps of the loop and the stages that make them up.
    static let steps: [(name: ConsoleText, stages: [Stage])] = [
        (.flowTriage, [.received, .accepted]), (.flowDispatch, [.assessed]), (.flowSign, [.dispatched, .returnReview]),
        (.flowMeet, [.signed]), (.flowHandle, [.met, .handling, .extensionReview, .suspended, .mediating]),
        (.flowVerify, [.reported]), (.flowRevisit, [.verified]), (.flowStrike, [.revisited]),
    ]

    static func read(_ scope: Scope, now: Instant, in db: Database) throws -> Overview {
        var found = Overview()
        try found.readReports(scope, now, db)
        try found.readOpen(scope, now, db)
        try found.readMonth(scope, now, db)
        try found.readFlow(scope, now, db)
        return found
    }

    private mutating func readReports(_ scope: Scope, _ now: Instant, _ db: Database) throws {
        let (sql, arguments) = scope.reportCondition
        let today = Instant(now.day)
        let week = Duration.naturalDays(7)
        func count(_ from: Instant, _ to: Instant) throws -> Int {
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM report_seen r WHERE r.received >= ? AND r.received < ? AND \(sql)",
                arguments: [from.milliseconds, to.milliseconds] + arguments) ?? 0
        }
        receivedToday = try count(today, now + .hours(24))
        receivedLastWeek = try count(today - week, now - week)
        undecided =
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM report_waiting r WHERE \(sql)", arguments: arguments) ?? 0
    }

    private mutating func readOpen(_ scope: Scope, _ now: Instant, _ db: Database) throws {
        let (sql, arguments) = scope.condition
        let soon = now + .hours(2)
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT count(*), sum(c.colour = 'red'), sum(c.colour = 'orange'), sum(c.nextDue > ? AND c.nextDue <= ?),
                sum(c.nextDue <= ?) FROM case_view c WHERE c.isOpen AND \(sql)
                """, arguments: [now.milliseconds, soon.milliseconds, now.milliseconds] + arguments)
        open = row?[0] ?? 0
        openRed = row?[1] ?? 0
        openOrange = row?[2] ?? 0
        dueSoon = row?[3] ?? 0
        late = row?[4] ?? 0
        // The plus keeps the open cases' own index in use: grouping by another would read all cases.
        for row in try Row.fetchAll(
            db, sql: "SELECT c.colour, count(*) FROM case_view c WHERE c.isOpen AND \(sql) GROUP BY +c.colour",
            arguments: arguments)
        {
            colours[row[0]] = row[1]
        }
        let waiting = try Row.fetchOne(
            db, sql: "SELECT count(*), min(c.opened) FROM case_view c WHERE c.stage = 'received' AND \(sql)",
            arguments: arguments)
        queued = waiting?[0] ?? 0
        queuedSince = waiting?[1]
    }

    private mutating func readMonth(_ scope: Scope, _ now: Instant, _ db: Database) throws {
        let (sql, arguments) = scope.condition
        let today = Instant(now.day)
        let month = try ScoreQuery(scope).cards(.unit, ScorePeriod(CivilMonth(now.day)), in: db)
        let counts = LoopCounts.sum(of: month)
        dueMonth = counts.due
        closedMonth = counts.closed
        let assessed = try Row.fetchOne(
            db, sql: "SELECT count(*), sum(c.byRule) FROM case_view c WHERE c.assessedAt >= ? AND \(sql)",
            arguments: [today.milliseconds] + arguments)
        assessedToday = assessed?[0] ?? 0
        ruledToday = assessed?[1] ?? 0
    }

    private mutating func readFlow(_ scope: Scope, _ now: Instant, _ db: Database) throws {
        let (sql, arguments) = scope.condition
        var counts: [String: (count: Int, stay: Int64)] = [:]
        for row in try Row.fetchAll(
            db,
            sql: """
                SELECT c.stage, count(*), sum(max(? - c.stageSince, 0)) FROM case_view c
                WHERE c.isOpen AND \(sql) GROUP BY +c.stage
                """, arguments: [now.milliseconds] + arguments)
        {
            counts[row[0]] = (row[1], row[2])
        }
        flow = Self.steps.map { step in
            let parts = step.stages.compactMap { counts[$0.rawValue] }
            let count = parts.reduce(0) { $0 + $1.count }
            let stay = parts.reduce(Int64(0)) { $0 + $1.stay }
            return Step(
                name: step.name.rawValue, count: count, stay: count == 0 ? 0 : stay / Int64(count), isHot: false)
        }
        // The step where matters stay longest is marked, so that one sees where the loop is stuck.
        if let longest = flow.indices.filter({ flow[$0].count > 0 }).max(by: { flow[$0].stay < flow[$1].stay }),
            flow[longest].stay > 0
        {
            flow[longest].isHot = true
        }
    }
}

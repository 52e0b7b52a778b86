import GRDB
import Governance

/// What a grid worker did in a span of days.
struct WorkerActivity: Sendable, Equatable {
    var subject: String
    /// As his token says; nil when he only reported.
    var name: String?
    /// Days on which he left a trace 上线天数.
    var days = 0
    /// Reports 上报.
    var reported = 0
    /// Steps on the spot 现场处置: progress, verification, rejection, a bell seen to.
    var acts = 0
}

extension ScoreQuery {
    /// The grid workers who left a trace from a day on and before another, within the reader's place; a grid worker sees
    /// himself.
    func workers(from first: CivilDate, before end: CivilDate, in db: Database) throws -> [WorkerActivity] {
        guard subjects.contains(.worker) else { return [] }
        let marks = gridSources.map { _ in "?" }.joined(separator: ", ")
        let isOwn = scope.actor.role == .gridWorker
        let place = scope.actor.place?.text ?? ""
        let who: StatementArguments = isOwn ? [scope.actor.subject] : [place, place, place]
        let span: StatementArguments = ["first": first.daysSinceEpoch, "end": end.daysSinceEpoch]
        let rows = try Row.fetchAll(
            db,
            sql: """
                WITH trace AS (
                    SELECT subject, day, 0 AS reports, acts FROM worker_day WHERE day >= :first AND day < :end
                    UNION ALL SELECT subject, day, 1, 0 FROM report_day
                    WHERE day >= :first AND day < :end AND source IN (\(marks))
                )
                SELECT t.subject, w.name, count(DISTINCT t.day), sum(t.reports), sum(t.acts)
                FROM trace t JOIN worker w ON w.subject = t.subject
                WHERE \(isOwn ? "t.subject = ?" : Scope.covers("ifnull(w.place, ifnull(w.home, ''))"))
                GROUP BY t.subject ORDER BY t.subject
                """,
            arguments: span + StatementArguments(gridSources) + who)
        return rows.map {
            WorkerActivity(subject: $0[0], name: $0[1], days: $0[2], reported: $0[3], acts: $0[4])
        }
    }

    /// Names by id.
    func workerNames(in db: Database) throws -> [String: String] {
        let rows = try Row.fetchAll(db, sql: "SELECT subject, name FROM worker WHERE name IS NOT NULL")
        return Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
    }

    /// Reports of grid workers day by day, of the last days up to one.
    func reports(through last: CivilDate, days: Int, in db: Database) throws -> DailySeries {
        let first = last.adding(days: 1 - days)
        let marks = gridSources.map { _ in "?" }.joined(separator: ", ")
        let place = scope.actor.place?.text ?? ""
        let all = try Int.fetchAll(
            db,
            sql: """
                SELECT r.day FROM report_day r JOIN worker w ON w.subject = r.subject
                WHERE r.day >= ? AND r.day <= ? AND r.source IN (\(marks))
                    AND \(Scope.covers("ifnull(w.place, ifnull(w.home, ''))"))
                """,
            arguments: [first.daysSinceEpoch, last.daysSinceEpoch] + StatementArguments(gridSources)
                + [place, place, place])
        return DailySeries(all.map { CivilDate(daysSinceEpoch: $0) }, from: first, through: last)
    }
}

import GRDB
import Governance

/// The scorecards of a month 考核, and what stands beside them.
struct ScoreSheet: Sendable {
    var snapshot: ScoreSnapshot
    /// All cards together.
    var total: LoopCounts
    /// Orders issued, against the month before.
    var issued: Change
    /// 三零, by place.
    var zeros: [String: [ZeroLine]]
    /// What a grid worker did in the month, by id.
    var workers: [String: WorkerActivity]
    /// Names of grid workers, as far as they are known.
    var names: [String: String]

    static func read(
        _ subject: ScoreSubject, _ month: CivilMonth, _ query: ScoreQuery, _ channels: Channels, in db: Database
    ) throws -> ScoreSheet {
        let period = ScorePeriod(month)
        let before = ScorePeriod(CivilMonth(month.first.adding(days: -1)))
        let isWorker = subject == .worker
        let active = isWorker ? try query.workers(from: month.first, before: month.next.first, in: db) : []
        var cards = try query.cards(subject, period, in: db)
        let known = Set(cards.map(\.subject))
        cards += active.map(\.subject).filter { !known.contains($0) }.map { ScoreCard($0, LoopCounts()) }
        let total = LoopCounts.sum(of: cards)
        return ScoreSheet(
            snapshot: ScoreSnapshot(month, subject, cards), total: total,
            issued: Change(from: LoopCounts.sum(of: try query.cards(subject, before, in: db)).issued, to: total.issued),
            zeros: subject == .place ? try query.zeros(period, channels, in: db) : [:],
            workers: Dictionary(uniqueKeysWithValues: active.map { ($0.subject, $0) }),
            names: isWorker ? try query.workerNames(in: db) : [:])
    }
}

/// 每日通报 (row 71: 每天通报网格员上线和事件上报处置情况): who left a trace, what was reported and handled, what ran out.
struct Bulletin: Sendable {
    /// Whoever left a trace within so many days is known 【ours】: there is no roster of persons.
    static let knownDays = 30
    /// The mean of the last week is set against that of the week before.
    static let seriesDays = 14

    var day: CivilDate
    /// Whoever is known, with what he did that day.
    var workers: [WorkerActivity]
    /// Their own matters, by id.
    var matters: [String: LoopCounts]
    var places: [ScoreCard]
    var units: [ScoreCard]
    var series: DailySeries

    var online: Rate { Formulas.online(workers.count { $0.days > 0 }, of: workers.count) }

    /// Daily reports of the week before, and of the last week.
    var averages: (before: Average, after: Average) { series.averages(around: day.adding(days: -6)) }

    static func read(_ day: CivilDate, _ query: ScoreQuery, in db: Database) throws -> Bulletin {
        let period = ScorePeriod(day: day)
        let known = try query.workers(from: day.adding(days: 1 - knownDays), before: day.adding(days: 1), in: db)
        let today = Dictionary(
            uniqueKeysWithValues: try query.workers(from: day, before: day.adding(days: 1), in: db).map {
                ($0.subject, $0)
            })
        func cards(_ subject: ScoreSubject) throws -> [ScoreCard] {
            guard query.subjects.contains(subject) else { return [] }
            return try query.cards(subject, period, in: db).filter { $0.counts != LoopCounts() }
        }
        return Bulletin(
            day: day,
            workers: known.map { today[$0.subject] ?? WorkerActivity(subject: $0.subject, name: $0.name) },
            matters: Dictionary(uniqueKeysWithValues: try cards(.worker).map { ($0.subject, $0.counts) }),
            places: try cards(.place), units: try cards(.unit),
            series: try query.reports(through: day, days: seriesDays, in: db))
    }
}

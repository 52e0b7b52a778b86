import GRDB
import Governance

/// Which signals are counted 每日来件: those of one source, a span of days, and the day that parts it.
struct SignalSpan: Sendable, Equatable {
    /// Code of the source.
    var source: String
    var from: CivilDate
    var through: CivilDate
    /// What came before this day is set against what came from it on.
    var since: CivilDate

    /// The longest span of one picture.
    static let mostDays = 400
    /// So many days on each side where nothing else is asked for.
    static let side = 30

    /// The span around a day, but for what was asked for.
    init(source: String, since: CivilDate?, from: CivilDate?, through: CivilDate?, today: CivilDate) {
        self.source = source
        self.since = since ?? (through ?? today).adding(days: 1 - Self.side)
        self.from = from ?? self.since.adding(days: -Self.side)
        self.through = through ?? max(min(today, self.since.adding(days: Self.side - 1)), self.since)
    }

    var days: Int { through.daysSinceEpoch - from.daysSinceEpoch + 1 }
    var isWhole: Bool { from <= since && since <= through && days <= Self.mostDays }

    /// How many signals came on each day, of what the reader may see.
    func read(_ scope: Scope, in db: Database) throws -> DailySeries {
        let (sql, arguments) = scope.reportCondition
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT r.day, count(*) FROM report_day r
                WHERE r.source = ? AND r.day BETWEEN ? AND ? AND \(sql) GROUP BY r.day
                """, arguments: [source, from.daysSinceEpoch, through.daysSinceEpoch] + arguments)
        let days = rows.lazy.flatMap { row -> Repeated<CivilDate> in
            let (day, count): (Int, Int) = (row[0], row[1])
            return repeatElement(CivilDate(daysSinceEpoch: day), count: count)
        }
        return DailySeries(days, from: from, through: through)
    }
}

/// What the page of devices tells: the register by kind (rows 25-28), and the signals of one source day by day.
struct DeviceSheet: Sendable {
    /// All sources, by code: any of them may be looked at.
    var sources: [Channel]
    /// Those that are devices, with what is registered of each.
    var kinds: [Kind]
    var census: DeviceCensus
    var span: SignalSpan
    var series: DailySeries

    struct Kind: Sendable, Equatable {
        var channel: Channel
        /// In force today.
        var inForce: Int
        /// Registered, and not in force today.
        var ended: Int
    }

    init(_ reference: Reference, _ span: SignalSpan, _ series: DailySeries, scope: Scope, today: CivilDate) {
        let place = scope.actor.place
        census = reference.devices.census(on: today, within: place)
        let all = reference.devices.all.filter { place?.contains($0.place) ?? true }
        let known: [String: Int] = all.reduce(into: [:]) { $0[$1.channel, default: 0] += 1 }
        let census = census
        sources = reference.channels.all
        kinds = sources.filter { $0.kind == .sensor }.map { channel in
            let inForce = census.kinds[channel.code] ?? 0
            return Kind(channel: channel, inForce: inForce, ended: (known[channel.code] ?? 0) - inForce)
        }
        (self.span, self.series) = (span, series)
    }

    /// Before the day, and from it on.
    var averages: (before: Average, after: Average) { series.averages(around: span.since) }
}

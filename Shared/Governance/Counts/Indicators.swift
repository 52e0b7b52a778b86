/// A number against that of a base period 较基期增减 (rows 80, 84: 2024较2022降68.2%、少亡153人).
public struct Change: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The number of the base year or month.
    public let base: Int
    /// The number now.
    public let now: Int

    /// A change.
    public init(from base: Int, to now: Int) {
        self.base = base
        self.now = now
    }

    /// How many more; negative: fewer.
    public var difference: Int { now - base }

    /// Tenths of a percent, rounded half away from zero; nil without a base. Only zero is a fall by all.
    public var tenths: Int? {
        guard base > 0 else { return nil }
        let size = (abs(difference) * 2_000 + base) / (2 * base)
        return difference < 0 ? -(now > 0 ? min(size, 999) : size) : size
    }

    /// `-68.2 %`, `+12.0 %`; nil without a base.
    public var percent: String? {
        tenths.map { ($0 < 0 ? "-" : $0 > 0 ? "+" : "") + "\(Average.text(abs($0))) %" }
    }

    /// `-68.2 %(220→70,少 150)`.
    public var description: String {
        let word = difference < 0 ? "少 \(-difference)" : difference > 0 ? "多 \(difference)" : "持平"
        return "\(percent ?? "无基数")(\(base)→\(now),\(word))"
    }
}

/// A mean to one decimal that keeps what it is the mean of 日均.
public struct Average: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The sum.
    public let sum: Int
    /// Over so many days.
    public let days: Int

    /// A mean.
    public init(_ sum: Int, over days: Int) {
        self.sum = sum
        self.days = days
    }

    /// Tenths, rounded half up; nil over no day.
    public var tenths: Int? { days > 0 ? (sum * 20 + days) / (2 * days) : nil }

    /// `3.6`, `—` over no day.
    public var description: String { tenths.map(Self.text) ?? "—" }

    static func text(_ tenths: Int) -> String { "\(tenths / 10).\(tenths % 10)" }
}

/// Counts day by day 每日计数, days with none included (row 27: 警情日均3.6→0.1).
public struct DailySeries: Hashable, Sendable, Codable {
    /// The first day.
    public let first: CivilDate
    /// One count a day.
    public private(set) var counts: [Int]

    /// Counts the days from `first` to `last`, both included; what lies outside is not counted.
    public init(_ days: some Sequence<CivilDate>, from first: CivilDate, through last: CivilDate) {
        self.first = first
        counts = Array(repeating: 0, count: max(last.daysSinceEpoch - first.daysSinceEpoch + 1, 0))
        for day in days {
            let index = day.daysSinceEpoch - first.daysSinceEpoch
            if counts.indices.contains(index) { counts[index] += 1 }
        }
    }

    /// The mean before a day, and from that day on 前后日均.
    public func averages(around day: CivilDate) -> (before: Average, after: Average) {
        let cut = min(max(day.daysSinceEpoch - first.daysSinceEpoch, 0), counts.count)
        return (
            Average(counts[..<cut].reduce(0, +), over: cut),
            Average(counts[cut...].reduce(0, +), over: counts.count - cut)
        )
    }
}

/// The three zeros 三零 (row 72: 零上访、零事故、零案件). Which matters count is ours 【ours】.
public enum ZeroKind: String, CaseIterable, Sendable, Codable {
    /// 零上访: nobody went to petition.
    case petition
    /// 零事故: no major matter of safety.
    case accident
    /// 零案件: no matter for the police.
    case incident

    /// `零上访`.
    public var title: String {
        switch self {
        case .petition: "零上访"
        case .accident: "零事故"
        case .incident: "零案件"
        }
    }

    /// What a matter is: by the source it came from, and a safety matter by being 重大.
    public static func kinds(from channel: ChannelKind?, isMajorSafety: Bool) -> Set<ZeroKind> {
        var kinds: Set<ZeroKind> = isMajorSafety ? [.accident] : []
        if channel == .petition { kinds.insert(.petition) }
        if channel == .police { kinds.insert(.incident) }
        return kinds
    }
}

/// Days without a case of a kind 三零计数. Only a case resets it: no new month, no new year, no restart.
public struct ZeroCounter: Hashable, Sendable, Codable {
    /// Since when it is counted.
    public let since: CivilDate
    /// The day of the last case; nil when there was none.
    public private(set) var last: CivilDate?

    /// A counter without a case.
    public init(since: CivilDate, last: CivilDate? = nil) {
        self.since = since
        self.last = last
    }

    /// A case; an older one than the last changes nothing.
    public mutating func add(_ day: CivilDate) { last = max(last ?? day, day) }

    /// Whole days without one, up to a day: 0 on the day of a case.
    public func days(on day: CivilDate) -> Int { max(day.daysSinceEpoch - (last ?? since).daysSinceEpoch, 0) }
}

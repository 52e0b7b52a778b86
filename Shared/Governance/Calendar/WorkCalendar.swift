/// One holiday of a yearly notice: the days off and the weekend days worked for them.
public struct Holiday: Hashable, Sendable, Codable {
    /// `国庆节、中秋节`.
    public var name: String
    /// First day off.
    public var from: CivilDate
    /// Last day off.
    public var to: CivilDate
    /// 调休上班日: weekend days that are worked.
    public var work: [CivilDate]

    /// A holiday.
    public init(name: String, from: CivilDate, to: CivilDate, work: [CivilDate] = []) {
        self.name = name
        self.from = from
        self.to = to
        self.work = work
    }
}

/// What one yearly notice of the State Council says.
public struct CalendarYear: Hashable, Sendable, Codable {
    /// The year it arranges.
    public var year: Int
    /// `国办发明电〔2024〕12号`.
    public var notice: String
    /// Where the notice can be read.
    public var source: String?
    /// Its holidays in order.
    public var holidays: [Holiday]

    /// A year.
    public init(year: Int, notice: String, source: String? = nil, holidays: [Holiday]) {
        self.year = year
        self.notice = notice
        self.source = source
        self.holidays = holidays
    }
}

/// The working-day calendar 工作日历: weekends and 法定节假日 out, 调休上班日 in. A year without a notice is provisional:
/// only its weekends are known, and every deadline that touches it says so.
public struct WorkCalendar: Hashable, Sendable, Codable {
    /// What a day is.
    public enum Day: Hashable, Sendable {
        /// An ordinary working day.
        case work
        /// A weekend day that is worked; the holiday it makes up for.
        case makeUp(String)
        /// Saturday or Sunday.
        case weekend
        /// A day off by notice, with the holiday's name.
        case holiday(String)

        /// Whether it counts as a working day.
        public var isWorking: Bool {
            switch self {
            case .work, .makeUp: true
            case .weekend, .holiday: false
            }
        }
    }

    /// The years with a notice, ascending.
    public let years: [CalendarYear]
    /// Changes whenever a year file changes what it says, and only then: `2024-2026#5c3f9a10`.
    public let version: String
    private let off: [CivilDate: String]
    private let makeUp: [CivilDate: String]
    private let known: Set<Int>

    /// A calendar of these years; of two with the same number the last one holds.
    public init(years: [CalendarYear]) {
        let latest = Dictionary(years.map { ($0.year, $0) }, uniquingKeysWith: { $1 })
        self.years = latest.values.sorted { $0.year < $1.year }
        var off: [CivilDate: String] = [:]
        var makeUp: [CivilDate: String] = [:]
        for holiday in self.years.flatMap(\.holidays) {
            for day in holiday.from.daysSinceEpoch...max(holiday.from, holiday.to).daysSinceEpoch {
                off[CivilDate(daysSinceEpoch: day)] = holiday.name
            }
            for day in holiday.work { makeUp[day] = holiday.name }
        }
        self.off = off
        self.makeUp = makeUp
        self.known = Set(latest.keys)
        self.version = Self.version(of: self.years)
    }

    /// A calendar that knows weekends only.
    public static let empty = WorkCalendar(years: [])

    /// What that day is.
    public func day(_ date: CivilDate) -> Day {
        if let name = makeUp[date] { return .makeUp(name) }
        if let name = off[date] { return .holiday(name) }
        return date.weekday.isWeekend ? .weekend : .work
    }

    /// Whether that day counts.
    public func isWorkingDay(_ date: CivilDate) -> Bool { day(date).isWorking }

    /// Whether no notice for the day's year is known.
    public func isProvisional(_ date: CivilDate) -> Bool { !known.contains(date.year) }

    /// The first working day after that day.
    public func nextWorkingDay(after date: CivilDate) -> CivilDate {
        var next = date.adding(days: 1)
        while !isWorkingDay(next) { next = next.adding(days: 1) }
        return next
    }

    /// That day, or the first working day after it when it is a day of rest.
    public func workingDay(onOrAfter date: CivilDate) -> CivilDate {
        isWorkingDay(date) ? date : nextWorkingDay(after: date)
    }

    /// The n-th working day after that day, which is itself not counted; the day itself for n = 0.
    public func addWorkingDays(_ count: Int, to date: CivilDate) -> CivilDate {
        (0..<max(0, count)).reduce(date) { day, _ in nextWorkingDay(after: day) }
    }

    /// Working days from the day after `from` up to and including `to`.
    public func workingDays(after from: CivilDate, through to: CivilDate) -> Int {
        guard from < to else { return 0 }
        return (from.daysSinceEpoch + 1...to.daysSinceEpoch)
            .count { isWorkingDay(CivilDate(daysSinceEpoch: $0)) }
    }

    private static func version(of years: [CalendarYear]) -> String {
        guard let first = years.first, let last = years.last else { return "weekends-only" }
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for holiday in years.flatMap(\.holidays) {
            let line = "\(holiday.name)|\(holiday.from)|\(holiday.to)|\(holiday.work.sorted())\n"
            for byte in line.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        }
        let digits = String((hash ^ (hash >> 32)) & 0xffff_ffff, radix: 16)
        let padded = String(repeating: "0", count: 8 - digits.utf8.count) + digits
        return (first.year == last.year ? "\(first.year)" : "\(first.year)-\(last.year)") + "#" + padded
    }

    public init(from decoder: any Decoder) throws {
        self.init(years: try decoder.singleValueContainer().decode([CalendarYear].self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(years)
    }
}

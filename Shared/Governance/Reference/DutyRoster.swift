/// Somebody on the roster of a unit 值班人员.
public struct DutyOfficer: Hashable, Sendable, Codable {
    /// Name.
    public let name: String
    /// `值班科长`.
    public let post: String
    /// Extension of the telephone of the post, never a person's own number.
    public let ext: String

    /// Somebody on a roster.
    public init(name: String, post: String, ext: String) {
        self.name = name
        self.post = post
        self.ext = ext
    }
}

/// Who answers for a unit at an instant 值班, or that nobody does.
public struct OnDuty: Hashable, Sendable, Codable {
    /// Whose turn it is; nil: nobody's, and it is told.
    public let officer: DutyOfficer?
    /// `夜班`; nil when nobody is on duty.
    public let shift: String?
    /// When the turn ends, or the next one begins; nil when none is on the roster for two weeks.
    public let until: Instant?

    /// Who answers, in which shift, until when.
    public init(officer: DutyOfficer?, shift: String?, until: Instant?) {
        self.officer = officer
        self.shift = shift
        self.until = until
    }
}

/// Who answers for which unit 值班联系人, as a warning and a call to a leader name it.
public struct UnitDuty: Hashable, Sendable, Codable {
    /// The unit.
    public let unit: UnitCode
    /// Who is on duty there, or that nobody is.
    public let duty: OnDuty

    /// Who answers for which unit.
    public init(unit: UnitCode, duty: OnDuty) {
        self.unit = unit
        self.duty = duty
    }
}

extension Reference {
    /// Who is on duty at an instant in those of the units that have a roster, each once; nil where none has one.
    public func duties(in units: [UnitCode], at instant: Instant) -> [UnitDuty]? {
        var found: [UnitDuty] = []
        for unit in units where !found.contains(where: { $0.unit == unit }) {
            guard let roster = self.units.rosters[unit] else { continue }
            found.append(UnitDuty(unit: unit, duty: roster.onDuty(at: instant, calendar: calendar)))
        }
        return found.isEmpty ? nil : found
    }
}

/// The roster of a unit 值班表 (domain.md rows 3, 15: task forces that are there for 24 hours, their members 常驻 or 轮驻). Each day that
/// a shift is worked, the members who attend on that day take turns.
public struct DutyRoster: Hashable, Sendable {
    /// A member with the days on which he attends.
    public struct Member: Hashable, Sendable {
        /// Who.
        public let officer: DutyOfficer
        /// 轮驻: his days; empty for 常驻, who is there on all of them.
        public let days: [Weekday]
    }

    /// On which days a shift is worked.
    public enum Days: String, CaseIterable, Sendable {
        /// 每日
        case every
        /// 工作日, by the calendar: 调休上班日 in, holidays out
        case working
        /// 休息日
        case rest

        /// `工作日`.
        public var title: String {
            switch self {
            case .every: "每日"
            case .working: "工作日"
            case .rest: "休息日"
            }
        }

        func includes(working isWorking: Bool) -> Bool { self == .every || (self == .working) == isWorking }
    }

    /// A shift 班次; one that ends no later than it begins ends on the next day.
    public struct Shift: Hashable, Sendable {
        /// `夜班`.
        public let name: String
        /// Minutes after midnight at which it begins.
        public let from: Int
        /// Minutes after the midnight before its day at which it ends: more than a day's when it crosses midnight.
        public let to: Int
        /// When it is worked.
        public let days: Days
    }

    /// The unit.
    public let unit: UnitCode
    /// First day.
    public let since: CivilDate
    /// Last day; nil: until further notice.
    public let until: CivilDate?
    /// In the order of their turns.
    public let members: [Member]
    /// Never two at once.
    public let shifts: [Shift]

    /// How far ahead the next turn is looked for.
    static let horizon = 14

    /// Who is on duty at an instant, or until when nobody is. A pure function of roster, calendar and instant.
    public func onDuty(at instant: Instant, calendar: WorkCalendar) -> OnDuty {
        let today = instant.day
        for day in [today.adding(days: -1), today] {
            for turn in turns(of: day, calendar) where turn.from <= instant && instant < turn.to {
                return OnDuty(officer: turn.officer, shift: turn.shift, until: turn.to)
            }
        }
        let next = (0...Self.horizon).lazy.flatMap { turns(of: today.adding(days: $0), calendar) }
            .first { $0.from > instant }
        return OnDuty(officer: nil, shift: nil, until: next?.from)
    }

    /// A shift of one day with whose it is.
    struct Turn: Hashable {
        var officer: DutyOfficer
        var shift: String
        var from: Instant
        var to: Instant
    }

    /// The turns that begin on a day, in order. A shift on whose day nobody attends is a gap.
    func turns(of day: CivilDate, _ calendar: WorkCalendar) -> [Turn] {
        guard day >= since, until.map({ day <= $0 }) ?? true else { return [] }
        let present = members.filter { $0.days.isEmpty || $0.days.contains(day.weekday) }
        guard !present.isEmpty else { return [] }
        let isWorking = calendar.isWorkingDay(day)
        let midnight = Instant(day)
        let passed = (day.daysSinceEpoch - since.daysSinceEpoch) * shifts.count
        return shifts.enumerated().filter { $1.days.includes(working: isWorking) }.map { number, shift in
            Turn(
                officer: present[(passed + number) % present.count].officer, shift: shift.name,
                from: midnight + .minutes(shift.from), to: midnight + .minutes(shift.to))
        }.sorted { $0.from < $1.from }
    }

    /// Somebody is on duty at every instant of its days: the shifts of every day fill it, and on each weekday a member attends.
    var isAroundTheClock: Bool {
        shifts.reduce(0) { $1.days == .every ? $0 + $1.to - $1.from : $0 } >= Self.minutesPerDay
            && Weekday.allCases.allSatisfy { day in members.contains { $0.days.isEmpty || $0.days.contains(day) } }
    }

    /// Two shifts that would be worked at the same time on some day, whatever the days around it are.
    var overlap: (first: Shift, second: Shift)? {
        for (index, first) in shifts.enumerated() {
            for second in shifts[shifts.index(after: index)...] where Self.overlaps(first, second) {
                return (first, second)
            }
        }
        return nil
    }

    /// On the same day, or when one of them reaches into the next.
    private static func overlaps(_ first: Shift, _ second: Shift) -> Bool {
        let together = first.days == .every || second.days == .every || first.days == second.days
        if together, first.from < second.to, second.from < first.to { return true }
        return first.to > second.from + minutesPerDay || second.to > first.from + minutesPerDay
    }

    static let minutesPerDay = 1440
}

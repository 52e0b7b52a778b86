import Testing

@testable import Governance

@Suite("值班表: who answers for a unit at an instant (domain.md rows 3, 15)")
struct DutyTests {
    private static let reference = try? Reference.sample

    private func roster(_ unit: String) throws -> (DutyRoster, WorkCalendar) {
        let reference = try #require(Self.reference)
        return (try #require(UnitCode(unit).flatMap { reference.units.rosters[$0] }), reference.calendar)
    }

    private func at(_ text: String) throws -> Instant { try #require(Instant("\(text):00+08:00")) }

    /// The roster painted minute by minute, from its first day on: who is on duty in each, nil for a gap.
    private struct Painting {
        var minutes: [String?]
        /// Two at once, which never is.
        var collisions = 0
        /// The first minute from each on at which somebody is on duty.
        var somebody: [Int?]

        init(_ roster: DutyRoster, _ calendar: WorkCalendar, days: Int) {
            minutes = Array(repeating: nil, count: (days + 2) * 1440)
            somebody = Array(repeating: nil, count: minutes.count)
            var turn = 0
            for number in 0..<days {
                let day = roster.since.adding(days: number)
                let present = roster.members.filter { $0.days.isEmpty || $0.days.contains(day.weekday) }
                for shift in roster.shifts {
                    defer { turn += 1 }
                    if roster.until.map({ day > $0 }) ?? false || present.isEmpty { continue }
                    if shift.days == .working, !calendar.isWorkingDay(day) { continue }
                    if shift.days == .rest, calendar.isWorkingDay(day) { continue }
                    for minute in shift.from..<shift.to {
                        if minutes[number * 1440 + minute] != nil { collisions += 1 }
                        minutes[number * 1440 + minute] = present[turn % present.count].officer.name
                    }
                }
            }
            for minute in minutes.indices.dropLast().reversed() {
                somebody[minute] = minutes[minute] == nil ? somebody[minute + 1] : minute
            }
        }
    }

    private func expectPainted(_ roster: DutyRoster, _ calendar: WorkCalendar, days: Int) {
        let painting = Painting(roster, calendar, days: days)
        #expect(painting.collisions == 0)
        let start = Instant(roster.since)
        for minute in stride(from: 0, to: (days - 16) * 1440, by: 13) {
            let instant = start + .minutes(minute) + .milliseconds(minute % 60_000)
            let found = roster.onDuty(at: instant, calendar: calendar)
            // The end of a gap is told when it is near.
            let wanted = painting.somebody[minute].flatMap {
                $0 / 1440 - minute / 1440 <= DutyRoster.horizon ? $0 : nil
            }
            let isRight =
                found.officer?.name == painting.minutes[minute]
                && (found.officer == nil
                    ? found.until == wanted.map { start + .minutes($0) } : found.until.map { $0 > instant } ?? false)
            // One word about the first mistake: there are thousands of instants.
            guard isRight else {
                Issue.record("\(roster.unit) \(instant): \(found), wanted \(painting.minutes[minute] ?? "nobody")")
                return
            }
        }
    }

    @Test(
        "At every instant of the sample exactly the rostered person, or a gap that says until when",
        arguments: ["410803-frontline", "410803-emergency", "410803-housing"])
    func everyInstant(_ unit: String) throws {
        let (roster, calendar) = try roster(unit)
        expectPainted(roster, calendar, days: 80)
    }

    @Test(
        "The same of rosters made at random, with days of rest, members who come on some days, and an end",
        arguments: 0..<24)
    func random(_ seed: Int) throws {
        let (sample, calendar) = try roster("410803-frontline")
        var state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 &+ 1
        func below(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(limit))
        }
        let first = below(1440)
        let cuts = Set([first] + (0..<below(4)).map { _ in first + 1 + below(1439) }).sorted()
        let ends = cuts.dropFirst() + [first + 1440]
        let shifts = zip(cuts, ends).map { from, to in
            let (start, length) = (from % 1440, 1 + below(to - from))
            return DutyRoster.Shift(
                name: "班\(from)", from: start, to: start + length,
                days: DutyRoster.Days.allCases[below(3)])
        }
        let members = (0...below(4)).map { number in
            DutyRoster.Member(
                officer: DutyOfficer(name: "示例\(number)", post: "值班员", ext: "1"),
                days: below(2) == 0 ? [] : Weekday.allCases.filter { _ in below(3) == 0 })
        }
        let since = try #require(CivilDate("2026-01-20")).adding(days: below(40))
        let made = DutyRoster(
            unit: sample.unit, since: since, until: below(3) == 0 ? since.adding(days: 20 + below(30)) : nil,
            members: members, shifts: shifts)
        guard made.overlap == nil else { return }
        expectPainted(made, calendar, days: 60)
    }

    @Test("A night shift is the day's on which it began, also when that was a working day and this is none")
    func midnight() throws {
        let (roster, calendar) = try roster("410803-emergency")
        let evening = roster.onDuty(at: try at("2026-09-30T23:59"), calendar: calendar)
        let morning = roster.onDuty(at: try at("2026-10-01T07:59"), calendar: calendar)
        #expect(evening.officer != nil && evening.officer == morning.officer && evening.shift == "夜班")
        #expect(evening.until == (try at("2026-10-01T08:00")))
        #expect(roster.onDuty(at: try at("2026-10-01T08:00"), calendar: calendar).shift == "白班")
    }

    @Test("On holidays nobody is on duty where only working days are rostered, on a 调休上班日 somebody is")
    func holidays() throws {
        let (roster, calendar) = try roster("410803-housing")
        let gap = roster.onDuty(at: try at("2026-10-02T10:00"), calendar: calendar)
        #expect(gap.officer == nil && gap.shift == nil)
        let holiday = try #require(calendar.years.last?.holidays.first { !$0.work.isEmpty })
        let makeUp = try #require(holiday.work.first)
        let found = roster.onDuty(at: Instant(makeUp, hour: 10), calendar: calendar)
        #expect(found.officer != nil && found.until == Instant(makeUp, hour: 18))
    }

    @Test("Before its first day and after its last a roster has nobody")
    func period() throws {
        let (sample, calendar) = try roster("410803-emergency")
        let made = DutyRoster(
            unit: sample.unit, since: sample.since, until: sample.since, members: sample.members, shifts: sample.shifts)
        let first = Instant(sample.since)
        let before = made.onDuty(at: first - .hours(1), calendar: calendar)
        #expect(before == OnDuty(officer: nil, shift: nil, until: first + .hours(8)))
        #expect(made.onDuty(at: first + .hours(31), calendar: calendar).officer != nil)
        #expect(made.onDuty(at: first + .hours(32), calendar: calendar) == OnDuty(officer: nil, shift: nil, until: nil))
    }

    @Test("A task force that is not there for 24 hours is warned of: a shift less, or a day on which nobody comes")
    func notAroundTheClock() throws {
        #expect(try #require(Self.reference).warnings.isEmpty)
        let changes = [
            ("      - {name: 晚班, from: \"16:00\", to: \"00:00\", days: 每日}\n", ""),
            ("to: \"00:00\", days: 每日", "to: \"00:00\", days: 工作日"),
            ("stay: 常驻", "stay: 轮驻, days: [周一]"),
        ]
        for (old, new) in changes {
            let copy = try ReferenceCopy()
            let text = try copy.read("units.yaml")
            try copy.write(
                old.hasPrefix("stay")
                    ? text.replacing(old, with: new) : text.replacing(old, with: new, maxReplacements: 1),
                to: "units.yaml")
            let warnings = try Reference.load(directory: copy.url).warnings
            #expect(warnings.map(\.what).filter { $0.contains("24 小时") }.count == 1, "\(warnings)")
        }
    }

    @Test("The sample's task force is there for 24 hours, with members who stay and members who come on their days")
    func taskForce() throws {
        let (roster, calendar) = try roster("410803-frontline")
        #expect(Self.reference?.units[roster.unit]?.kind == .taskForce)
        #expect(roster.members.contains { $0.days.isEmpty } && roster.members.contains { !$0.days.isEmpty })
        let start = try at("2026-11-16T00:00")
        let week = (0..<7 * 24).map { roster.onDuty(at: start + .hours($0), calendar: calendar).officer?.name }
        #expect(!week.contains(nil) && Set(week).count == roster.members.count)
    }
}

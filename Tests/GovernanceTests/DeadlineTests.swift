import Governance
import Testing

@Suite("Deadlines (domain.md §3.3)")
struct DeadlineTests {
    private let calendar = shippedCalendar.calendar

    @Test(
        "Three working days: the start day is not counted, it ends at 24:00 of the third (row 002, 3 工作日)",
        arguments: [
            // 调休 Sunday before 国庆 2025, Friday 23:59.
            ("2025-09-26T23:59:00+08:00", "2025-10-01T00:00:00+08:00"),
            // On the make-up Sunday itself.
            ("2025-09-28T00:00:00+08:00", "2025-10-10T00:00:00+08:00"),
            // The last working day before 国庆: through eight days off, with the make-up Saturday.
            ("2025-09-30T16:00:00+08:00", "2025-10-12T00:00:00+08:00"),
            // In the middle of the holiday, and on its last day.
            ("2025-10-03T12:00:00+08:00", "2025-10-12T00:00:00+08:00"),
            ("2025-10-08T23:59:59.999+08:00", "2025-10-12T00:00:00+08:00"),
            // 春节 2025: Monday before, and New Year's eve.
            ("2025-01-27T09:00:00+08:00", "2025-02-08T00:00:00+08:00"),
            ("2025-01-28T09:00:00+08:00", "2025-02-08T00:00:00+08:00"),
            // 春节 2026: make-up Saturdays before and after.
            ("2026-02-13T17:00:00+08:00", "2026-02-26T00:00:00+08:00"),
            ("2026-02-25T08:00:00+08:00", "2026-03-01T00:00:00+08:00"),
            // 国庆 2024, Friday before the make-up Sunday.
            ("2024-09-27T23:59:00+08:00", "2024-10-09T00:00:00+08:00"),
            // 劳动节 2026: make-up Saturday after it.
            ("2026-05-06T10:00:00+08:00", "2026-05-10T00:00:00+08:00"),
            // An ordinary Monday and an ordinary weekend.
            ("2026-11-16T00:00:00+08:00", "2026-11-20T00:00:00+08:00"),
            ("2026-11-21T12:00:00+08:00", "2026-11-26T00:00:00+08:00"),
            // Over the new year 2026, whose 2 January is off and 4 January worked.
            ("2025-12-31T12:00:00+08:00", "2026-01-07T00:00:00+08:00"),
        ])
    func threeWorkingDays(_ start: String, _ due: String) throws {
        let wanted = try #require(Instant(rfc3339: due))
        let begin = try #require(Instant(rfc3339: start))
        #expect(DeadlineRules.deadline(.complex, start: begin, calendar: calendar).due == wanted)
    }

    @Test("The explanation names start, skipped days, make-up days and the end")
    func explanation() throws {
        let friday = try #require(Instant("2025-09-26T23:59:00+08:00"))
        #expect(
            DeadlineRules.deadline(.complex, start: friday, calendar: calendar).explanation
                == "周五 9月26日 23:59 派单;3 个工作日(当日不计),跳过周末,9月28日为调休上班日;到期 周二 9月30日 24:00")
        let eve = try #require(Instant("2025-09-30T16:00:00+08:00"))
        #expect(
            DeadlineRules.deadline(.complex, start: eve, calendar: calendar).explanation
                == "周二 9月30日 16:00 派单;3 个工作日(当日不计),跳过国庆节、中秋节假期,10月11日为调休上班日;到期 周六 10月11日 24:00")
        #expect(
            DeadlineRules.deadline(.meet, start: friday, calendar: calendar).explanation
                == "周五 9月26日 23:59 派单;24 小时,节假日照算;到期 周六 9月27日 23:59")
        #expect(
            DeadlineRules.deadline(.stall, start: friday, calendar: calendar).explanation.contains("14 天(14×24 小时)"))
        #expect(
            DeadlineRules.deadline(.majorAcknowledge, start: friday, calendar: calendar).explanation.contains("15 分钟"))
        #expect(DeadlineRules.deadline(.meet, start: friday, calendar: calendar).calendarVersion == nil)
    }

    @Test("24 hours count through holidays to the second, and the due instant itself is too late (row 000, 24 h)")
    func naturalHours() throws {
        let start = try #require(Instant("2025-10-01T00:00:00+08:00"))
        let deadline = DeadlineRules.deadline(.meet, start: start, calendar: calendar)
        #expect(deadline.due == Instant("2025-10-02T00:00:00+08:00"))
        #expect(!deadline.isOverdue(endedAt: nil, now: deadline.due - .seconds(1)))
        #expect(deadline.isOverdue(endedAt: nil, now: deadline.due))
        #expect(!deadline.isOverdue(endedAt: deadline.due - .seconds(1), now: deadline.due + .hours(100)))
    }

    @Test("A unit's closing hour ends the last working day earlier")
    func closingHour() throws {
        let start = try #require(Instant("2026-11-16T09:00:00+08:00"))
        let deadline = DeadlineRules.deadline(.complex, start: start, calendar: calendar, closingMinute: 17 * 60 + 30)
        #expect(deadline.due == Instant("2026-11-19T17:30:00+08:00"))
    }

    @Test("The warning comes at 70 %: of natural time, or of the working days")
    func warnings() throws {
        let start = try #require(Instant("2025-09-30T16:00:00+08:00"))
        let meet = DeadlineRules.deadline(.meet, start: start, calendar: calendar)
        #expect(DeadlineRules.warning(of: meet, calendar: calendar) == start + .seconds(16 * 3600 + 48 * 60))
        let complex = DeadlineRules.deadline(.complex, start: start, calendar: calendar)
        // 2.1 of three working days: 9 and 10 October are full, then 2 h 24 min of the 11th.
        #expect(DeadlineRules.warning(of: complex, calendar: calendar) == Instant("2025-10-11T02:24:00+08:00"))
    }

    @Test("An extension keeps the first due instant, also when it is extended again")
    func extensionKeepsOriginal() throws {
        let start = try #require(Instant("2026-11-16T09:00:00+08:00"))
        let first = DeadlineRules.deadline(.complex, start: start, calendar: calendar)
        let once = DeadlineRules.extended(first, to: first.due + .naturalDays(3))
        let twice = DeadlineRules.extended(once, to: once.due + .naturalDays(3))
        #expect(twice.originalDue == first.due)
        #expect(twice.due == first.due + .naturalDays(6))
        #expect(twice.explanation.contains("批准延期至 周三 11月25日 24:00"))
    }

    @Test("A suspension leaves what was left; statutory clocks run on; what was over stays over")
    func suspension() throws {
        let start = try #require(Instant("2026-11-16T09:00:00+08:00"))
        let stopped = try #require(Instant("2026-11-17T10:00:00+08:00"))
        let resumed = try #require(Instant("2026-12-01T10:00:00+08:00"))
        func after(_ rule: ClockRule) -> Deadline {
            let deadline = DeadlineRules.deadline(rule, start: start, calendar: calendar)
            return DeadlineRules.resumed(deadline, stopped: stopped, resumed: resumed, calendar: calendar)
        }
        // Two of the three working days were left on the 17th.
        #expect(after(.complex).due == Instant("2026-12-04T00:00:00+08:00"))
        #expect(after(.stall).due == start + .naturalDays(28))
        #expect(after(.stall).originalDue == start + .naturalDays(14))
        #expect(after(.petitionInform).due == Instant("2026-12-02T00:00:00+08:00"))
        #expect(after(.meet).due == start + .hours(24), "over before the suspension")
    }

    /// One line a class, one column a colour, `直` for 直报: domain.md §5, row "24 h / 3 d / 直报".
    private static let matrix = """
        .    红       橙    黄    蓝    灰
        一般 直+24    24    24    24    24
        复杂 直+24+3  3     3     3     3
        重大 直+24    直+24 直+24 直+24 直+24
        """

    @Test("Colour and class choose the clocks (row 002: 24 h / 3 d / 直报), and 急诉快办 and 直报 add the 24 hours")
    func clocks() throws {
        let lines = Self.matrix.split(separator: "\n").dropFirst().map { $0.split(separator: " ") }
        for line in lines {
            let gravity = try #require(Gravity.allCases.first { $0.title.hasPrefix(line[0]) })
            for (colour, cell) in zip([Colour.red, .orange, .yellow, .blue, .grey], line.dropFirst()) {
                let parts = cell.split(separator: "+")
                let isDirect = DeadlineRules.forcesDirectReport(gravity: gravity, colour: colour)
                #expect(isDirect == parts.contains("直"), "\(gravity) \(colour)")
                for (mode, direct) in HandlingMode.allCases.flatMap({ [($0, false), ($0, true)] }) {
                    let hasDay = parts.contains("24") || mode == .fast || direct
                    let handling = (hasDay ? [ClockRule.respond] : []) + (parts.contains("3") ? [.complex] : [])
                    for hasParty in [true, false] {
                        let found = DeadlineRules.clocks(
                            gravity: gravity, mode: mode, colour: colour, directReport: direct, hasParty: hasParty)
                        let label = "\(gravity) \(colour) \(mode) \(direct) \(hasParty)"
                        #expect(found == (hasParty ? [.meet] : []) + handling + [.stall], "\(label)")
                    }
                }
            }
        }
    }
}

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
        #expect(after(.petitionInform).due == start + .naturalDays(15))
        #expect(after(.meet).due == start + .hours(24), "over before the suspension")
    }

    @Test(
        "Gravity, mode and colour choose the clocks (row 002: 24 h / 3 d / 直报)",
        arguments: [
            (Gravity.ordinary, HandlingMode.onDemand, Colour.yellow, false, [ClockRule.meet, .respond, .stall]),
            (.complex, .onDemand, .yellow, false, [.meet, .complex, .stall]),
            (.complex, .fast, .yellow, false, [.meet, .respond, .complex, .stall]),
            (.complex, .joint, .red, false, [.meet, .respond, .complex, .stall]),
            (.complex, .joint, .orange, true, [.meet, .respond, .complex, .stall]),
            (.major, .joint, .grey, false, [.meet, .respond, .stall]),
        ])
    func clocks(
        _ gravity: Gravity, _ mode: HandlingMode, _ colour: Colour, _ direct: Bool, _ wanted: [ClockRule]
    ) {
        #expect(DeadlineRules.clocks(gravity: gravity, mode: mode, colour: colour, directReport: direct) == wanted)
        let things = DeadlineRules.clocks(
            gravity: gravity, mode: mode, colour: colour, directReport: direct, hasParty: false)
        #expect(things == wanted.filter { $0 != .meet })
    }

    @Test("Red and 重大 are separate axes and both force 直报 (reading e)")
    func directReport() {
        for gravity in Gravity.allCases {
            for colour in Colour.allCases {
                let forced = DeadlineRules.forcesDirectReport(gravity: gravity, colour: colour)
                #expect(forced == (gravity == .major || colour == .red))
            }
        }
    }

    @Test("Working-day deadlines agree with a minute walked day by day, for every hour of 2025 and 2026")
    func oracle() throws {
        var start = try #require(Instant("2025-01-01T00:00:00+08:00"))
        let end = try #require(Instant("2026-12-24T00:00:00+08:00"))
        var day = start.day
        var dues = (1...4).map { walk($0, from: day) }
        while start < end {
            if start.day != day {
                day = start.day
                dues = (1...4).map { walk($0, from: day) }
            }
            for count in 1...4 {
                let deadline = DeadlineRules.deadline(
                    .reminder, start: start, calendar: calendar, span: .workingDays(count))
                guard deadline.due == dues[count - 1], !deadline.provisional else {
                    Issue.record("\(count) working days from \(start): \(deadline.due)")
                    return
                }
            }
            start += .hours(1)
        }
    }

    /// Midnights crossed one by one, told to be working days from the notices' own words, written out anew.
    private func walk(_ count: Int, from day: CivilDate) -> Instant {
        var left = count
        var midnight = Instant(day) + .hours(24)
        while true {
            let text = midnight.day.description
            let month = String(text.dropFirst(5))
            let table = midnight.day.year == 2025 ? Self.notices2025 : Self.notices2026
            let saturdayOrSunday = (midnight.milliseconds / 86_400_000 + 1 + 3) % 7 >= 5
            let works = table.work.contains(month) || (!saturdayOrSunday && !table.off.contains(month))
            midnight += .hours(24)
            if works {
                left -= 1
                if left == 0 { return midnight }
            }
        }
    }

    private static let notices2025 = (
        off: "01-01 01-28 01-29 01-30 01-31 02-01 02-02 02-03 02-04 04-04 04-05 04-06 05-01 05-02 05-03 05-04 05-05 "
            + "05-31 06-01 06-02 10-01 10-02 10-03 10-04 10-05 10-06 10-07 10-08",
        work: "01-26 02-08 04-27 09-28 10-11"
    )
    private static let notices2026 = (
        off: "01-01 01-02 01-03 02-15 02-16 02-17 02-18 02-19 02-20 02-21 02-22 02-23 04-04 04-05 04-06 05-01 05-02 "
            + "05-03 05-04 05-05 06-19 06-20 06-21 09-25 09-26 09-27 10-01 10-02 10-03 10-04 10-05 10-06 10-07",
        work: "01-04 02-14 02-28 05-09 09-20 10-10"
    )
}

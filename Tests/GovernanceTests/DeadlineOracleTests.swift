import Foundation
import Governance
import Testing

/// Every due date and every 70 % point against ``DayBook``, for starts over 2025 and 2026. The step of 61 minutes meets every
/// minute of the week; `CASELOOP_ORACLE=all` (`make oracle`) takes every minute of the two years.
@Suite("Deadlines against a day-by-day simulation (domain.md §3.3)")
struct DeadlineOracleTests {
    private static let book = DayBook()
    private static let step = everyMinute ? 1 : 61
    private static let everyMinute = ProcessInfo.processInfo.environment["CASELOOP_ORACLE"] == "all"
    private let calendar = shippedCalendar.calendar

    /// The starts: from 2025-01-01 00:00 to 2026-12-31 23:59.
    private static func starts(every step: Int) throws -> [DayBook.Minute] {
        let first = try #require(book.day("2025-01-01")) * 1440
        let end = try #require(book.day("2027-01-01")) * 1440
        return stride(from: first, to: end, by: step).map {
            DayBook.Minute(day: $0 / 1440, minute: $0 % 1440)
        }
    }

    /// Compares one deadline; false stops the walk, so that a wrong rule does not fill the screen.
    private func agrees(
        _ deadline: Deadline, due: DayBook.Minute, warning: DayBook.Minute, from start: DayBook.Minute
    ) -> Bool {
        let book = Self.book
        guard deadline.due == book.instant(due), deadline.warning == book.instant(warning) else {
            Issue.record(
                """
                \(deadline.rule) from \(book.names[start.day]) minute \(start.minute): due \(deadline.due), wanted \
                \(book.instant(due)); warning \(String(describing: deadline.warning)), wanted \(book.instant(warning))
                """)
            return false
        }
        return true
    }

    @Test("24 hours and two weeks run to the minute through every night, weekend and holiday, with their 70 %")
    func natural() throws {
        let book = Self.book
        for start in try Self.starts(every: Self.step) {
            let from = book.instant(start)
            var (warning, due) = (start, start)
            warning.walk(1008)
            due = warning
            due.walk(432)
            let meet = DeadlineRules.deadline(.meet, start: from, calendar: calendar)
            guard agrees(meet, due: due, warning: warning, from: start) else { return }
            // Two weeks on it is the same minute of the same weekday; 70 % are 9 days, 19 hours and 12 minutes.
            let end = DayBook.Minute(day: start.day + 14, minute: start.minute)
            warning = DayBook.Minute(day: start.day + 9, minute: start.minute)
            warning.walk(19 * 60 + 12)
            let stall = DeadlineRules.deadline(.stall, start: from, calendar: calendar)
            guard agrees(stall, due: end, warning: warning, from: start) else { return }
        }
    }

    @Test("Three working days end at 24:00 of the third, whatever the minute of the start day (row 002, 3 工作日)")
    func threeWorkingDays() throws {
        let book = Self.book
        var (day, due, warning) = (-1, DayBook.Minute(day: 0, minute: 0), DayBook.Minute(day: 0, minute: 0))
        for start in try Self.starts(every: Self.step) {
            if start.day != day {
                day = start.day
                due = book.working(3 * 1440, from: day)
                warning = book.working(3 * 1008, from: day)
            }
            let deadline = DeadlineRules.deadline(.complex, start: book.instant(start), calendar: calendar)
            guard agrees(deadline, due: due, warning: warning, from: start) else { return }
            let isKnown = book.isKnown[start.day] && book.isKnown[due.day - 1]
            #expect(deadline.provisional == !isKnown)
            #expect(deadline.explanation.contains("放假通知未收录") == !isKnown)
        }
    }

    @Test("One, two, four and five working days, from every day")
    func otherWorkingDays() throws {
        let book = Self.book
        for start in try Self.starts(every: 1439) {
            for count in [1, 2, 4, 5] {
                let deadline = DeadlineRules.deadline(
                    .reminder, start: book.instant(start), calendar: calendar, span: .workingDays(count))
                let (due, warning) = (
                    book.working(count * 1440, from: start.day), book.working(count * 1008, from: start.day)
                )
                guard agrees(deadline, due: due, warning: warning, from: start) else { return }
            }
        }
    }

    @Test("The statutory 15 and 60 days of a petition end with a working day, never sooner than the law says")
    func petition() throws {
        let book = Self.book
        for start in try Self.starts(every: Self.everyMinute ? 1 : 1439) {
            for (rule, days) in [(ClockRule.petitionInform, 15), (.petitionAnswer, 60)] {
                let deadline = DeadlineRules.deadline(rule, start: book.instant(start), calendar: calendar)
                let due = book.civil(days, from: start.day)
                let whole = (due.day - start.day) * 1440 - start.minute
                let seconds = whole * 42
                #expect(deadline.warning == book.instant(start) + .seconds(seconds))
                guard deadline.due == book.instant(due) else {
                    Issue.record("\(rule) from \(book.names[start.day]): \(deadline.due), wanted \(book.instant(due))")
                    return
                }
                #expect(deadline.provisional == !(book.isKnown[start.day] && book.isKnown[due.day - 1]))
            }
        }
    }

    /// Hours from the start to the 挂账, and how long it lasts: within a day, over nights, over whole weeks.
    private static let pauses = [0, 1, 5, 23, 30, 60, 100, 400].flatMap { stop in
        [1, 10, 20, 48, 72, 240, 700].map { (stop: stop, length: $0) }
    }

    @Test("A 挂账 stops the internal clocks and nothing else: what was left is left, and never ends on a day of rest")
    func suspension() throws {
        for start in try Self.starts(every: Self.everyMinute ? 307 : 61 * 131) {
            for pause in Self.pauses {
                var (stop, resume) = (start, start)
                stop.walk(pause.stop * 60)
                resume = stop
                resume.day += pause.length / 24
                resume.walk(pause.length % 24 * 60)
                guard after(start, stop, resume) else { return }
            }
        }
    }

    /// One 挂账 against the oracle, for each kind of clock.
    private func after(_ start: DayBook.Minute, _ stop: DayBook.Minute, _ resume: DayBook.Minute) -> Bool {
        let book = Self.book
        func suspended(_ rule: ClockRule) -> Deadline {
            DeadlineRules.resumed(
                DeadlineRules.deadline(rule, start: book.instant(start), calendar: calendar),
                stopped: book.instant(stop), resumed: book.instant(resume), calendar: calendar)
        }
        let standing = (from: stop, to: resume)
        let meet = suspended(.meet)
        let ends = [1440, 1008].map { book.natural($0, from: start, step: 12, standing: standing) }
        guard agrees(meet, due: ends[0], warning: ends[1], from: start) else { return false }
        let complex = suspended(.complex)
        let days = [3 * 1440, 3 * 1008].map { book.working($0, from: start.day, standing: standing) }
        guard agrees(complex, due: days[0], warning: days[1], from: start) else { return false }
        let answer = suspended(.petitionAnswer)
        #expect(answer.due == book.instant(book.civil(60, from: start.day)), "set by law: it runs on")
        return true
    }

    @Test("A year without a notice is provisional, and says so, from the first start whose end lies in it")
    func provisional() throws {
        let book = Self.book
        let last = try #require(book.day("2026-12-28"))
        // Monday to Thursday: three working days end on Thursday the 31st, then in 2027.
        let found = (last...last + 3).map { day in
            DeadlineRules.deadline(
                .complex, start: book.instant(.init(day: day, minute: 600)), calendar: calendar
            ).provisional
        }
        #expect(found == [false, true, true, true])
    }
}

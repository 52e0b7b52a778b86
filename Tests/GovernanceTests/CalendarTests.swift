import Foundation
import Governance
import Testing

/// The calendar as shipped.
let shippedCalendar = loadShipped()

private func loadShipped() -> (calendar: WorkCalendar, faults: [ReferenceFault]) {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Shared/Governance/Sample/calendar")
    let files = (2024...2026).map { year in
        let yaml = try? String(contentsOf: folder.appending(path: "\(year).yaml"), encoding: .utf8)
        return (name: "\(year).yaml", yaml: yaml ?? "")
    }
    return WorkCalendar.parse(files: files)
}

/// Folder of the shared test data, nil when there is none.
private func sharedData() -> URL? {
    let environment = ProcessInfo.processInfo.environment["CASELOOP_TEST_DATA"]
    let folder =
        environment.map { URL(filePath: $0) }
        ?? URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "../shared/data")
    return FileManager.default.fileExists(atPath: folder.appending(path: "holidays-2025.json").path) ? folder : nil
}

@Suite("The working-day calendar")
struct CalendarTests {
    @Test("The shipped year files are faultless")
    func shipped() {
        #expect(shippedCalendar.faults == [])
        #expect(shippedCalendar.calendar.years.map(\.year) == [2024, 2025, 2026])
        #expect(shippedCalendar.calendar.years.map(\.notice).allSatisfy { $0.hasPrefix("国办发明电〔") })
        #expect(shippedCalendar.calendar.version.hasPrefix("2024-2026#"))
    }

    @Test(
        "Every day of 2025 and 2026 is what the independent table of the notices says",
        .enabled(if: sharedData() != nil, "needs ../shared/data or CASELOOP_TEST_DATA"), arguments: [2025, 2026])
    func oracle(_ year: Int) throws {
        struct Table: Decodable {
            struct Day: Decodable {
                var date: CivilDate
                var isOffDay: Bool
            }
            var days: [Day]
        }
        let file = try #require(sharedData()).appending(path: "holidays-\(year).json")
        let table = try JSONDecoder().decode(Table.self, from: Data(contentsOf: file))
        let listed = Dictionary(uniqueKeysWithValues: table.days.map { ($0.date, $0.isOffDay) })
        var date = try #require(CivilDate(year: year, month: 1, day: 1))
        while date.year == year {
            let off = listed[date] ?? date.weekday.isWeekend
            #expect(shippedCalendar.calendar.isWorkingDay(date) == !off, "\(date)")
            date = date.adding(days: 1)
        }
    }

    @Test("2024: eight days at 春节, and every 调休 Saturday or Sunday of 国办发明电〔2023〕7号 is worked")
    func year2024() throws {
        let calendar = shippedCalendar.calendar
        for text in [
            "2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29",
            "2024-10-12",
        ] {
            let date = try #require(CivilDate(text))
            #expect(date.weekday.isWeekend && calendar.isWorkingDay(date), "\(text)")
        }
        #expect(calendar.nextWorkingDay(after: try #require(CivilDate("2024-02-09"))) == CivilDate("2024-02-18"))
        let first = try #require(CivilDate("2023-12-31"))
        let last = try #require(CivilDate("2024-12-31"))
        // 366 days, 104 weekend days, 20 weekdays off by notice, 8 weekend days worked.
        #expect(calendar.workingDays(after: first, through: last) == 251)
    }

    @Test("A year without a notice is provisional: weekends only, and it says so")
    func provisional() throws {
        let date = try #require(CivilDate("2027-10-01"))
        #expect(shippedCalendar.calendar.isProvisional(date))
        #expect(shippedCalendar.calendar.isWorkingDay(date))
        #expect(!shippedCalendar.calendar.isProvisional(try #require(CivilDate("2026-12-31"))))
        let start = try #require(Instant("2026-12-30T10:00:00+08:00"))
        let deadline = DeadlineRules.deadline(.complex, start: start, calendar: shippedCalendar.calendar)
        #expect(deadline.provisional)
        #expect(deadline.explanation.contains("放假通知未收录"))
    }

    @Test("The version changes with what the files say, not with their order")
    func version() {
        let years = shippedCalendar.calendar.years
        #expect(WorkCalendar(years: years.reversed()).version == shippedCalendar.calendar.version)
        var changed = years
        changed[0].holidays[0].to = changed[0].holidays[0].to.adding(days: 1)
        #expect(WorkCalendar(years: changed).version != shippedCalendar.calendar.version)
        #expect(WorkCalendar.empty.version == "weekends-only")
    }

    @Test(
        "A wrong year file is refused with file, line and fix",
        arguments: [
            ("", 1, "文件是空的"), ("year: x\nnotice: n\nholidays: []", 1, "年份"),
            ("year: 2025\nnotice: n\n", 1, "holidays"),
            ("year: 2025\nnotice: n\nholidays:\n  - {name: 元旦, from: 2025-01-01}", 4, "缺少 to"),
            ("year: 2025\nnotice: n\nholidays:\n  - {name: 元旦, from: 2025-01-01, to: 2025-02-30}", 4, "日期不对"),
            ("year: 2025\nnotice: n\nholidays:\n  - {name: 元旦, from: 2025-01-05, to: 2025-01-01}", 4, "起止不对"),
            ("year: 2025\nnotice: n\nholidays:\n  - {name: a, from: 2026-01-01, to: 2026-01-01}", 4, "不属于"),
            (
                "year: 2025\nnotice: n\nholidays:\n  - {name: a, from: 2025-01-01, to: 2025-01-01, work: [2025-01-06]}",
                4,
                "本来就上班"
            ),
            (
                "year: 2025\nnotice: n\nholidays:\n  - {name: a, from: 2025-01-01, to: 2025-01-01, work: 2025-01-04}",
                4,
                "不是列表"
            ),
            (
                "year: 2025\nnotice: n\nholidays:\n  - {name: a, from: 2025-01-04, to: 2025-01-04, work: [2025-01-04]}",
                4,
                "重复列出"
            ),
            ("year: 2025\nnotice: n\nholidys: []\nholidays: []", 3, "不认识的字段"),
            ("year: 2025\nnotice: [n\n", 3, "不是正确的 YAML"),
            ("year: 2025\nnotice: n\nyear: 2026\n", 1, "字段重复"),
        ])
    func faults(_ yaml: String, _ line: Int, _ what: String) throws {
        let (years, faults) = WorkCalendar.parse(yaml: yaml, file: "calendar/2025.yaml")
        #expect(years.isEmpty)
        let fault = try #require(faults.first)
        #expect(fault.file == "calendar/2025.yaml")
        #expect(fault.line == line, "\(fault)")
        #expect(fault.what.contains(what), "\(fault)")
        #expect(!fault.fix.isEmpty)
    }

    @Test("Two files for one year are a fault")
    func twice() throws {
        let yaml = "year: 2025\nnotice: n\nholidays:\n  - {name: 元旦, from: 2025-01-01, to: 2025-01-01}"
        let parsed = WorkCalendar.parse(files: [("a.yaml", yaml), ("b.yaml", yaml)])
        #expect(parsed.faults.map(\.file) == ["b.yaml"])
    }
}

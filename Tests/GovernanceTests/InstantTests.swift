import Governance
import Testing

@Suite("Instants and civil days")
struct InstantTests {
    @Test(
        "RFC 3339 is read with Z, an offset and any fraction, and printed with +08:00 and milliseconds",
        arguments: [
            ("2026-11-21T01:30:00Z", "2026-11-21T09:30:00.000+08:00"),
            ("2026-11-21T09:30:00.5+08:00", "2026-11-21T09:30:00.500+08:00"),
            ("2026-11-21t09:30:00.123999+08:00", "2026-11-21T09:30:00.123+08:00"),
            ("2026-11-20 20:00:00-05:30", "2026-11-21T09:30:00.000+08:00"),
            ("1969-12-31T23:59:59.999Z", "1970-01-01T07:59:59.999+08:00"),
            ("2024-02-29T00:00:00+08:00", "2024-02-29T00:00:00.000+08:00"),
            ("0001-01-01T00:00:00.001+08:00", "0001-01-01T00:00:00.001+08:00"),
        ])
    func readsAndPrints(_ text: String, _ printed: String) throws {
        let instant = try #require(Instant(rfc3339: text))
        #expect(instant.description == printed)
        #expect(Instant(rfc3339: printed) == instant)
    }

    @Test(
        "What is no moment is refused",
        arguments: [
            "", "2026-11-21", "2026-11-21T09:30:00", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
            "2026-11-21T24:00:00Z", "2026-11-21T09:60:00Z", "2026-11-21T09:30:61Z", "2026-11-21T09:30:00.Z",
            "2026-11-21T09:30:00+8:00", "2026-11-21T09:30:00+0800", "2026-11-21T09:30:00Zx",
            "2026-11-21T09:30:00+08:60", "+026-11-21T09:30:00Z", "2026-11-21T09:30:00.1234567890123456789012345Z",
            "２０２６-11-21T09:30:00Z",
        ])
    func refuses(_ text: String) { #expect(Instant(rfc3339: text) == nil) }

    @Test("Every day from 1600 to 2400 counts on by one, keeps its weekday cycle and comes back from its number")
    func daysFromCivil() throws {
        var expected = try #require(CivilDate(year: 1600, month: 1, day: 1)).daysSinceEpoch
        var weekday = try #require(CivilDate(year: 1600, month: 1, day: 1)).weekday.rawValue
        for year in 1600...2400 {
            for month in 1...12 {
                for day in 1...CivilDate.length(ofMonth: month, year: year) {
                    let date = try #require(CivilDate(year: year, month: month, day: day))
                    guard date.daysSinceEpoch == expected, CivilDate(daysSinceEpoch: expected) == date,
                        date.weekday.rawValue == weekday
                    else {
                        Issue.record("\(date)")
                        return
                    }
                    expected += 1
                    weekday = weekday % 7 + 1
                }
            }
        }
    }

    @Test("Known days have their weekday")
    func weekdays() throws {
        #expect(try #require(CivilDate("1970-01-01")).weekday == .thursday)
        #expect(try #require(CivilDate("2026-11-21")).weekday == .saturday)
        #expect(try #require(CivilDate("2000-02-29")).weekday == .tuesday)
        #expect(CivilDate("2025-9-28") == nil)
        #expect(CivilDate("2025-02-29") == nil)
    }

    @Test("An instant knows its local day and time, before 1970 too")
    func localDay() throws {
        let evening = try #require(Instant(rfc3339: "2026-11-20T16:00:00Z"))
        #expect(evening.day == CivilDate("2026-11-21"))
        #expect(evening.millisecondOfDay == 0)
        let old = try #require(Instant(rfc3339: "1969-12-31T15:59:59Z"))
        #expect(old.day == CivilDate("1969-12-31"))
        #expect(old.timeOfDay == (23, 59, 59))
        #expect(Instant(try #require(CivilDate("2026-11-21")), hour: 24).day == CivilDate("2026-11-22"))
    }

    @Test("Adding a duration and taking the difference agree")
    func arithmetic() {
        let start = Instant(milliseconds: 1_000)
        #expect(start + .hours(24) - start == .hours(24))
        #expect((start + .milliseconds(1.5)).milliseconds == 1_001)
        #expect(start - .seconds(2) == Instant(milliseconds: -1_000))
        #expect(start < start + .milliseconds(1))
    }

    @Test("People read weekday, day and clock")
    func chinese() {
        #expect(Instant("2025-09-26T23:59:00+08:00")?.chinese == "周五 9月26日 23:59")
        #expect(Instant("2025-09-26T08:05:07+08:00")?.chinese == "周五 9月26日 08:05:07")
    }
}

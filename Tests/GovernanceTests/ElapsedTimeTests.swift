import Governance
import Testing

@Suite("How long something lasted 历时 (domain.md §5)")
struct ElapsedTimeTests {
    @Test(
        "is told to the second, from the largest part that is not 0",
        arguments: [
            ("14:10:00", "14:31:00", "21 分 0 秒"), ("14:10:00", "14:30:59", "20 分 59 秒"),
            ("14:10:00", "14:31:01", "21 分 1 秒"), ("14:10:00", "14:10:00", "0 秒"),
            ("14:10:00", "14:10:35", "35 秒"), ("14:10:00", "15:10:00", "1 时 0 分 0 秒"),
            ("00:00:00", "23:59:59", "23 时 59 分 59 秒"), ("14:31:00", "14:10:00", "0 秒"),
        ])
    func told(_ from: String, _ to: String, _ text: String) throws {
        let instants = try [from, to].map { try #require(Instant("2026-03-09T\($0)+08:00")) }
        #expect(ElapsedTime(from: instants[0], to: instants[1]).chinese == text)
    }

    @Test("counts days of 24 hours, and no second that is not over")
    func parts() throws {
        let start = try #require(Instant("2026-03-09T14:10:00+08:00"))
        let long = ElapsedTime(from: start, to: start + .hours(49) + .minutes(2) + .seconds(3) + .milliseconds(999))
        #expect((long.days, long.hours, long.minutes, long.seconds) == (2, 1, 2, 3))
        #expect(long.chinese == "2 天 1 时 2 分 3 秒")
    }
}

import Contracts
import Governance
import Logging
import Testing

@testable import CaseLog

@Suite("The clock")
struct TimeTests {
    private static let nine = Instant(CivilDate(daysSinceEpoch: 20_780), hour: 9)

    private func publish(_ messages: Message..., to log: MemoryLog) async throws {
        for message in messages {
            for result in await log.publish([LogOut(topic: Topic.clock, partition: 0, message: message)]) {
                _ = try result.get()
            }
        }
    }

    /// Asks again until true; false after ten seconds.
    private func eventually(_ condition: () -> Bool) async -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            if condition() { return true }
            await Task.yield()
        }
        return condition()
    }

    @Test("A steered clock is waited for until it has been set once, and follows the newest instant")
    func steered() async throws {
        let log = MemoryLog(partitions: 2)
        let (nine, logger) = (Self.nine, Logger(label: "test"))
        try await publish(ClockRecord.probe(at: nine + .hours(5)), to: log)
        async let attached = SteeredTime.attach(log, logger: logger)
        try await publish(ClockRecord(now: nine).message(), to: log)
        let time = try await attached
        #expect(time.now() == nine)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await time.run() }
            try? await publish(ClockRecord(now: nine + .hours(1)).message(), to: log)
            #expect(await eventually { time.now() == nine + .hours(1) })
            group.cancelAll()
        }
    }

    @Test("It never goes back, and what sets nothing changes nothing")
    func neverBack() async throws {
        let log = MemoryLog(partitions: 1)
        let nine = Self.nine
        try await publish(
            ClockRecord(now: nine + .hours(2)).message(), ClockRecord(now: nine).message(),
            ClockRecord.probe(at: nine + .hours(9)), Message(key: nil, value: [0xFF]), to: log)
        let time = try await SteeredTime.attach(log, logger: Logger(label: "test"))
        #expect(time.now() == nine + .hours(2))
        #expect(time.skew() == .zero)
    }

    @Test("A clock whose topic is missing is told at once")
    func missing() async {
        await #expect(throws: LogFault.self) {
            try await SteeredTime.attach(MemoryLog([Topic.cases: 1]), logger: Logger(label: "test"))
        }
    }

    @Test(
        "The skew is what a record's time lies outside its round trip",
        arguments: [(-3000, -3000), (-1, -1), (0, 0), (40, 0), (50, 0), (51, -1), (5050, -5000)] as [(Int, Int)])
    func skew(stamp: Int, ahead: Int) {
        // `stamp`: milliseconds after sending; the acknowledgement came after 50.
        let nine = Self.nine
        var skew = ClockSkew()
        let start = ContinuousClock.now
        #expect(skew.value(wall: nine, steady: start) == .zero)
        skew.take(
            .init(sent: nine, stamped: nine + .milliseconds(stamp), acknowledged: nine + .milliseconds(50)), at: start)
        let expected = Duration.milliseconds(stamp < 0 ? -stamp : ahead)
        #expect(skew.value(wall: nine + .milliseconds(50), steady: start) == expected)
    }

    @Test("Between two measurements a step of the machine's clock shows against the time that has passed")
    func step() {
        let nine = Self.nine
        var skew = ClockSkew()
        let start = ContinuousClock.now
        skew.take(.init(sent: nine, stamped: nine, acknowledged: nine), at: start)
        #expect(skew.value(wall: nine + .seconds(10), steady: start + .seconds(10)) == .zero)
        #expect(skew.value(wall: nine + .seconds(3), steady: start + .seconds(10)) == .seconds(-7))
    }
}

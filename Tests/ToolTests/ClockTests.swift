import CaseLog
import Contracts
import Governance
import Testing

@testable import ServiceKit
@testable import ToolCore

@Suite("A steered stack")
struct ClockTests {
    private static let nine = Instant(argument: "2026-11-23T09:00+08:00")

    @Test(
        "An instant may leave out its seconds and its zone",
        arguments: ["2026-11-23T09:00+08:00", "2026-11-23T09:00", "2026-11-23T01:00:00Z", "2026-11-23T09:00:00"])
    func spelling(text: String) throws {
        #expect(Instant(argument: text) == Instant(rfc3339: "2026-11-23T09:00:00+08:00"))
        #expect(Instant(argument: "2026-11-23") == Instant(rfc3339: "2026-11-23T00:00:00+08:00"))
        #expect(Instant(argument: "soon") == nil)
    }

    @Test("The driver sets the clock forward, never back")
    func forward() async throws {
        let nine = try #require(Self.nine)
        let clock = SteeredClock(log: MemoryLog(partitions: 1))
        #expect(try await clock.now() == nil)
        try await clock.set(nine)
        try await clock.set(nine + .hours(1))
        await #expect(throws: InputFault.self) { try await clock.set(nine) }
        #expect(try await clock.now() == nine + .hours(1))
    }

    @Test(
        "Quiet waits for every owner to have looked at its timers at the clock's time and at the end of its partition")
    func late() throws {
        let nine = try #require(Self.nine)
        var view = RuntimeView(
            service: "supervision", clock: .init(source: .steered, now: "\(nine)", skewSeconds: 0),
            partitions: [
                .init(
                    partition: 0, phase: "live", cases: 7, reports: 0, commands: 0, lookedTo: 7,
                    lookedAt: nine.milliseconds)
            ])
        #expect(view.late("s", nine, [7]).isEmpty)
        #expect(view.late("s", nine + .seconds(1), [7]).count == 1, "it has not seen the new time")
        #expect(view.late("s", nine, [8]).count == 1, "a record came after its look")
        view.partitions[0].lookedAt = nine.milliseconds - 1
        #expect(view.late("s", nine, [7]).count == 1)
        view.partitions[0].lookedAt = nil
        #expect(view.late("s", nine, [7]).count == 1)
        view.clock?.source = .system
        #expect(view.late("s", nine, [7]).first?.contains("steered") == true)
    }
}

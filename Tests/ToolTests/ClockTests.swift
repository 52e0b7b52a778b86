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
        var clock = SteeredClock(log: MemoryLog(partitions: 1))
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
        var view = Self.view(nine)
        let ends = LogEnds(cases: [7], reports: [3], commands: [2])
        #expect(view.behind("s", nine, ends).isEmpty)
        #expect(view.behind("s", nine + .seconds(1), ends).count == 1, "it has not seen the new time")
        #expect(
            view.behind("s", nine, LogEnds(cases: [8], reports: [3], commands: [2])).count == 1,
            "a record came after its look")
        view.partitions[0].lookedAt = nine.milliseconds - 1
        #expect(view.behind("s", nine, ends).count == 1)
        #expect(view.behind("s", nil, ends).isEmpty, "without a steered clock timers are not waited for")
        view.partitions[0].lookedAt = nil
        #expect(view.behind("s", nine, ends).count == 1)
        view.clock?.source = .system
        #expect(view.behind("s", nine, ends).first?.contains("steered") == true)
    }

    @Test("Quiet waits for inputs that are not decided, for rounds, and for rows of an edge")
    func open() throws {
        let nine = try #require(Self.nine)
        let ends = LogEnds(cases: [7], reports: [3], commands: [2])
        let changes: [(inout RuntimeView) -> Void] = [
            { $0.partitions[0].commands = 1 }, { $0.partitions[0].reports = 2 }, { $0.partitions[0].cases = 6 },
            { $0.partitions[0].phase = "publish" }, { $0.partitions[0].hasListed = true }, { $0.pending = 1 },
        ]
        for (index, change) in changes.enumerated() {
            var view = Self.view(nine)
            change(&view)
            #expect(view.behind("s", nine, ends).count == 1, "change \(index)")
        }
        var view = Self.view(nine)
        view.partitions[0].reports = nil
        #expect(view.behind("s", nine, ends).isEmpty, "it takes no reports")
    }

    /// A decider at rest.
    private static func view(_ now: Instant) -> RuntimeView {
        RuntimeView(
            service: "supervision", clock: .init(source: .steered, now: "\(now)", skewSeconds: 0),
            partitions: [
                .init(
                    partition: 0, phase: "live", cases: 7, reports: 3, commands: 2, hasListed: false, lookedTo: 7,
                    lookedAt: now.milliseconds)
            ])
    }
}

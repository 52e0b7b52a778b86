import Contracts
import Foundation
import Logging
import Testing

@testable import CaseLog

@Suite("The relay publishes what the edge took")
struct EdgeRelayTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func relay(_ store: EdgeStore, to log: WatchedLog) -> EdgeRelay<ContinuousClock> {
        var patience = EdgeRelaySettings()
        patience.firstBackoff = .milliseconds(1)
        patience.longestBackoff = .milliseconds(4)
        patience.tick = .milliseconds(20)
        return EdgeRelay(
            store: store, log: log, clock: .continuous, settings: patience, logger: Logger(label: "test"))
    }

    /// Runs the relay for as long as the body takes.
    private func running(_ relay: EdgeRelay<ContinuousClock>, _ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { try await relay.run() }
            defer { group.cancelAll() }
            try await body()
        }
    }

    @Test("Sealed records are acknowledged before the first report of their run is sent")
    func sealedFirst() async throws {
        let store = try Edge.store(Edge.settings(folder))
        let log = WatchedLog()
        _ = await store.accept((0..<10).map { Edge.entry($0, sealed: $0 % 2 == 0) })
        #expect(try await relay(store, to: log).step() == 10)
        #expect(log.batches.map { Set($0.map(\.topic)) } == [["vault"], ["reports"]])
        #expect(log.batches[0].map(\.message.keyText) == ["token-0", "token-2", "token-4", "token-6", "token-8"])
        #expect(Edge.numbers(log.records) == Array(0..<10))
        #expect(store.outbox().isDrained)
    }

    @Test("A report is not sent while its sealed record is not acknowledged")
    func sealedFails() async throws {
        let store = try Edge.store(Edge.settings(folder))
        let log = WatchedLog()
        log.loseAcknowledgements(of: Topic.vault)
        _ = await store.accept(Edge.entry(1))
        await #expect(throws: LogFault.self) { try await relay(store, to: log).step() }
        #expect(try await log.watermarks(Topic.vault, 0).high == 1)
        #expect(try await log.watermarks(Topic.reports, 0).high == 0)
        #expect(store.outbox().pending == 1)
    }

    @Test("While the log is away the edge goes on accepting; when it is back all goes out in order, once each")
    func awayThenBack() async throws {
        let store = try Edge.store(Edge.settings(folder) { $0.relayRows = 7 })
        let log = WatchedLog()
        log.setAway(true)
        try await running(relay(store, to: log)) {
            for number in 0..<50 {
                guard case .accepted = await store.accept(Edge.entry(number)) else {
                    Issue.record("not accepted: \(number)")
                    return
                }
            }
            try await eventually("the relay keeps asking") { log.refusals > 3 }
            #expect(store.outbox().stuckBecause != nil)
            #expect(store.outbox().oldestAcceptedAt == Edge.start)
            log.setAway(false)
            try await eventually("drained") { store.outbox().isDrained }
        }
        #expect(Edge.numbers(log.records) == Array(0..<50))
        #expect(store.outbox().stuckBecause == nil)
    }

    @Test("After a crash between publish and mark the rows go out again, the same bytes")
    func crashBeforeMark() async throws {
        let settings = Edge.settings(folder)
        let store = try Edge.store(settings)
        let log = WatchedLog()
        _ = await store.accept((0..<3).map { Edge.entry($0) })
        for row in try await store.unpublished() { _ = await log.publish([row.frame.report]) }
        try store.close()
        let again = try Edge.store(settings)
        try await running(relay(again, to: log)) {
            try await eventually("drained") { again.outbox().isDrained }
        }
        #expect(Edge.numbers(log.records) == [0, 1, 2, 0, 1, 2])
        let reports = log.records.filter { $0.topic == Topic.reports }
        #expect(reports.prefix(3) == reports.suffix(3))
    }

    @Test("What is marked sent is not sent again after a restart")
    func markedStays() async throws {
        let settings = Edge.settings(folder)
        let log = WatchedLog()
        let store = try Edge.store(settings)
        _ = await store.accept((0..<3).map { Edge.entry($0) })
        #expect(try await relay(store, to: log).step() == 3)
        try store.close()
        let again = try Edge.store(settings)
        #expect(again.outbox().isDrained)
        #expect(try await relay(again, to: log).step() == 0)
    }

    @Test("Reports of many callers come out in the order of acceptance, none lost, none doubled")
    func manyCallers() async throws {
        let store = try Edge.store(Edge.settings(folder) { $0.relayRows = 64 })
        let log = WatchedLog()
        try await running(relay(store, to: log)) {
            await withTaskGroup { group in
                for lane in 0..<20 {
                    group.addTask { for step in 0..<25 { _ = await store.accept(Edge.entry(lane * 1_000 + step)) } }
                }
            }
            try await eventually("drained") { store.outbox().isDrained }
        }
        let numbers = Edge.numbers(log.records)
        #expect(Set(numbers).count == 500 && numbers.count == 500)
        for lane in 0..<20 { #expect(numbers.filter { $0 / 1_000 == lane } == (0..<25).map { lane * 1_000 + $0 }) }
        #expect(store.outbox().commits < 500)
    }

    @Test("The wait between attempts doubles up to its limit, and starts over after a success")
    func backoff() {
        var backoff = Backoff(first: .milliseconds(100), longest: .milliseconds(350))
        #expect((0..<4).map { _ in backoff.failed() } == [100, 200, 350, 350].map { .milliseconds($0) })
        backoff.succeeded()
        #expect(backoff.failed() == .milliseconds(100))
    }
}

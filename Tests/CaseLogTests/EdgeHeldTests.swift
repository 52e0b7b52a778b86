import Contracts
import Foundation
import GRDB
import Logging
import Testing

@testable import CaseLog

@Suite("Rows that the broker refuses for good")
struct EdgeHeldTests {
    let folder: ScratchFolder
    let log = MemoryLog(partitions: 1)

    init() throws { folder = try ScratchFolder() }

    private func relay(_ store: EdgeStore) -> EdgeRelay<ContinuousClock> {
        EdgeRelay(store: store, log: log, clock: .continuous, logger: Logger(label: "test"))
    }

    /// Refuses these reports, and the sealed records of these.
    private func refuse(reports: Set<Int> = [], sealed: Set<Int> = []) {
        log.onPublish { out in
            let number = Edge.numbers([out]).first
            let refused = number.map(reports.contains) ?? sealed.contains { out.message.keyText == "token-\($0)" }
            return refused ? .refuse(LogFault(.skip, "message too large")) : .land
        }
    }

    private func published() -> [Int] {
        Edge.numbers(log.entries(Topic.reports, 0).map { LogOut(topic: Topic.reports, message: $0.message) })
    }

    @Test("A refused row stands aside and the rows behind it go out")
    func standsAside() async throws {
        let store = try Edge.store(Edge.settings(folder))
        refuse(reports: [1])
        _ = await store.accept((0..<4).map { Edge.entry($0) })
        #expect(try await relay(store).step() == 4)
        #expect(published() == [0, 2, 3])
        #expect(store.outbox().pending == 0 && store.outbox().held == 1 && !store.outbox().isDrained)
        let held = try await store.held()
        #expect(held.map(\.sourceKey) == ["1"] && held.first?.why == "message too large")
        #expect(try await store.status(receipt: "R1-410803001")?.published == false)
        #expect(try await store.status(receipt: "R2-410803001")?.published == true)
    }

    @Test("A report whose sealed record is refused is not sent")
    func sealedRefused() async throws {
        let store = try Edge.store(Edge.settings(folder))
        refuse(sealed: [0])
        _ = await store.accept((0..<2).map { Edge.entry($0) })
        _ = try await relay(store).step()
        #expect(published() == [1])
        #expect(try await store.held().map(\.sourceKey) == ["0"])
    }

    @Test("A held row survives restart and pruning, and goes out once it is released and taken")
    func released() async throws {
        let settings = Edge.settings(folder) { $0.keepPublished = .zero }
        let store = try Edge.store(settings)
        refuse(reports: [1])
        _ = await store.accept((0..<3).map { Edge.entry($0) })
        _ = try await relay(store).step()
        try await eventually("the mark is on disk") {
            try await store.pool.read { try Int.fetchOne($0, sql: "SELECT sent FROM relay") } == 3
        }
        try store.close()
        let again = try Edge.store(settings, now: Edge.start + 1_000_000)
        try await again.prune()
        #expect(again.outbox().held == 1)
        #expect(try await again.release() == 1)
        _ = try await relay(again).step()
        #expect(again.outbox().held == 1, "refused once more")
        #expect(try await again.held().first?.released == false)
        refuse()
        let id = try #require(try await again.held().first?.id)
        #expect(try await again.release([UUID()]) == 0)
        #expect(try await again.release([id]) == 1)
        _ = try await relay(again).step()
        #expect(again.outbox().isDrained)
        #expect(published() == [0, 2, 1])
    }

    @Test("A refusal of many that is one of their batch holds nobody")
    func batchTooLarge() async throws {
        let store = try Edge.store(Edge.settings(folder))
        let log = BatchLimitedLog(most: 1)
        _ = await store.accept((0..<3).map { Edge.entry($0, sealed: false) })
        let relay = EdgeRelay(store: store, log: log, clock: ContinuousClock(), logger: Logger(label: "test"))
        #expect(try await relay.step() == 3)
        #expect(store.outbox().isDrained)
        #expect(try await log.watermarks(Topic.reports, 0).high == 3)
    }
}

/// A log whose broker refuses batches of more than so many.
private final class BatchLimitedLog: Log {
    let memory = MemoryLog(partitions: 1)
    let most: Int

    init(most: Int) { self.most = most }

    func publish(_ batch: [LogOut]) async -> [Result<Int64, LogFault>] {
        if batch.count > most { return batch.map { _ in .failure(LogFault(.skip, "batch too large")) } }
        return await memory.publish(batch)
    }

    func read(
        _ topic: String, _ partition: Int32, from offset: Int64, max: Int
    ) async throws(LogFault) -> [LogEntry] { try await memory.read(topic, partition, from: offset, max: max) }
    func watermarks(_ topic: String, _ partition: Int32) async throws(LogFault) -> Watermarks {
        try await memory.watermarks(topic, partition)
    }
    func partitionCount(_ topic: String) async throws(LogFault) -> Int32 { try await memory.partitionCount(topic) }
    func wait(for places: [LogPlace], atMost limit: Duration) async { await memory.wait(for: places, atMost: limit) }
}

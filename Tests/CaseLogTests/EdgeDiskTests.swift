import Foundation
import GRDB
import Testing

@testable import CaseLog

@Suite("The edge store on a disk that fails it")
struct EdgeDiskTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// The files as a crash at this moment would leave them.
    private func crash(_ settings: EdgeSettings, as name: String) throws -> EdgeSettings {
        var copy = settings
        copy.path = folder.file(name)
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: settings.path + suffix, toPath: copy.path + suffix)
        }
        return copy
    }

    @Test("After a crash between commit and publish every accepted row is still there to be published, in order")
    func crashBeforePublish() async throws {
        let settings = Edge.settings(folder)
        let store = try Edge.store(settings)
        for number in 0..<20 { _ = await store.accept(Edge.entry(number)) }
        let after = try Edge.store(try crash(settings, as: "crashed.sqlite"))
        #expect(after.outbox().pending == 20)
        #expect(Edge.numbers(try await after.unpublished().map(\.frame.report)) == Array(0..<20))
    }

    @Test(
        "A torn tail of the WAL costs only the transaction that was never answered", arguments: [1, 100, 4_000, 4_120])
    func tornTail(bytes: Int) async throws {
        let settings = Edge.settings(folder)
        let store = try Edge.store(settings)
        for number in 0..<5 { _ = await store.accept(Edge.entry(number)) }
        let wal = settings.path + "-wal"
        let answered = try FileManager.default.attributesOfItem(atPath: wal)[.size] as? Int ?? 0
        _ = await store.accept(Edge.entry(5))
        let torn = try crash(settings, as: "torn.sqlite")
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: torn.path + "-wal"))
        try handle.truncate(atOffset: UInt64(answered + bytes))
        try handle.close()
        let after = try Edge.store(torn)
        #expect(Edge.numbers(try await after.unpublished().map(\.frame.report)) == Array(0..<5))
        guard case .accepted = await after.accept(Edge.entry(5)) else {
            Issue.record("the lost one is new again")
            return
        }
    }

    @Test("Garbage after the last commit is not taken for reports")
    func garbageTail() async throws {
        let settings = Edge.settings(folder)
        let store = try Edge.store(settings)
        for number in 0..<5 { _ = await store.accept(Edge.entry(number)) }
        let torn = try crash(settings, as: "garbage.sqlite")
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: torn.path + "-wal"))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(repeating: 0xA5, count: 10_000))
        try handle.close()
        #expect(Edge.numbers(try await Edge.store(torn).unpublished().map(\.frame.report)) == Array(0..<5))
    }

    @Test("A full disk is a 503, never a false receipt, and known reports still get their answer")
    func fullDisk() async throws {
        let settings = Edge.settings(folder)
        let store = try Edge.store(settings)
        _ = await store.accept(Edge.entry(0))
        try await store.pool.writeWithoutTransaction { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(pages + 2)")
        }
        var refused = 0
        for number in 1..<10 {
            let answer = await store.accept(Edge.entry(number, padding: 6_000))
            guard case .unavailable(let why) = answer else { continue }
            #expect(why.reason == .diskFailed)
            refused += 1
        }
        #expect(refused > 0)
        #expect(store.outbox().pending == 10 - refused)
        guard case .repeated = await store.accept(Edge.entry(0)) else {
            Issue.record("a known report needs no room")
            return
        }
        #expect(try await Edge.store(crash(settings, as: "full.sqlite")).unpublished().count == 10 - refused)
        _ = try await store.pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA max_page_count = 100000") }
        guard case .accepted = await store.accept(Edge.entry(9, padding: 6_000)) else {
            Issue.record("room again, accepted again")
            return
        }
    }

    @Test("With the budget used up by unpublished rows new reports get 503, known ones their receipt")
    func budget() async throws {
        let store = try Edge.store(Edge.settings(folder) { $0.diskBudget = 400_000 })
        var accepted = 0
        while case .accepted = await store.accept(Edge.entry(accepted, padding: 10_000)), accepted < 1_000 {
            accepted += 1
        }
        #expect(accepted > 20 && accepted < 40)
        guard case .unavailable(let why) = await store.accept(Edge.entry(5_000)) else {
            Issue.record("over budget")
            return
        }
        #expect(why.reason == .budgetUsed)
        guard case .repeated = await store.accept(Edge.entry(0, padding: 10_000)) else {
            Issue.record("a known report needs no room")
            return
        }
    }

    @Test("Published rows give way before anybody is turned away, and their identities stay")
    func budgetFreesPublished() async throws {
        let store = try Edge.store(Edge.settings(folder) { $0.diskBudget = 400_000 })
        for number in 0..<300 {
            guard case .accepted = await store.accept(Edge.entry(number, padding: 10_000)) else {
                Issue.record("turned away at \(number)")
                return
            }
            store.acknowledged(upTo: Int64(number + 1))
        }
        guard case .repeated = await store.accept(Edge.entry(0)) else {
            Issue.record("identity lost")
            return
        }
    }

    @Test("Pruning forgets old published rows only")
    func prune() async throws {
        let settings = Edge.settings(folder) { $0.keepPublished = .seconds(1) }
        let store = try Edge.store(settings, now: Edge.start + 1_005)
        for number in 0..<10 { _ = await store.accept(Edge.entry(number)) }
        store.acknowledged(upTo: 8)
        try await store.prune()
        let kept = try await store.pool.read { try Int64.fetchAll($0, sql: "SELECT seq FROM payload ORDER BY seq") }
        // Accepted before start + 5 ms: numbers 0…4 in rows 1…5.
        #expect(kept == [6, 7, 8, 9, 10])
        #expect(try await store.pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM report") } == 10)
    }
}

import Foundation
import GRDB
import Synchronization
import Testing

@testable import CaseLog

@Suite("The edge store answers only what is on disk")
struct EdgeStoreTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test("A new report is accepted with its own receipt")
    func accepts() async throws {
        let store = try Edge.store(Edge.settings(folder))
        let entry = Edge.entry(1)
        let receipt = EdgeReceipt(id: entry.id, receipt: entry.receipt, acceptedAt: entry.acceptedAt)
        #expect(await store.accept(entry) == .accepted(receipt))
        #expect(store.outbox().pending == 1)
        #expect(store.outbox().oldestAcceptedAt == entry.acceptedAt)
    }

    @Test("The same body again gets the first receipt, also after a restart")
    func repeats() async throws {
        let first = Edge.entry(1)
        let receipt = EdgeReceipt(id: first.id, receipt: first.receipt, acceptedAt: first.acceptedAt)
        let store = try Edge.store(Edge.settings(folder))
        _ = await store.accept(first)
        #expect(await store.accept(Edge.entry(1)) == .repeated(receipt))
        try store.close()
        let again = try Edge.store(Edge.settings(folder))
        #expect(await again.accept(Edge.entry(1)) == .repeated(receipt))
        #expect(again.outbox().pending == 1)
    }

    @Test(
        "Another body under the same key is a conflict that names what differs",
        arguments: [
            ("路灯修好了", String?.none, ["text"]), ("路灯不亮", "13900000000", ["phone"]),
            ("路灯修好了", "13900000000", ["text", "phone"]),
        ])
    func conflicts(text: String, phone: String?, differing: [String]) async throws {
        let store = try Edge.store(Edge.settings(folder))
        _ = await store.accept(Edge.entry(1))
        let answer = await store.accept(Edge.entry(1, text: text, phone: phone))
        guard case .conflicting(let receipt, let fields) = answer else {
            Issue.record("not a conflict: \(answer)")
            return
        }
        #expect(fields == differing)
        #expect(receipt.receipt == Edge.entry(1).receipt)
        #expect(store.outbox().pending == 1)
    }

    @Test("One source key with two places is two reports")
    func twoPlaces() async throws {
        let store = try Edge.store(Edge.settings(folder))
        let answers = await store.accept([Edge.entry(1), Edge.entry(1, home: "410803002")])
        #expect(answers.allSatisfy { if case .accepted = $0 { true } else { false } })
        #expect(store.outbox().pending == 2)
    }

    @Test("The same report twice in one transaction is accepted once")
    func twiceAtOnce() async throws {
        let store = try Edge.store(Edge.settings(folder))
        let answers = await store.accept([Edge.entry(1), Edge.entry(1), Edge.entry(1, text: "别的")])
        guard case .accepted = answers[0], case .repeated = answers[1], case .conflicting = answers[2] else {
            Issue.record("\(answers)")
            return
        }
    }

    @Test("Requests that arrive while a transaction is written share the next one")
    func groupCommit() async throws {
        let store = try Edge.store(Edge.settings(folder))
        // The writer is held, as by a slow fsync, until all are in the line.
        let hold = DispatchSemaphore(value: 0)
        store.pool.asyncWriteWithoutTransaction { _ in hold.wait() }
        await withTaskGroup(of: EdgeAnswer.self) { group in
            for number in 0..<200 { group.addTask { await store.accept(Edge.entry(number)) } }
            try? await eventually("200 in line") { store.line.withLock { $0.entries } == 200 }
            hold.signal()
            for await answer in group {
                if case .accepted = answer { continue }
                Issue.record("\(answer)")
            }
        }
        #expect(store.outbox().commits == 1)
        #expect(store.outbox().accepted == 200)
    }

    @Test("Every commit is synced: the connection that writes runs with synchronous=FULL in WAL mode")
    func synced() throws {
        let store = try Edge.store(Edge.settings(folder))
        let (level, mode) = try store.pool.writeWithoutTransaction { db in
            (try Int.fetchOne(db, sql: "PRAGMA synchronous"), try String.fetchOne(db, sql: "PRAGMA journal_mode"))
        }
        #expect(level == 2)
        #expect(mode == "wal")
    }

    @Test("A full line turns requests away instead of growing")
    func backPressure() async throws {
        let store = try Edge.store(Edge.settings(folder) { $0.queueEntries = 10 })
        let answers = await store.accept((0..<11).map { Edge.entry($0) })
        #expect(answers.allSatisfy { $0 == .unavailable(EdgeUnavailable(.queueFull, retryAfter: .seconds(5))) })
        #expect(store.outbox().pending == 0)
    }

    @Test("A closed store turns requests away")
    func closed() async throws {
        let store = try Edge.store(Edge.settings(folder))
        try store.close()
        let answer = await store.accept(Edge.entry(1))
        #expect(answer == .unavailable(EdgeUnavailable(.closing, retryAfter: .seconds(5))))
    }

    @Test("A receipt tells whether its report is published; a stranger's tells nothing")
    func status() async throws {
        let store = try Edge.store(Edge.settings(folder))
        _ = await store.accept([Edge.entry(1), Edge.entry(2)])
        store.acknowledged(upTo: 1)
        #expect(try await store.status(receipt: Edge.entry(1).receipt)?.published == true)
        #expect(try await store.status(receipt: Edge.entry(2).receipt)?.published == false)
        #expect(try await store.status(receipt: Edge.entry(2).receipt)?.receipt.id == Edge.entry(2).id)
        #expect(try await store.status(receipt: "nobody's") == nil)
    }

    @Test("Where a row stands is plain in the file itself")
    func stateInFile() async throws {
        let store = try Edge.store(Edge.settings(folder))
        _ = await store.accept([Edge.entry(1), Edge.entry(2)])
        store.acknowledged(upTo: 1)
        try store.close()
        let states = try await DatabaseQueue(path: store.settings.path).read { db in
            try String.fetchAll(db, sql: "SELECT state FROM outbox ORDER BY seq")
        }
        #expect(states == ["sent", "pending"])
    }
}

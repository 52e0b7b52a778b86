import CaseLog
import Contracts
import Foundation
import Governance
import ServiceKit
import Support
import Testing

@testable import ConsoleCore

struct ReaderTests {
    private let owner = OwnerMark(service: .triage, epoch: 1, token: "t")

    private func append(
        _ log: MemoryLog, _ facts: [Fact], seq: Int64, owner: OwnerMark? = nil, claim: Bool = false
    ) throws {
        let mark = owner ?? self.owner
        let cause = UUID()
        let elements =
            claim
            ? [
                Element(
                    id: UUID(), type: RuntimeType.claimed, version: 1, data: try WireJSON.encode(OwnerClaimed(mark)))
            ]
            : try facts.map { try Element(id: UUID(), $0) }
        let headers = RecordHeaders(
            id: UUID(), kind: claim ? .claim : .decision(cause: cause, InputMark(.report, offset: seq)),
            types: elements.map(\.type), owner: mark, seq: seq, upto: InputPositions(), time: Samples.at)
        log.append(
            LogOut(
                topic: Topic.cases, partition: 0,
                message: Message(
                    key: Array(Samples.home.text.utf8), value: Element.array(elements), headers: headers.wire)))
    }

    private func fold(_ log: MemoryLog, _ store: ConsoleStore) async throws {
        var tail = try await LogTail(log, from: store.positions())
        while true {
            let batches = try await tail.poll(max: 2)
            if batches.isEmpty { return }
            try await store.apply(batches)
        }
    }

    @Test("Records that count are folded, void ones are passed over, and a second reader goes on where the first stood")
    func tail() async throws {
        let fixture = try Fixture()
        let log = MemoryLog(partitions: 1)
        try append(log, [], seq: 0, claim: true)
        try append(log, Path.assessed, seq: 1)
        try append(
            log, [Path.sample("report.answered")], seq: 2, owner: OwnerMark(service: .triage, epoch: 9, token: "z"))
        try await fold(log, fixture.store)
        #expect(try await fixture.view()?.current == .assessed)
        try append(log, [Path.sample("case.major_reported")], seq: 2)
        try await fold(log, fixture.store)
        #expect(try await fixture.view()?.direct == true)
        #expect(try await fixture.store.positions()[0]?.cursor == 4)
    }

    @Test("A store of another log is folded anew, and is ready once it has caught up")
    func otherLog() async throws {
        let fixture = try Fixture()
        let old = MemoryLog(partitions: 1)
        try append(old, [], seq: 0, claim: true)
        try append(old, Path.assessed, seq: 1)
        try await fold(old, fixture.store)
        let log = MemoryLog(partitions: 1)
        let reader = ConsoleReader(log: log, store: fixture.store, live: Broadcaster(), logger: Site.quiet)
        let run = Task { try await reader.run() }
        defer { run.cancel() }
        let end = ContinuousClock.now + .seconds(60)
        while reader.freshness.asOf == nil, ContinuousClock.now < end { await Task.yield() }
        #expect(reader.freshness.asOf != nil)
        #expect(try await fixture.view() == nil)
    }
}

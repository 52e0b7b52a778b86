import CaseLog
import Contracts
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import ServiceKit
import Testing

@testable import IntakeCore

@Suite("Rows that Kafka refused, as the operator of the machines sees them")
struct HeldRoutesTests {
    private static let admin = Actor(subject: "sys-1", name: "系统管理员", role: .systemAdmin)

    private struct Row: Decodable {
        var reportId: String
        var sourceKey: String
        var why: String
        var released: Bool
    }

    @Test("They are listed with the broker's reason, counted in the outbox, and released by id or all at once")
    func listAndRelease() async throws {
        let desk = try Desk()
        let counter = try await Counter(desk)
        let log = MemoryLog(partitions: 1)
        log.onPublish { $0.topic == Topic.reports ? .refuse(LogFault(.skip, "message too large")) : .land }
        let taken = try await counter.send(.post, "/v1/reports", report())
        #expect(taken.status == .created)
        let relay = EdgeRelay(store: desk.store.edge, log: log, clock: ContinuousClock(), logger: quiet)
        try await desk.relay(relay) { desk.store.edge.outbox().held == 1 }
        let listed = try await counter.send(.get, "/v1/outbox/held", by: Self.admin)
        let rows = try JSONDecoder().decode([Row].self, from: Data(listed.body.readableBytesView))
        #expect(rows.map(\.sourceKey) == ["H-1"] && rows[0].why == "message too large" && !rows[0].released)
        let outbox = try await counter.send(.get, "/v1/outbox", by: Self.admin)
        #expect(String(buffer: outbox.body).contains("\"held\":1,\"drained\":false"))
        log.onPublish { _ in .land }
        let body = "{\"reportIds\":[\"\(rows[0].reportId)\"]}"
        let released = try await counter.send(.post, "/v1/outbox/held/release", body, by: Self.admin)
        #expect(String(buffer: released.body) == "{\"released\":1}")
        try await desk.relay(relay) { desk.store.edge.outbox().isDrained }
        #expect(log.entries(Topic.reports, 0).count == 1)
    }

    @Test("Only those who run the machines see them, and a release says what")
    func refusals() async throws {
        let counter = try await Counter(Desk())
        #expect(try await counter.send(.get, "/v1/outbox/held").status == .forbidden)
        #expect(try await counter.send(.post, "/v1/outbox/held/release", "{\"all\":true}").status == .forbidden)
        for body in ["{}", "{\"reportIds\":[\"x\"]}", "{\"every\":true}", "[]"] {
            let answer = try await counter.send(.post, "/v1/outbox/held/release", body, by: Self.admin)
            #expect((400..<500).contains(answer.status.code), "\(body)")
        }
        let none = try await counter.send(.post, "/v1/outbox/held/release", "{\"all\":true}", by: Self.admin)
        #expect(String(buffer: none.body) == "{\"released\":0}")
    }
}

extension Desk {
    /// Runs the relay until something holds; fails the test when it does not.
    fileprivate func relay(_ relay: EdgeRelay<ContinuousClock>, until holds: @escaping @Sendable () -> Bool)
        async throws
    {
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await relay.run() }
            defer { group.cancelAll() }
            let deadline = ContinuousClock.now + .seconds(60)
            while !holds(), ContinuousClock.now < deadline { await Task.yield() }
            #expect(holds())
        }
    }
}

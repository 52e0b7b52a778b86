import CaseLog
import Contracts
import Kafka
import Synchronization
import Testing

/// Owns what the group gives it; refuses if it is told to.
private final class Owner: MembershipHandler {
    let owned = Mutex<[String: Set<Int32>]>([:])
    let refusing: Bool

    init(refusing: Bool = false) { self.refusing = refusing }

    func assigned(_ partitions: [String: Set<Int32>]) async throws {
        if refusing { throw LogFault(.stop, "refused") }
        owned.withLock { $0 = partitions }
    }

    func revoked(_ partitions: [String: Set<Int32>], lost: Bool) async { owned.withLock { $0 = [:] } }
}

@Suite struct KafkaMembershipTests {
    private func withGroup(_ body: (KafkaMembership) async throws -> Void) async throws {
        let topics = [Topic.reports, Topic.commands, Topic.cases]
        let broker = try LocalBroker(topics: Dictionary(uniqueKeysWithValues: topics.map { ($0, 4) }))
        defer { broker.stop() }
        try await body(
            KafkaMembership(group: "triage", settings: KafkaSettings(bootstrapServers: broker.bootstrapServers)))
    }

    @Test("The three topics are handed over together, positions can be committed, a leave hands back")
    func handOver() async throws {
        try await withGroup { membership in
            let owner = Owner()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await membership.run(owner) }
                let deadline = ContinuousClock.now + .seconds(60)
                while owner.owned.withLock({ $0.count }) < 3, .now < deadline {
                    await WakeSignal().wait(atMost: .milliseconds(20))
                }
                let all: Set<Int32> = [0, 1, 2, 3]
                #expect(
                    owner.owned.withLock { $0 } == [Topic.reports: all, Topic.commands: all, Topic.cases: all])
                #expect(await membership.commit(2, InputPositions(reports: 1, commands: 2, cases: 3)) == true)
                await membership.leave()
                try await group.waitForAll()
                #expect(owner.owned.withLock { $0.isEmpty })
                #expect(await membership.commit(2, InputPositions()) == false)
            }
        }
    }

    @Test("An assignment the handler refuses ends the membership with its error")
    func refused() async throws {
        try await withGroup { membership in
            await #expect(throws: LogFault.self) { try await membership.run(Owner(refusing: true)) }
        }
    }
}

import Synchronization
import Testing

@testable import Kafka

/// Writes down what it is told, and does what the test wants meanwhile.
final class Witness: GroupHandler {
    struct Seen {
        var owned: Set<TopicPartition> = []
        var log: [String] = []
        var lost = 0
    }

    let name: String
    let seen = Mutex(Seen())
    let revoking: @Sendable ([TopicPartition]) async -> Void

    init(_ name: String, revoking: @escaping @Sendable ([TopicPartition]) async -> Void = { _ in }) {
        self.name = name
        self.revoking = revoking
    }

    var owned: Set<TopicPartition> { seen.withLock { $0.owned } }

    func onAssign(_ partitions: [TopicPartition]) async {
        seen.withLock { seen in
            #expect(seen.owned.isEmpty)
            seen.owned = Set(partitions)
            seen.log.append("+\(partitions.count)")
        }
    }

    func onRevoke(_ partitions: [TopicPartition], lost: Bool) async {
        await revoking(partitions)
        seen.withLock { seen in
            seen.owned.subtract(partitions)
            seen.log.append("-\(partitions.count)")
            if lost { seen.lost += 1 }
        }
    }
}

@Suite struct GroupMemberTests {
    private let topics = ["a", "b"]

    private func member(_ settings: KafkaSettings) throws -> GroupMember {
        try GroupMember(group: "g", topics: topics, settings: settings)
    }

    private func all(_ count: Int32) -> Set<TopicPartition> {
        Set(topics.flatMap { topic in (0..<count).map { TopicPartition(topic, $0) } })
    }

    @Test(
        "Two and three members share the partitions, equal numbers of all topics together, and a leave gives them back")
    func sharing() async throws {
        try await withBroker(["a": 6, "b": 6]) { _, settings in
            let members = try (0..<3).map { _ in try member(settings) }
            let witnesses = (0..<3).map { Witness("m\($0)") }
            func shares(_ live: [Int]) -> Bool {
                let owned = live.map { witnesses[$0].owned }
                let sizes = owned.map(\.count)
                let coPartitioned = owned.allSatisfy { own in
                    Set(own.filter { $0.topic == "a" }.map(\.partition))
                        == Set(own.filter { $0.topic == "b" }.map(\.partition))
                }
                return sizes.reduce(0, +) == 12 && sizes.allSatisfy { $0 == 12 / live.count } && coPartitioned
                    && owned.reduce(into: Set()) { $0.formUnion($1) } == all(6)
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await members[0].run(witnesses[0]) }
                #expect(await eventually { shares([0]) })
                group.addTask { try await members[1].run(witnesses[1]) }
                #expect(await eventually { shares([0, 1]) })
                group.addTask { try await members[2].run(witnesses[2]) }
                #expect(await eventually { shares([0, 1, 2]) })
                await members[0].leave()
                #expect(witnesses[0].owned.isEmpty)
                #expect(await eventually { shares([1, 2]) })
                // Heartbeats go on without any fetching: nothing moves for longer than a session.
                let before = witnesses[1].seen.withLock { $0.log.count }
                #expect(
                    await !eventually(within: .seconds(3)) { witnesses[1].seen.withLock { $0.log.count } != before })
                await members[1].leave()
                await members[2].leave()
                try await group.waitForAll()
            }
            #expect(witnesses.allSatisfy { $0.seen.withLock { $0.lost } == 0 })
        }
    }

    @Test("A partition reaches its next owner only after the last one's handler returned, who can still commit in it")
    func awaitedHandOver() async throws {
        try await withBroker(["a": 4, "b": 4]) { _, settings in
            let first = try member(settings)
            let second = try member(settings)
            let later = Witness("second")
            let early = Mutex(0)
            let committed = Mutex<Result<Void, KafkaError>?>(nil)
            let holding = Witness("first") { partitions in
                guard committed.withLock({ $0 == nil }) else { return }
                do {
                    try await first.commit([partitions[0]: 42])
                    committed.withLock { $0 = .success(()) }
                } catch { committed.withLock { $0 = .failure(error as! KafkaError) } }
                let before = ContinuousClock.now
                while ContinuousClock.now - before < .seconds(1) {
                    if !later.owned.isEmpty { early.withLock { $0 += 1 } }
                    await WakeSignal().wait(atMost: .milliseconds(20))
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await first.run(holding) }
                #expect(await eventually { holding.owned.count == 8 })
                group.addTask { try await second.run(later) }
                #expect(await eventually { later.owned.count == 4 })
                #expect(early.withLock { $0 } == 0)
                // A commit while the group is being shared out anew may be refused, but it is always answered.
                let answer = committed.withLock { $0 }
                if case .failure(let error)? = answer { #expect(error.isMembershipLost, "\(error)") }
                #expect(answer != nil)
                await first.leave()
                await second.leave()
                try await group.waitForAll()
            }
        }
    }

    @Test("A handler that does not return holds the group up only to the limit")
    func slowHandler() async throws {
        try await withBroker(["a": 2, "b": 2]) { _, base in
            var settings = base
            settings.handOverLimit = .milliseconds(500)
            let first = try member(settings)
            let second = try member(settings)
            let witness = Witness("slow") { _ in await WakeSignal().wait(atMost: .seconds(60)) }
            let other = Witness("other")
            try await withThrowingTaskGroup(of: Void.self) { [settings] group in
                group.addTask { try await first.run(witness) }
                #expect(await eventually { witness.owned.count == 4 })
                group.addTask { try await second.run(other) }
                #expect(await eventually { other.owned.count == 2 })
                _ = settings
                await first.leave()
                await second.leave()
                try await group.waitForAll()
            }
        }
    }

    @Test("A killed member's partitions move after the session timeout, and its commit fails")
    func killed() async throws {
        try await withBroker(["a": 2, "b": 2]) { _, settings in
            let first = try member(settings)
            let second = try member(settings)
            let witness = Witness("first")
            let other = Witness("second")
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try? await first.run(witness) }
                #expect(await eventually { witness.owned.count == 4 })
                group.addTask { try await second.run(other) }
                #expect(await eventually { other.owned.count == 2 && witness.owned.count == 2 })
                try await first.commit([TopicPartition("a", 0): 7])
                #expect(
                    try await second.committed([TopicPartition("a", 0), TopicPartition("a", 1)]) == [
                        TopicPartition("a", 0): 7
                    ])
                first.killForTest()
                #expect(await eventually { other.owned.count == 4 })
                await #expect(throws: KafkaError.self) { try await first.commit([TopicPartition("a", 0): 8]) }
                #expect(witness.owned.count == 2)
                await second.leave()
                try await group.waitForAll()
            }
        }
    }

    @Test("A member whom the group forgot loses its partitions, is told so, and joins again")
    func forgotten() async throws {
        try await withBroker(["a": 2, "b": 2]) { broker, settings in
            let member = try member(settings)
            let witness = Witness("first")
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await member.run(witness) }
                #expect(await eventually { witness.owned.count == 4 })
                try broker.pushErrors(.offsetCommit, [25])  // UNKNOWN_MEMBER_ID
                let error = await #expect(throws: KafkaError.self) {
                    try await member.commit([TopicPartition("a", 0): 1])
                }
                #expect(error?.isMembershipLost == true)
                try broker.pushErrors(.heartbeat, [25])
                #expect(await eventually { witness.seen.withLock { $0.lost } == 1 })
                #expect(await eventually { witness.owned.count == 4 })
                await member.leave()
                try await group.waitForAll()
            }
            #expect(witness.owned.isEmpty)
        }
    }

    @Test("Cancelling the task leaves the group, with the handler told")
    func cancelled() async throws {
        try await withBroker(["a": 2, "b": 2]) { _, settings in
            let member = try member(settings)
            let witness = Witness("first")
            _ = try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await member.run(witness) }
                #expect(await eventually { witness.owned.count == 4 })
                let started = ContinuousClock.now
                group.cancelAll()
                try await group.waitForAll()
                return started
            }
            #expect(witness.owned.isEmpty)
        }
    }
}

public import Contracts
public import Kafka
public import Logging
import Synchronization

/// A decider's group on a Kafka cluster.
public final class KafkaMembership: Membership {
    private let member: GroupMember
    private let leavesForGood: Bool

    /// A member of the group, not joined before ``run(_:)``, which may be called once.
    /// - Parameters:
    ///   - instanceId: makes the membership static: a restart within the session timeout moves nothing.
    ///   - leavesForGood: a leave is a scale-down: nobody waits for this member to come back.
    /// - Throws: `stop` if the options do not go together.
    public init(
        group: String, topics: [String] = Topic.partitioned, settings: KafkaSettings, instanceId: String? = nil,
        leavesForGood: Bool = false, logger: Logger = Logger(label: "caseloop.group")
    ) throws(KafkaError) {
        member = try GroupMember(
            group: group, topics: topics, settings: settings, instanceId: instanceId, logger: logger)
        self.leavesForGood = leavesForGood
    }

    public func run(_ handler: any MembershipHandler) async throws {
        let bridge = Bridge(handler: handler, member: member)
        try await member.run(bridge)
        if let refusal = bridge.refusal.withLock({ $0 }) { throw refusal }
    }

    public func commit(_ partition: Int32, _ positions: InputPositions) async -> Bool? {
        do {
            try await member.commit([
                TopicPartition(Topic.reports, partition): positions.reports,
                TopicPartition(Topic.commands, partition): positions.commands,
                TopicPartition(Topic.cases, partition): positions.cases,
            ])
            return true
        } catch {
            switch error.remedy {
            case .retry, .wait, .rewind: return nil
            case .rejoin, .rebuild, .skip, .stop: return false
            }
        }
    }

    public func leave() async { await member.leave(forGood: leavesForGood) }
}

/// Hands the group's words on, by topic. A refused assignment ends the membership.
private final class Bridge: GroupHandler {
    let handler: any MembershipHandler
    let member: GroupMember
    let refusal = Mutex<(any Error)?>(nil)

    init(handler: any MembershipHandler, member: GroupMember) {
        self.handler = handler
        self.member = member
    }

    func onAssign(_ partitions: [TopicPartition]) async {
        do {
            try await handler.assigned(Self.byTopic(partitions))
        } catch {
            refusal.withLock { $0 = error }
            member.startLeaving()
        }
    }

    func onRevoke(_ partitions: [TopicPartition], lost: Bool) async {
        await handler.revoked(Self.byTopic(partitions), lost: lost)
    }

    private static func byTopic(_ partitions: [TopicPartition]) -> [String: Set<Int32>] {
        Dictionary(grouping: partitions, by: \.topic).mapValues { Set($0.map(\.partition)) }
    }
}

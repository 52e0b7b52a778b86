public import Contracts

/// The consumer group of a decider: which partitions this replica owns. It subscribes to `reports`, `commands` and
/// `cases` with the range assignor, so that the three sets of partitions are equal.
public protocol Membership: Sendable {
    /// Joins the group and stays a member until ``leave()``. Each hand-over is complete when the handler returns;
    /// hand-overs come one at a time.
    func run(_ handler: any MembershipHandler) async throws
    /// Commits positions synchronously (they only show lag).
    /// - Returns: false when the broker says that this replica is not a member any more; nil when it cannot be asked.
    func commit(_ partition: Int32, _ positions: InputPositions) async -> Bool?
    /// Leaves the group; ``run(_:)`` hands back what is still assigned and returns.
    func leave() async
}

/// Takes the hand-overs of a group.
public protocol MembershipHandler: Sendable {
    /// These partitions are ours from now on, by topic.
    func assigned(_ partitions: [String: Set<Int32>]) async throws
    /// These are not ours any more. `lost`: they may have a new owner already.
    func revoked(_ partitions: [String: Set<Int32>], lost: Bool) async
}

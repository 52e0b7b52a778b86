import CRdKafka
public import Logging
import Synchronization

/// Told when partitions come and go. Both are awaited: the group learns of the hand-over only after they return.
public protocol GroupHandler: Sendable {
    /// These partitions are ours from now on. Start what serves them and return soon.
    func onAssign(_ partitions: [TopicPartition]) async
    /// These partitions go to somebody else. Stop what serves them, then return; commits still work unless `lost`.
    /// - Parameter lost: the group has already given them away (this member was silent for too long): do not commit.
    func onRevoke(_ partitions: [TopicPartition], lost: Bool) async
}

/// Membership of a consumer group over some topics, without reading: a ``Reader`` does that, so positions are explicit.
///
/// Assignor: range, so that equal partitions of topics with equal counts go to the same member.
public final class GroupMember: Sendable {
    struct State {
        var phase = Phase.idle
        var assigned: [TopicPartition] = []
    }

    enum Phase: Equatable {
        case idle, running, leaving(forGood: Bool), vanishing, closed
    }

    /// The group's name.
    public let group: String
    /// What the group shares out.
    public let topics: [String]

    let settings: KafkaSettings
    let client: Client
    let logger: Logger
    let wake = WakeSignal()
    let state = Mutex(State())
    /// Raised once when the member is closed.
    let closed = WakeSignal()

    /// Opens a client; nothing is joined before ``run(_:)``.
    /// - Parameter instanceId: makes the membership static: a restart within the session timeout moves nothing.
    /// - Throws: `stop` if the options do not go together.
    public init(
        group: String, topics: [String], settings: KafkaSettings, instanceId: String? = nil,
        logger: Logger = Logger(label: "kafka.group")
    ) throws(KafkaError) {
        self.group = group
        self.topics = topics
        self.settings = settings
        self.logger = logger
        var fixed = [
            ("group.id", group), ("partition.assignment.strategy", "range"), ("enable.auto.commit", "false"),
            ("enable.auto.offset.store", "false"), ("auto.offset.reset", "error"),
            ("session.timeout.ms", "\(settings.sessionTimeout.wholeMs)"),
            ("heartbeat.interval.ms", "\(max(100, settings.sessionTimeout.wholeMs / 4))"),
            ("max.poll.interval.ms", "\(max(Self.pollInterval.wholeMs, settings.sessionTimeout.wholeMs))"),
        ]
        if let instanceId { fixed.append(("group.instance.id", instanceId)) }
        let events = RD_KAFKA_EVENT_REBALANCE | RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_OFFSET_COMMIT
        client = try Client(
            .consumer, settings: settings, fixed: fixed, events: events, background: false, logger: logger
        ) { _, _ in }
    }

    static let pollInterval: Duration = .seconds(300)

    deinit {
        let client = client
        Offload.start { client.destroyBlocking(flags: Self.withoutClose) }
    }

    static let withoutClose = Int32(RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)

    /// What this member owns now.
    public var assigned: [TopicPartition] { state.withLock { $0.assigned.sorted() } }

    /// Leaves the group: the handler is told to give everything back, then ``run(_:)`` returns.
    /// - Parameter forGood: also a static member tells the group that it will not be back, so nobody waits for it.
    public func leave(forGood: Bool = false) async {
        guard startLeaving(forGood: forGood) else { return }
        let deadline = ContinuousClock.now + settings.handOverLimit + .seconds(10)
        while state.withLock({ $0.phase != .closed }), ContinuousClock.now < deadline, !Task.isCancelled {
            await closed.wait(atMost: .milliseconds(500))
        }
    }

    /// As ``leave(forGood:)`` without waiting, so that a handler may call it.
    /// - Returns: false if there is nothing to wait for.
    @discardableResult
    public func startLeaving(forGood: Bool = false) -> Bool {
        let running = state.withLock { state -> Bool in
            switch state.phase {
            case .idle:
                state.phase = .closed
                return false
            case .running:
                state.phase = .leaving(forGood: forGood)
                return true
            case .leaving, .vanishing: return true
            case .closed: return false
            }
        }
        if running { wake.raise() }
        return running
    }
}

import Contracts

/// Owns one partition for one service: take-over, rounds, ticks. One code path for simulation and production.
public actor PartitionOwner<D: Decider> {
    /// Where it stands.
    public private(set) var phase: OwnerPhase = .start
    let decider: D
    let store: PartitionStore<D>
    let partitions: Int32
    let ports: OwnerPorts
    let settings: OwnerSettings

    /// An owner at the start of its take-over. `partitions`: the count that `reports`, `commands` and `cases` share.
    public init(
        _ decider: D, store: PartitionStore<D>, partitions: Int32, ports: OwnerPorts, settings: OwnerSettings = .init()
    ) {
        self.decider = decider
        self.store = store
        self.partitions = partitions
        self.ports = ports
        self.settings = settings
    }

    /// Does one small unit of work.
    public func step(_ limits: StepLimits) async -> StepOutcome { .ended }

    /// What health shows.
    public var status: OwnerStatus {
        OwnerStatus(partition: store.partition, phase: phase, epoch: 0, cursor: 0, done: InputPositions(), trouble: nil)
    }
}

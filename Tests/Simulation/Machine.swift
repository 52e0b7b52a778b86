import CaseLog
import Contracts
import GRDB

/// One instance's work on one partition, whatever its service.
protocol SimOwner: Sendable {
    func step(_ limits: StepLimits) async -> StepOutcome
    func status() async -> OwnerStatus
    /// What was about to leave when it died.
    func inHand() async -> [LogOut]
    /// The store's domain tables as text.
    func dump() throws -> [String]
    /// The owner dies; the store stays for the next one.
    func successor(ports: OwnerPorts, settings: OwnerSettings) -> any SimOwner
}

/// A running owner and the store it works on.
struct OwnedPartition<D: ToyDecider>: SimOwner {
    let decider: D
    let store: PartitionStore<D>
    let owner: PartitionOwner<D>

    init(_ decider: D, store: PartitionStore<D>, ports: OwnerPorts, settings: OwnerSettings) {
        self.decider = decider
        self.store = store
        owner = PartitionOwner(
            decider, store: store, partitions: Int32(PlaceNames.partitions), ports: ports, settings: settings)
    }

    func step(_ limits: StepLimits) async -> StepOutcome { await owner.step(limits) }
    func status() async -> OwnerStatus { await owner.status }
    func inHand() async -> [LogOut] { await owner.inHand }
    func dump() throws -> [String] { try store.queue.inDatabase { try ToyTables.dump($0) } }

    func successor(ports: OwnerPorts, settings: OwnerSettings) -> any SimOwner {
        OwnedPartition(decider, store: store, ports: ports, settings: settings)
    }
}

/// A seat in the world: (service, instance, partition). The store lies in the instance's slot and outlives owners.
struct Machine {
    let service: Int
    let instance: Int
    let partition: Int
    var assigned = false
    var generation = -1
    /// The owner, running or the last one whose store is still there; nil when the store is lost or never was.
    var owner: (any SimOwner)?
    /// Whether ``owner`` is running in this assignment.
    var running = false

    init(_ service: Int, _ instance: Int, _ partition: Int) {
        self.service = service
        self.instance = instance
        self.partition = partition
    }
}

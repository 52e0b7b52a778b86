import CaseLog
import Contracts
import Foundation
import GRDB
import Governance
import Synchronization
import Testing

/// A value behind a lock.
final class Locked<Value: Sendable>: Sendable {
    private let store: Mutex<Value>
    init(_ value: Value) { store = Mutex(value) }
    var value: Value {
        get { store.withLock { $0 } }
        set { store.withLock { $0 = newValue } }
    }
}

/// A clock that stands where it is put.
final class TestTime: TimeSource {
    private let at = Locked(Instant(milliseconds: 1_800_000_000_000))
    private let off = Locked(Duration.zero)
    func now() -> Instant { at.value }
    func skew() -> Duration { off.value }
    func pass(_ time: Duration) { at.value = at.value + time }
    func skewed(_ by: Duration) { off.value = by }
}

/// One owner of one service on a memory log, and its store.
final class Node<D: Decider> {
    let log: MemoryLog
    let time: TestTime
    let decider: D
    let partition: Int32
    var store: PartitionStore<D>
    var owner: PartitionOwner<D>
    let member = Locked<Bool?>(true)
    var settings = OwnerSettings()
    static var small: StepLimits { StepLimits(fold: 3, take: 2, todoFirst: true) }

    init(_ decider: D, _ log: MemoryLog, _ time: TestTime, partition: Int32 = 0, settings: OwnerSettings = .init())
        throws
    {
        self.log = log
        self.time = time
        self.decider = decider
        self.partition = partition
        self.settings = settings
        store = try PartitionStore(inMemory: partition)
        owner = Self.owner(decider, log, time, store, member, settings)
    }

    private static func owner(
        _ decider: D, _ log: MemoryLog, _ time: TestTime, _ store: PartitionStore<D>, _ member: Locked<Bool?>,
        _ settings: OwnerSettings
    ) -> PartitionOwner<D> {
        let ports = OwnerPorts(
            log: log, time: time, token: { UUID().wire }, stillMember: { _ in member.value })
        return PartitionOwner(decider, store: store, partitions: 3, ports: ports, settings: settings)
    }

    /// The process dies; the next one has the store, or an empty one.
    func crash(losingStore: Bool = false) throws {
        if losingStore { store = try PartitionStore(inMemory: partition) }
        owner = Self.owner(decider, log, time, store, member, settings)
    }

    /// Steps until nothing is left to do.
    func settle(_ limits: StepLimits = Node.small) async throws {
        for _ in 0..<2000 {
            switch await owner.step(limits) {
            case .idle where await owner.phase == .live: return
            case .ended: return
            default: continue
            }
        }
        Issue.record("\(D.service) does not come to rest: \(await owner.status)")
    }

    /// Steps until the owner stands in this phase.
    func reach(_ phase: OwnerPhase, _ limits: StepLimits = Node.small) async throws {
        for _ in 0..<500 {
            if await owner.phase == phase { return }
            _ = await owner.step(limits)
        }
        Issue.record("\(D.service) never reaches \(phase), stands at \(await owner.status)")
    }

    func rows(_ sql: String) throws -> [Row] { try store.queue.read { try Row.fetchAll($0, sql: sql) } }
}

/// Reads of the log, for expectations.
extension MemoryLog {
    func records(_ partition: Int32 = 0) -> [CaseRecord] {
        entries(Topic.cases, partition).compactMap { CaseRecord($0, partition: partition) }
    }

    /// The records that count, claims left out.
    func counted(_ partition: Int32 = 0) -> [CaseRecord] {
        var writers = Writers()
        return records(partition).filter { writers.accepts($0.headers) && $0.headers.kind != .claim }
    }

    func types(_ partition: Int32 = 0) -> [String] { counted(partition).flatMap(\.headers.types) }

    func replies() throws -> [Reply] { try entries(Topic.replies, 0).map { try Reply($0.message) } }

    func letters(_ service: ServiceName) -> [DeadLetter] {
        (0..<3).flatMap { entries(Topic.dead(service), $0) }.compactMap { DeadLetter($0.message) }
    }

    @discardableResult
    func report(_ name: String, place: String, to: String? = nil, text: String = "", partition: Int32 = 0) throws
        -> UUID
    {
        let id = UUID.v5(Identifier.space, name)
        var texts = ["place": place, "text": text]
        texts["to"] = to
        let message = try InputEnvelope(
            report: id, Toy("report", texts), key: place, source: .intake, time: Instant(milliseconds: 1)
        ).message()
        append(LogOut(topic: Topic.reports, partition: partition, message: message))
        return id
    }

    @discardableResult
    func command(
        _ name: String, _ body: Toy, at time: Instant, to: ServiceName = .dispatch, after: Int64? = nil,
        partition: Int32 = 0
    ) throws -> UUID {
        let id = UUID.v5(Identifier.space, name)
        let message = try InputEnvelope(
            command: id, body, to: to, key: "k", source: .console, time: time, subject: body["ticket"], actor: nil,
            after: after
        ).message()
        append(LogOut(topic: Topic.commands, partition: partition, message: message))
        return id
    }

    func retry(_ letter: DeadLetter, at time: Instant) throws {
        let message = try letter.retry(id: UUID(), source: .console, time: time)
        append(LogOut(topic: Topic.commands, partition: letter.partition, message: message))
    }
}

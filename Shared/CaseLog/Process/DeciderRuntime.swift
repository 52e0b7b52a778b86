import Contracts
public import Foundation
public import Logging
public import ServiceLifecycle
import Synchronization

/// What the process gives a decider's runtime.
public struct RuntimeSettings: Sendable {
    /// The slot's folder for the stores, held by this process alone.
    public var folder: URL
    /// The protocol's numbers.
    public var owner: OwnerSettings
    /// What one step may do.
    public var limits: StepLimits
    /// How long a round may take to finish at shutdown or revocation.
    public var patience: Duration
    /// How long an idle owner waits for an entry before it looks at the clock again.
    public var idle: Duration

    /// Settings; ticks are looked for once a second.
    public init(
        folder: URL, owner: OwnerSettings = OwnerSettings(tickEvery: .seconds(1)), limits: StepLimits = .generous,
        patience: Duration = .seconds(5), idle: Duration = .milliseconds(500)
    ) {
        self.folder = folder
        self.owner = owner
        self.limits = limits
        self.patience = patience
        self.idle = idle
    }
}

/// The process shell of a decider: membership in, owners out. Each hand-over starts or stops one owner per partition;
/// a graceful shutdown lets each finish its round and leaves the group.
public final class DeciderRuntime<D: Decider>: Service, MembershipHandler {
    let decider: D
    let log: any Log
    let membership: any Membership
    let time: any TimeSource
    let settings: RuntimeSettings
    let logger: Logger
    private let state = Mutex(State())

    private struct State {
        var running: [Int32: OwnerLoop<D>] = [:]
        var partitions: Int32 = 0
        var spawn: AsyncStream<OwnerLoop<D>>.Continuation?
        var fault: String? = "not a member of the group yet"
    }

    /// A runtime; ``run()`` starts it.
    public init(
        _ decider: D, log: any Log, membership: any Membership, time: any TimeSource = SystemTime(),
        settings: RuntimeSettings, logger: Logger
    ) {
        self.decider = decider
        self.log = log
        self.membership = membership
        self.time = time
        self.settings = settings
        self.logger = logger
    }

    /// Joins the group and owns what it is given until shutdown.
    /// - Throws: ``StoreError`` or ``LogFault`` when the topics do not fit together.
    public func run() async throws {
        try FileManager.default.createDirectory(at: settings.folder, withIntermediateDirectories: true)
        let count = try await partitionCount()
        let (loops, spawn) = AsyncStream<OwnerLoop<D>>.makeStream()
        state.withLock {
            $0.partitions = count
            $0.spawn = spawn
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { spawn.finish() }
                try await withGracefulShutdownHandler {
                    try await self.membership.run(self)
                } onGracefulShutdown: {
                    spawn.finish()
                }
                await self.stopAll(lost: false)
            }
            group.addTask {
                try? await gracefulShutdown()
                await self.stopAll(lost: false)
                await self.membership.leave()
            }
            group.addTask {
                await withDiscardingTaskGroup { owners in
                    for await loop in loops { owners.addTask { await loop.run() } }
                }
            }
            try await group.next()
            group.cancelAll()
        }
    }

    /// `reports`, `commands` and `cases` must have one count, or a township would have several owners.
    private func partitionCount() async throws -> Int32 {
        var counts: [String: Int32] = [:]
        for topic in Topic.partitioned { counts[topic] = try await log.partitionCount(topic) }
        guard let count = counts[Topic.cases], Set(counts.values).count == 1 else {
            let found = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
            throw LogFault(.stop, "partition counts differ (\(found)): recreate the topics with one count")
        }
        return count
    }

    // MARK: Hand-overs

    public func assigned(_ partitions: [String: Set<Int32>]) async throws {
        let wanted = partitions[Topic.cases] ?? []
        guard Topic.partitioned.allSatisfy({ (partitions[$0] ?? []) == wanted }) else {
            let text = "the group assigned different partitions of \(Topic.partitioned.joined(separator: ", "))"
            state.withLock { $0.fault = text }
            logger.error("Assignment refused", metadata: ["fault": .string(text)])
            throw LogFault(.stop, text + ": use the range assignor and list all three topics in every replica")
        }
        let count = try await partitionCount()
        state.withLock {
            $0.partitions = count
            $0.fault = nil
        }
        logger.info("Assigned", metadata: ["partitions": .string("\(wanted.sorted())")])
        for partition in wanted.sorted() { try start(partition, of: count) }
    }

    public func revoked(_ partitions: [String: Set<Int32>], lost: Bool) async {
        let gone = (partitions[Topic.cases] ?? []).sorted()
        logger.info("Revoked", metadata: ["partitions": .string("\(gone)"), "lost": .stringConvertible(lost)])
        let loops = state.withLock { state in gone.compactMap { state.running.removeValue(forKey: $0) } }
        await stop(loops, lost: lost)
    }

    private func start(_ partition: Int32, of count: Int32) throws {
        guard state.withLock({ $0.running[partition] }) == nil else { return }
        let path = settings.folder.appendingPathComponent("\(D.service.rawValue)-\(partition).sqlite").path
        let store = try PartitionStore<D>(path: path, partition: partition)
        let membership = membership
        let ports = OwnerPorts(
            log: log, time: time, token: { UUID().uuidString.lowercased() },
            stillMember: { await membership.commit(partition, $0) })
        let owner = PartitionOwner(decider, store: store, partitions: count, ports: ports, settings: settings.owner)
        let loop = OwnerLoop(owner, partition: partition, log: log, membership: membership, settings, logger)
        state.withLock { state in
            // After shutdown has begun nobody would run it.
            guard case .enqueued? = state.spawn?.yield(loop) else { return }
            state.running[partition] = loop
        }
    }

    private func stopAll(lost: Bool) async {
        let loops = state.withLock { state in
            defer { state.running = [:] }
            return Array(state.running.values)
        }
        await stop(loops, lost: lost)
    }

    private func stop(_ loops: [OwnerLoop<D>], lost: Bool) async {
        await withDiscardingTaskGroup { group in
            for loop in loops { group.addTask { await loop.stop(finishRound: !lost) } }
        }
    }

    // MARK: Health

    /// Where the owned partitions stand; asks no broker.
    public func statuses() async -> [OwnerStatus] {
        let loops = state.withLock { Array($0.running.values) }
        var all: [OwnerStatus] = []
        for loop in loops { all.append(await loop.status) }
        return all.sorted { $0.partition < $1.partition }
    }

    /// What `/readyz` shows: each partition with phase and lag, and why the runtime is not ready if it is not.
    public func health() async -> RuntimeHealth {
        let (loops, fault) = state.withLock { ($0.running.values.map { $0 }, $0.fault) }
        var partitions: [PartitionHealth] = []
        for loop in loops { partitions.append(await loop.health()) }
        partitions.sort { $0.status.partition < $1.status.partition }
        return RuntimeHealth(service: D.service.rawValue, fault: fault, partitions: partitions)
    }
}

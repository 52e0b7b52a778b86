import Contracts
import Logging
import Metrics
import Synchronization

/// Runs one owner in production: steps while there is work, waits for the log when there is none, backs off on faults.
final class OwnerLoop<D: Decider>: Sendable {
    private let owner: PartitionOwner<D>
    private let partition: Int32
    private let log: any Log
    private let membership: any Membership
    private let settings: RuntimeSettings
    private let logger: Logger
    private let state = Mutex(State())
    private let ended: (stream: AsyncStream<Void>, end: AsyncStream<Void>.Continuation)

    private struct State {
        var stopping = false
        var deadline: ContinuousClock.Instant?
        var wake: AsyncStream<Void>.Continuation?
    }

    init(
        _ owner: PartitionOwner<D>, partition: Int32, log: any Log, membership: any Membership,
        _ settings: RuntimeSettings, _ logger: Logger
    ) {
        self.owner = owner
        self.partition = partition
        self.log = log
        self.membership = membership
        self.settings = settings
        var logger = logger
        logger[metadataKey: "partition"] = .stringConvertible(partition)
        self.logger = logger
        let (stream, end) = AsyncStream<Void>.makeStream()
        ended = (stream, end)
    }

    func run() async {
        defer { ended.end.finish() }
        var pause = Duration.milliseconds(50)
        var committed = ContinuousClock.now
        var was = await owner.phase
        while await goesOn() {
            let outcome = await owner.step(settings.limits)
            let phase = await owner.phase
            if phase.name != was.name { report(phase, was) }
            was = phase
            switch outcome {
            case .worked: pause = .milliseconds(50)
            case .idle(let places):
                pause = .milliseconds(50)
                await waiting { await self.log.wait(for: places, atMost: self.settings.idle) }
            case .backOff(let why):
                logger.warning("Backing off", metadata: ["phase": .string(phase.name), "fault": .string(why)])
                let time = pause
                await waiting { try? await Task.sleep(for: time) }
                pause = min(pause * 2, .seconds(5))
            case .ended: return await release()
            }
            if phase == .live, ContinuousClock.now - committed > .seconds(1) {
                committed = ContinuousClock.now
                await showLag()
            }
        }
        await owner.stop()
        await release()
    }

    /// False once asked to stop and the round is finished, or patience is over: the log has all, the next owner goes on.
    private func goesOn() async -> Bool {
        let (stopping, deadline) = state.withLock { ($0.stopping, $0.deadline) }
        guard stopping else { return !Task.isCancelled }
        guard let deadline, ContinuousClock.now < deadline else { return false }
        return !(await owner.isBetweenRounds)
    }

    func stop(finishRound: Bool) async {
        let wake = state.withLock { state in
            state.stopping = true
            state.deadline = finishRound ? ContinuousClock.now + settings.patience : nil
            return state.wake
        }
        wake?.finish()
        // A step that hangs at the broker must not hold the shutdown up: what it leaves undone the next owner does.
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in self.ended.stream {} }
            group.addTask { try? await Task.sleep(for: self.settings.patience + .seconds(2)) }
            await group.next()
            group.cancelAll()
        }
    }

    /// A wait that ``stop(finishRound:)`` ends.
    private func waiting(_ work: @escaping @Sendable () async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            let (stream, end) = AsyncStream<Void>.makeStream()
            let stopped = state.withLock { state in
                if !state.stopping { state.wake = end }
                return state.stopping
            }
            if stopped { return }
            group.addTask { await work() }
            group.addTask { for await _ in stream {} }
            await group.next()
            group.cancelAll()
        }
    }

    private func release() async {
        for topic in Topic.partitioned { await log.release(topic, partition) }
    }

    private func report(_ phase: OwnerPhase, _ was: OwnerPhase) {
        switch phase {
        case .failed(let detail):
            logger.error("Partition stands still", metadata: ["fault": .string(detail)])
        case .live where was == .catchUp: logger.info("Partition live")
        case .start, .stopped: logger.info("Partition \(phase.name)")
        default: break
        }
    }

    private func showLag() async {
        _ = await membership.commit(partition, await owner.positions)
        let health = await health()
        guard let lag = health.lag else { return }
        Gauge(
            label: "caseloop_lag", dimensions: [("service", D.service.rawValue), ("partition", "\(partition)")]
        ).record(lag)
    }

    var status: OwnerStatus { get async { await owner.status } }

    func health() async -> PartitionHealth {
        let status = await owner.status
        let places = [
            (Topic.cases, status.done.cases), (Topic.commands, status.done.commands),
            (Topic.reports, D.takesReports ? status.done.reports : Int64.max),
        ]
        var lag: Int64? = 0
        for (topic, done) in places {
            guard let high = try? await log.watermarks(topic, partition).high else {
                lag = nil
                break
            }
            lag = lag.map { $0 + max(high - done, 0) }
        }
        return PartitionHealth(status: status, lag: lag)
    }
}

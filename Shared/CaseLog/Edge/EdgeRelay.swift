import Foundation
public import Logging
import Metrics
public import ServiceLifecycle
import Synchronization

/// Publishes what the edge has taken, in order, for as long as it takes. What the broker refuses for good stands aside.
///
/// Of a run of rows the sealed records go first and are acknowledged before the first report is sent, so that nobody
/// ever reads a report whose token leads nowhere. The log may be away for hours: the relay keeps asking.
public struct EdgeRelay<Time: Clock<Duration>>: Service {
    private let store: EdgeStore
    let log: any Log
    private let clock: Time
    private let settings: EdgeRelaySettings
    private let logger: Logger

    /// Creates the relay of one store; a store has one relay.
    public init(
        store: EdgeStore, log: any Log, clock: Time, settings: EdgeRelaySettings = .init(), logger: Logger
    ) {
        self.store = store
        self.log = log
        self.clock = clock
        self.settings = settings
        self.logger = logger
    }

    /// Runs until shutdown; then publishes what it can before the deadline. What is left stays on disk.
    public func run() async throws {
        let (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        store.tally.withLock { $0.wake = wake }
        defer { store.tally.withLock { $0.wake = nil } }
        wake.yield()
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask { await relay(wakes) }
                group.addTask { await keepHouse(wake) }
                group.addTask { await checkpoints() }
            }
        }
        await drain(until: clock.now.advanced(by: settings.drainTimeout))
    }

    /// Publishes one run of rows; returns how many.
    func step() async throws -> Int {
        let released = try await store.releasedRows()
        if !released.isEmpty { try await settle(publish(released)) }
        let rows = try await store.unpublished()
        guard let last = rows.last else { return released.count }
        try await settle(publish(rows))
        store.acknowledged(upTo: last.seq)
        return released.count + rows.count
    }

    /// Puts aside what the broker will never take, so that it holds up nothing.
    private func settle(_ outcome: RelayOutcome) async throws {
        try await store.letGo(outcome.sent)
        guard !outcome.refused.isEmpty else { return }
        try await store.hold(outcome.refused)
        for (seq, why) in outcome.refused {
            logger.error(
                "the broker refuses an edge row for good, it is held: caseloop held list",
                metadata: ["row": "\(seq)", "error": "\(why)"])
        }
    }

    private func relay(_ wakes: AsyncStream<Void>) async {
        var backoff = Backoff(first: settings.firstBackoff, longest: settings.longestBackoff)
        for await _ in wakes {
            var published = 1
            while published > 0 && !Task.isCancelled {
                do {
                    published = try await step()
                    backoff.succeeded()
                } catch {
                    if Task.isCancelled { return }
                    report(error, attempt: backoff.attempt)
                    try? await clock.sleep(for: backoff.failed())
                }
            }
        }
    }

    /// Once in a while: gauges, pruning, and a wake-up in case one was lost.
    private func keepHouse(_ wake: AsyncStream<Void>.Continuation) async {
        var sincePrune = Duration.zero
        while (try? await clock.sleep(for: settings.tick)) != nil {
            wake.yield()
            EdgeMetrics.record(store.outbox(), now: store.now())
            sincePrune += settings.tick
            guard sincePrune >= settings.pruneEvery else { continue }
            sincePrune = .zero
            do { try await store.prune() } catch {
                logger.warning("edge rows not pruned", metadata: ["error": "\(type(of: error))"])
            }
        }
        wake.finish()
    }

    /// Keeps the write-ahead log short while reports come in.
    private func checkpoints() async {
        var seen = 0
        while (try? await clock.sleep(for: settings.checkpointEvery)) != nil {
            let commits = store.outbox().commits
            guard commits != seen else { continue }
            seen = commits
            do { try await store.checkpoint.run() } catch {
                logger.debug("write-ahead log not moved", metadata: ["error": "\(error)"])
            }
        }
    }

    private func drain(until deadline: Time.Instant) async {
        do {
            while clock.now < deadline, !Task.isCancelled, try await step() > 0 {}
        } catch {
            report(error, attempt: 0)
        }
        let left = store.outbox().pending
        if left > 0 { logger.notice("edge rows left for the next start", metadata: ["rows": "\(left)"]) }
    }

    private func report(_ error: any Error, attempt: Int) {
        store.tally.withLock { $0.stuck(because: String(describing: error)) }
        logger.warning(
            "edge rows not published, will try again",
            metadata: ["error": "\(error)", "attempt": "\(attempt)", "pending": "\(store.outbox().pending)"])
    }
}

/// How patient the relay is.
public struct EdgeRelaySettings: Sendable, Equatable {
    /// Wait after the first failure; doubled after each further one.
    public var firstBackoff: Duration = .milliseconds(100)
    /// Longest wait between two attempts.
    public var longestBackoff: Duration = .seconds(5)
    /// How often gauges are set and a lost wake-up is made good.
    public var tick: Duration = .seconds(1)
    /// How often published rows are looked through for old ones.
    public var pruneEvery: Duration = .seconds(60)
    /// How often the write-ahead log is moved into the file.
    public var checkpointEvery: Duration = .milliseconds(100)
    /// How long a shutdown may publish what is left.
    public var drainTimeout: Duration = .seconds(3)

    /// The defaults.
    public init() {}
}

/// Doubling waits, a pure value.
struct Backoff: Equatable {
    let first: Duration
    let longest: Duration
    private(set) var attempt = 0

    init(first: Duration, longest: Duration) {
        self.first = first
        self.longest = longest
    }

    mutating func succeeded() { attempt = 0 }

    /// How long to wait after this failure.
    mutating func failed() -> Duration {
        attempt += 1
        return min(longest, first * (1 << min(attempt - 1, 16)))
    }
}

/// The edge's gauges and counters, under the names the dashboard knows.
enum EdgeMetrics {
    static func record(_ outbox: EdgeOutbox, now: Int64) {
        Gauge(label: "caseloop_edge_pending_rows").record(outbox.pending)
        let age = outbox.oldestAcceptedAt.map { max(0, now - $0) } ?? 0
        Gauge(label: "caseloop_edge_oldest_unpublished_seconds").record(Double(age) / 1000)
        Gauge(label: "caseloop_edge_held_rows").record(outbox.held)
        Gauge(label: "caseloop_edge_disk_used_bytes").record(outbox.usedBytes)
        Gauge(label: "caseloop_edge_disk_budget_bytes").record(outbox.diskBudget)
        Gauge(label: "caseloop_edge_commits").record(outbox.commits)
        Gauge(label: "caseloop_edge_accepted").record(outbox.accepted)
        Gauge(label: "caseloop_edge_unavailable").record(outbox.unavailable)
    }
}

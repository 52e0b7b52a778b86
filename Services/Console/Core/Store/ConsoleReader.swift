import CaseLog
import Contracts
public import Governance
import Logging
import Metrics
import ServiceKit
public import ServiceLifecycle
import Synchronization

/// How old the read model is 数据截至.
public struct Freshness: Sendable, Equatable {
    /// The last moment at which nothing was left to read; nil before the first time.
    public var asOf: Instant?
    /// Records of `cases` still to read, by partition.
    public var lag: [Int32: Int64] = [:]
    /// Why nothing is read, if that is so.
    public var trouble: String?
}

/// Follows `cases` and `reports` over all partitions, without a group, into the store.
public final class ConsoleReader: Service {
    private let log: any Log
    private let store: ConsoleStore
    private let live: Broadcaster
    private let time: any TimeSource
    private let logger: Logger
    private let state = Mutex(Freshness(trouble: "not started"))

    /// A reader; ``run()`` reads until shutdown.
    init(log: any Log, store: ConsoleStore, live: Broadcaster, time: any TimeSource = SystemTime(), logger: Logger) {
        self.log = log
        self.store = store
        self.live = live
        self.time = time
        self.logger = logger
    }

    /// How old the data is.
    public var freshness: Freshness { state.withLock { $0 } }

    /// Reads until the shutdown begins; faults are backed off from, a log that is not the store's own is folded anew.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var pause = Duration.milliseconds(100)
            while !Task.isCancelled {
                do {
                    try await self.follow { pause = .milliseconds(100) }
                } catch is CancellationError {
                    return
                } catch {
                    await self.recover(from: error)
                    try? await Task.sleep(for: pause)
                    pause = min(pause * 2, .seconds(5))
                }
            }
        }
    }

    private func recover(from error: any Error) async {
        logger.warning("read model not fed", metadata: [LogKey.error: "\(error)"])
        state.withLock { $0.trouble = "\(error)" }
        guard let error = error as? StoreError, error.reason == .otherLog || error.reason == .hole else { return }
        logger.warning("the log is not the read model's own: folding it anew", metadata: [LogKey.error: "\(error)"])
        do { try await store.startAnew() } catch {
            logger.error("read model not emptied", metadata: [LogKey.error: "\(error)"])
        }
    }

    private func follow(_ progressed: () -> Void) async throws {
        var tail = try await LogTail(log, from: store.positions())
        var reports = try await ReportTail(log, from: store.reportPositions())
        var told = ContinuousClock.now - .seconds(60)
        var owes = true
        while !Task.isCancelled {
            let batches = try await tail.poll(max: 1000)
            let accepted = try await reports.poll(max: 1000)
            if !batches.isEmpty || !accepted.isEmpty {
                try await store.apply(batches, reports: accepted)
                owes = true
                for batch in batches where batch.void > 0 {
                    Counter(label: "caseloop_void_records_total", dimensions: [("service", "console")])
                        .increment(by: batch.void)
                }
            } else {
                state.withLock { $0 = Freshness(asOf: time.now(), lag: [:], trouble: nil) }
            }
            progressed()
            if ContinuousClock.now - told > .seconds(1) {
                told = ContinuousClock.now
                try await measure(tail)
                // One event a second at most, and none when nothing changed.
                if owes { live.send(ServerEvent(kind: "changed", data: "\(time.now())")) }
                owes = false
            }
            if batches.isEmpty, accepted.isEmpty { await tail.wait(atMost: .milliseconds(500)) }
        }
    }

    private func measure(_ tail: LogTail) async throws {
        let lag = try await tail.lag()
        state.withLock {
            $0.lag = lag
            if $0.asOf != nil { $0.trouble = nil }
        }
        for (partition, count) in lag {
            Gauge(label: "caseloop_lag", dimensions: [("service", "console"), ("partition", "\(partition)")])
                .record(count)
        }
    }
}

/// Follows `reports`, which is kept for 30 days only: what is gone is passed over.
struct ReportTail: Sendable {
    private let log: any Log
    private(set) var positions: [Int32: ConsoleStore.ReportPosition] = [:]

    /// A tail from these positions on.
    /// - Throws: ``StoreError`` when a position lies behind the end: another cluster.
    init(_ log: any Log, from kept: [Int32: ConsoleStore.ReportPosition]) async throws {
        self.log = log
        for partition in 0..<(try await log.partitionCount(Topic.reports)) {
            var position = kept[partition] ?? ConsoleStore.ReportPosition()
            let ends = try await log.watermarks(Topic.reports, partition)
            guard position.cursor <= ends.high else {
                throw StoreError(
                    .otherLog,
                    "\(Topic.reports)/\(partition) ends at \(ends.high), the store stands at \(position.cursor)")
            }
            if position.cursor < ends.low { position.cursor = ends.low }
            positions[partition] = position
        }
    }

    mutating func poll(max: Int) async throws -> [ReportBatch] {
        var batches: [ReportBatch] = []
        for partition in positions.keys.sorted() {
            guard var position = positions[partition] else { continue }
            let entries = try await log.read(Topic.reports, partition, from: position.cursor, max: max)
            guard let last = entries.last else { continue }
            position.cursor = last.offset + 1
            positions[partition] = position
            batches.append(
                ReportBatch(
                    partition: partition, appeals: entries.compactMap { Self.appeal($0.message) }, position: position))
        }
        return batches
    }

    /// What is no report is not ours to judge: Triage parks it.
    private static func appeal(_ message: Message) -> Appeal? {
        guard let input = try? InputEnvelope(message) else { return nil }
        let report: Report? = try? input.element.body()
        return report?.appeal
    }
}

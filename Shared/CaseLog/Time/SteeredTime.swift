import Contracts
public import Governance
public import Logging
public import ServiceLifecycle
import Synchronization

/// The clock that the topic `clock` steers: the newest instant it was ever set to. It never goes back: a record with an
/// earlier instant than one before it changes nothing.
public final class SteeredTime: TimeSource, Service {
    private let log: any Log
    private let logger: Logger
    private let newest: Mutex<Instant>
    private let next: Int64

    private init(_ log: any Log, _ first: Instant, next: Int64, _ logger: Logger) {
        self.log = log
        self.logger = logger
        self.next = next
        newest = Mutex(first)
    }

    /// The clock as soon as it has been set for the first time: before that nothing may be decided.
    /// - Throws: ``LogFault`` when there is no topic `clock`; `CancellationError`.
    public static func attach(_ log: any Log, logger: Logger) async throws -> SteeredTime {
        var told = ContinuousClock.now
        while true {
            switch await look(log) {
            case .success((let now?, let next)): return SteeredTime(log, now, next: next, logger)
            case .success((nil, let next)):
                await log.wait(for: [LogPlace(Topic.clock, ClockRecord.partition, next)], atMost: .milliseconds(500))
            case .failure(let fault) where fault.remedy == .retry: try await Task.sleep(for: .milliseconds(200))
            case .failure(let fault): throw fault
            }
            try Task.checkCancellation()
            guard ContinuousClock.now - told > .seconds(5) else { continue }
            told = .now
            logger.warning("the steered clock has not been set yet: caseloop clock set INSTANT")
        }
    }

    private static func look(_ log: any Log) async -> Result<(Instant?, Int64), LogFault> {
        do throws(LogFault) {
            let from = try await log.watermarks(Topic.clock, ClockRecord.partition).low
            return .success(try await read(log, from: from))
        } catch { return .failure(error) }
    }

    public func now() -> Instant { newest.withLock { $0 } }

    /// Nobody's clock is off: all follow the same records.
    public func skew() -> Duration { .zero }

    /// Follows the clock until the shutdown begins.
    public func run() async throws {
        try await cancelWhenGracefulShutdown {
            do { try await self.follow() } catch is CancellationError {}
        }
    }

    private func follow() async throws {
        var next = next
        while true {
            try Task.checkCancellation()
            do throws(LogFault) {
                let (found, after) = try await Self.read(log, from: next)
                next = after
                if let found, set(found) { logger.debug("clock set", metadata: ["now": "\(found)"]) }
                await log.wait(for: [LogPlace(Topic.clock, ClockRecord.partition, next)], atMost: .milliseconds(500))
            } catch {
                logger.warning("the clock cannot be read", metadata: ["fault": "\(error.detail)"])
                try await Task.sleep(for: .milliseconds(500))
            }
        }
    }

    /// - Returns: whether it moved.
    private func set(_ instant: Instant) -> Bool {
        newest.withLock { newest in
            defer { newest = max(newest, instant) }
            return instant > newest
        }
    }

    /// The latest instant of the records from there on, and the offset after them.
    private static func read(_ log: any Log, from: Int64) async throws(LogFault) -> (Instant?, Int64) {
        var latest: Instant?
        var next = from
        while let entries = try await some(log, next) {
            for entry in entries {
                guard let record = ClockRecord(entry.message) else { continue }
                latest = max(latest ?? record.now, record.now)
            }
            next = (entries.last?.offset ?? next) + 1
        }
        return (latest, next)
    }

    private static func some(_ log: any Log, _ from: Int64) async throws(LogFault) -> [LogEntry]? {
        let entries = try await log.read(Topic.clock, ClockRecord.partition, from: from, max: 1000)
        return entries.isEmpty ? nil : entries
    }
}

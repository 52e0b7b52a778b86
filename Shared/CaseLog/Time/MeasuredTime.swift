import Contracts
public import Governance
public import Logging
import Metrics
public import ServiceLifecycle
import Synchronization

/// The clock of this machine, held against the broker's every half minute.
public final class MeasuredTime: TimeSource, Service {
    /// Sends one record and tells how late the broker has it; nil when there is nowhere to send it.
    public typealias Probe = @Sendable () async throws -> ClockSkew.Sample?

    /// Beyond this nobody ticks, see ``OwnerSettings/skewLimit``.
    private static let limit = Duration.seconds(2)

    private let probe: Probe
    private let every: Duration
    private let logger: Logger
    private let state = Mutex(ClockSkew())

    /// A clock; ``run()`` measures it.
    public init(every: Duration = .seconds(30), logger: Logger, probe: @escaping Probe) {
        self.every = every
        self.logger = logger
        self.probe = probe
    }

    public func now() -> Instant { Instant.systemNow() }

    public func skew() -> Duration {
        state.withLock { $0.value(wall: .systemNow(), steady: .now) }
    }

    /// Measures until the shutdown begins.
    public func run() async throws {
        try await cancelWhenGracefulShutdown {
            var wasOff = false
            while !Task.isCancelled {
                guard await self.measure() else { return try await Self.rest() }
                let skew = self.skew()
                let isOff = max(skew, .zero - skew) > Self.limit
                if isOff != wasOff { self.tell(skew, isOff) }
                wasOff = isOff
                Gauge(label: "caseloop_clock_skew_seconds").record(skew / .seconds(1))
                do { try await Task.sleep(for: self.every) } catch { return }
            }
        }
    }

    /// - Returns: false when it can never be measured here.
    private func measure() async -> Bool {
        do {
            guard let sample = try await probe() else { return false }
            state.withLock { $0.take(sample, at: .now) }
        } catch {
            logger.debug("the clock could not be measured", metadata: ["fault": "\(error)"])
        }
        return true
    }

    private func tell(_ skew: Duration, _ isOff: Bool) {
        let metadata: Logger.Metadata = ["seconds": "\(skew / .seconds(1))"]
        if isOff {
            logger.error("The clock is off the broker's, nothing ticks: set it by NTP", metadata: metadata)
        } else {
            logger.notice("The clock agrees with the broker's again", metadata: metadata)
        }
    }

    /// A part that ends would end the process.
    private static func rest() async throws {
        let (never, end) = AsyncStream<Never>.makeStream()
        for await _ in never {}
        _ = end
    }
}

import Foundation
public import Logging
public import ServiceLifecycle
import Synchronization
public import UnixSignals

/// Runs the parts of a process: started in the order of the list, stopped in the reverse one, each within its own time, the
/// whole under ten seconds.
public struct ServiceRunner: Sendable {
    /// One part.
    public struct Step: Sendable {
        let name: String
        let service: any Service
        let stopWithin: Duration

        /// A part that ends itself when it is asked to; after `stopWithin` it is cancelled.
        public init(_ name: String, _ service: any Service, stopWithin: Duration = .seconds(3)) {
            self.name = name
            self.service = service
            self.stopWithin = stopWithin
        }

        /// A part from a function that runs until the shutdown begins.
        public init(
            _ name: String, stopWithin: Duration = .seconds(3), _ run: @escaping @Sendable () async throws -> Void
        ) {
            self.init(name, ClosureService(body: run), stopWithin: stopWithin)
        }
    }

    let logger: Logger
    let total: Duration

    /// A runner; a process that is not done within `total` after its signal is ended.
    public init(logger: Logger, total: Duration = .milliseconds(9500)) {
        self.logger = logger
        self.total = total
    }

    /// Runs until a signal, or until a part fails.
    /// - Throws: what the part threw.
    public func run(_ steps: [Step], signals: [UnixSignal] = [.sigterm, .sigint]) async throws {
        var services = steps.map { step in
            ServiceGroupConfiguration.ServiceConfiguration(
                service: BoundedService(step: step, logger: logger),
                successTerminationBehavior: .gracefullyShutdownGroup,
                failureTerminationBehavior: .gracefullyShutdownGroup, serviceName: step.name)
        }
        // Last in the list, so the first to hear of the shutdown.
        let done = Done()
        defer { done.set() }
        services.append(
            .init(
                service: Watchdog(total: total, done: done, logger: logger), successTerminationBehavior: .ignore,
                serviceName: "watchdog"))
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: signals, logger: quiet)
        configuration.maximumGracefulShutdownDuration = total
        try await ServiceGroup(configuration: configuration).run()
    }

    /// The group's own lines are for those who look for them.
    private var quiet: Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }
}

/// A service from a function.
private struct ClosureService: Service {
    let body: @Sendable () async throws -> Void

    func run() async throws { try await body() }
}

/// A part that is cancelled when it takes too long to stop.
struct BoundedService: Service {
    let step: ServiceRunner.Step
    let logger: Logger

    func run() async throws {
        logger.debug("part started", metadata: ["part": "\(step.name)"])
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await step.service.run()
                return true
            }
            group.addTask {
                do {
                    try await gracefulShutdown()
                    try await Task.sleep(for: step.stopWithin)
                } catch is CancellationError {
                    return true
                }
                return false
            }
            defer { group.cancelAll() }
            // The first to end is the part itself or its time.
            if try await group.next() == false {
                logger.error("part did not stop in time", metadata: ["part": "\(step.name)"])
            }
        }
        logger.debug("part stopped", metadata: ["part": "\(step.name)"])
    }
}

/// Ends a process that does not end by itself: an orchestrator would kill it anyhow, without saying so in the log.
private struct Watchdog: Service {
    let total: Duration
    let done: Done
    let logger: Logger

    func run() async throws {
        try await gracefulShutdown()
        let (logger, total, done) = (logger, total, done)
        DispatchQueue.global().asyncAfter(deadline: .now() + total / .seconds(1)) {
            guard !done.isSet else { return }
            logger.critical("shutdown took too long, ending the process")
            exit(70)
        }
    }
}

/// Set when the whole group has ended.
private final class Done: Sendable {
    private let flag = Mutex(false)

    func set() { flag.withLock { $0 = true } }
    var isSet: Bool { flag.withLock { $0 } }
}

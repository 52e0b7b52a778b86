public import Foundation
public import Logging

/// The start of every executable: settings, logs, metrics, and an exit code that tells what happened.
public enum ServiceMain {
    /// What a service is wired from.
    public struct Start: Sendable {
        /// The settings, read once.
        public let settings: Settings
        /// The service's logger.
        public let logger: Logger
        /// Its readiness checks.
        public let health: Health
    }

    /// Version of this build, printed by `--version`.
    public static let version = "0.1.0"

    /// Runs a service and ends the process: 0 after a clean stop, 78 for bad settings, 64 for an unknown argument, 1 when a
    /// part failed.
    public static func run(
        _ service: String, arguments: [String] = CommandLine.arguments,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        _ body: (Start) async throws -> Void
    ) async -> Never {
        exit(await status(service, arguments: arguments, environment: environment, body))
    }

    static func status(
        _ service: String, arguments: [String], environment: [String: String], _ body: (Start) async throws -> Void
    ) async -> Int32 {
        switch arguments.dropFirst().first {
        case nil: break
        case "--help", "-h":
            print(Setting.help(service: service), terminator: "")
            return 0
        case "--version":
            print("\(service) \(version)")
            return 0
        case let argument?:
            complain("\(service): unknown argument \(argument); settings come from the environment, see --help")
            return 64
        }
        let settings: Settings
        do {
            settings = try Settings.read(service: service, environment: environment)
        } catch {
            complain("\(service): \(error)")
            return 78
        }
        Logs.bootstrap(service: service, level: settings.logLevel)
        ServiceMetrics.bootstrap()
        let logger = Logger(label: service)
        logger.info("starting", metadata: ["version": "\(version)", "settings": "\(settings)"])
        if !settings.ignored.isEmpty {
            logger.warning(
                "unknown settings ignored", metadata: ["names": "\(settings.ignored.joined(separator: " "))"])
        }
        do {
            try await body(Start(settings: settings, logger: logger, health: Health()))
            logger.info("stopped")
            return 0
        } catch {
            logger.critical("failed", metadata: [LogKey.error: "\(error)"])
            complain("\(service): \(error)")
            return 1
        }
    }

    private static func complain(_ text: String) {
        FileHandle.standardError.write(Data("\(text)\n".utf8))
    }
}

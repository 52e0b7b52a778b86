public import CaseLog
public import Contracts
import Kafka
import Logging
import ServiceLifecycle

/// The broker as one process holds it: the log, and membership of a group. Every executable opens one.
public struct Broker: Sendable {
    /// The log on the cluster.
    public let log: KafkaLog
    private let settings: KafkaSettings
    private let instance: String?
    private let logger: Logger

    /// Opens the clients; the cluster need not be there yet.
    public static func open(_ start: ServiceMain.Start) throws -> Broker {
        let settings = start.settings.kafka
        return Broker(
            log: try KafkaLog(settings: settings, logger: start.logger), settings: settings,
            instance: start.settings.instance, logger: start.logger)
    }

    /// Joins the group of a service. The membership is static only for a replica that was given a name, because a
    /// broker that does not know static members would wait for the ghost of each restart.
    public func membership(of service: ServiceName) throws -> any Membership {
        try KafkaMembership(group: service.rawValue, settings: settings, instanceId: instance, logger: logger)
    }

    /// Keeps the clients until all else has stopped: the first part of a process.
    public var part: ServiceRunner.Step {
        let log = log
        return ServiceRunner.Step("kafka", stopWithin: .seconds(3)) {
            let (waiting, end) = AsyncStream<Never>.makeStream()
            await withTaskCancellationOrGracefulShutdownHandler {
                for await _ in waiting {}
            } onCancelOrGracefulShutdown: {
                end.finish()
            }
            await log.close(within: .seconds(2))
        }
    }
}

public import CaseLog
import Contracts
import Governance
import Logging

/// The clock of one process: the machine's, held against the broker's, or the one that the topic `clock` steers.
/// Deadlines of the network and the expiry of tokens keep real time under either.
public struct ServiceClock: Sendable {
    /// What deciders, edges and read models take their `now` from.
    public let time: any TimeSource
    /// Whether it is steered.
    public let isSteered: Bool
    /// Keeps it going: runs before whatever asks for the time.
    public let part: ServiceRunner.Step

    /// The clock that the settings name. A steered one is waited for until it has been set once.
    /// - Throws: ``LogFault`` when a steered clock has no topic.
    public static func start(_ start: ServiceMain.Start, _ broker: Broker) async throws -> ServiceClock {
        let log = broker.log
        switch start.settings.clock {
        case .system:
            let time = MeasuredTime(logger: start.logger) { try await log.probeClock() }
            return ServiceClock(time: time, isSteered: false, part: ServiceRunner.Step("clock", time))
        case .steered:
            start.logger.warning("the clock is steered by a topic: for demonstrations and tests only")
            let time = try await SteeredTime.attach(log, logger: start.logger)
            return ServiceClock(time: time, isSteered: true, part: ServiceRunner.Step("clock", time))
        }
    }

    /// The runtime's settings under this clock. A steered one may stand still while one timer starts the next, so every
    /// look counts; and it moves without an entry in the topics that an owner waits for.
    func runtime(_ settings: RuntimeSettings) -> RuntimeSettings {
        guard isSteered else { return settings }
        var settings = settings
        settings.owner.tickEvery = .zero
        settings.idle = .milliseconds(50)
        return settings
    }

    /// What `/runtimez` shows of it.
    var view: RuntimeView.Clock {
        RuntimeView.Clock(
            source: isSteered ? .steered : .system, now: "\(time.now())", skewSeconds: time.skew() / .seconds(1))
    }
}

public import Governance

/// Time comes in: the system's clock, one steered by the topic `clock`, or a virtual one.
public protocol TimeSource: Sendable {
    /// The time now. It may stand still or go back.
    func now() -> Instant
    /// How far the clock is off the broker's, zero when that is not known. Beyond two seconds nobody ticks.
    func skew() -> Duration
}

/// The clock of this machine.
public struct SystemTime: TimeSource {
    /// The clock of this machine.
    public init() {}

    public func now() -> Instant { Instant.systemNow() }
    public func skew() -> Duration { .zero }
}

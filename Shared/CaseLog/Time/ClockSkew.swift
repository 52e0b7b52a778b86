public import Governance

/// How far this machine's clock is off the broker's, from one round trip at a time: a pure value.
///
/// A record carries the broker's time where its topic says so (LogAppendTime); then it must lie between sending and
/// acknowledgement, and what it lies outside is the skew. Where the topic keeps the producer's time, as LocalBroker always
/// does, it lies inside by itself: the skew stays zero. Between two measurements a step of the machine's clock shows
/// against the time since the last one.
public struct ClockSkew: Sendable, Equatable {
    /// One round trip.
    public struct Sample: Sendable, Equatable {
        /// Just before the record was sent.
        public var sent: Instant
        /// The time the record carries.
        public var stamped: Instant
        /// Just after it was acknowledged.
        public var acknowledged: Instant

        /// One round trip.
        public init(sent: Instant, stamped: Instant, acknowledged: Instant) {
            self.sent = sent
            self.stamped = stamped
            self.acknowledged = acknowledged
        }

        /// Our clock less the broker's, as far as the round trip proves it.
        var skew: Duration {
            if stamped < sent { return sent - stamped }
            if stamped > acknowledged { return acknowledged - stamped }
            return .zero
        }
    }

    private var measured: (skew: Duration, wall: Instant, steady: ContinuousClock.Instant)?

    /// Nothing is known yet.
    public init() {}

    /// Takes a measurement; `steady` is when it was acknowledged.
    public mutating func take(_ sample: Sample, at steady: ContinuousClock.Instant) {
        measured = (sample.skew, sample.acknowledged, steady)
    }

    /// Our clock less the broker's now; zero while nothing is known.
    public func value(wall: Instant, steady: ContinuousClock.Instant) -> Duration {
        guard let measured else { return .zero }
        let passed = steady - measured.steady
        return measured.skew + ((wall - measured.wall) - passed)
    }

    public static func == (left: ClockSkew, right: ClockSkew) -> Bool {
        left.measured?.skew == right.measured?.skew && left.measured?.wall == right.measured?.wall
            && left.measured?.steady == right.measured?.steady
    }
}

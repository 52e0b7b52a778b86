import CaseLog
import Contracts
import Governance
import Testing

/// On a broker whose topic keeps the producer's time, as LocalBroker's do; one that stamps by itself needs a real Kafka.
@Suite("How far a clock is off the broker's")
struct ClockProbeTests {
    @Test("A probe's time lies within its round trip, so that the skew is zero; probes set no clock")
    func inside() async throws {
        try await withLog(.kafka, [Topic.clock: 1]) { harness in
            let log = try #require(harness.log as? KafkaLog)
            for _ in 0..<2 {
                let sample = try #require(try await log.probeClock())
                #expect(sample.sent <= sample.acknowledged)
                var skew = ClockSkew()
                let now = ContinuousClock.now
                skew.take(sample, at: now)
                #expect(skew.value(wall: sample.acknowledged, steady: now) == .zero)
            }
            #expect(try await log.watermarks(Topic.clock, 0).high == 2)
        }
    }

    @Test("Without the topic nothing is measured")
    func missing() async throws {
        try await withLog(.kafka, ["t": 1]) { harness in
            let log = try #require(harness.log as? KafkaLog)
            #expect(try await log.probeClock() == nil)
        }
    }
}

import CoreMetrics
import Synchronization

/// A count that only grows.
final class PrometheusCounter: CounterHandler, FloatingPointCounterHandler {
    private let total = Mutex<Double>(0)

    func increment(by amount: Int64) { increment(by: Double(amount)) }

    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        total.withLock { $0 += amount }
    }

    func reset() { total.withLock { $0 = 0 } }
    var value: Double { total.withLock { $0 } }
}

/// A value that goes up and down.
final class PrometheusGauge: MeterHandler, RecorderHandler {
    private let current = Mutex<Double>(0)

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { current.withLock { $0 = value } }
    func increment(by amount: Double) { current.withLock { $0 += amount } }
    func decrement(by amount: Double) { current.withLock { $0 -= amount } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
    var value: Double { current.withLock { $0 } }
}

/// Counts of observations under fixed limits, and their sum.
final class PrometheusHistogram: TimerHandler, RecorderHandler {
    struct Snapshot: Equatable {
        var buckets: [UInt64]
        var sum: Double
        var count: UInt64
    }

    /// Upper limits in ascending order; the last bucket, without limit, is not among them.
    let limits: [Double]
    private let state: Mutex<Snapshot>

    /// From half a millisecond to ten seconds: what people and brokers notice.
    static let seconds: [Double] = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]
    /// Powers of four: sizes and counts.
    static let sizes: [Double] = [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576]

    init(limits: [Double]) {
        self.limits = limits
        state = Mutex(Snapshot(buckets: Array(repeating: 0, count: limits.count + 1), sum: 0, count: 0))
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard value.isFinite else { return }
        let bucket = limits.firstIndex { value <= $0 } ?? limits.count
        state.withLock {
            $0.buckets[bucket] += 1
            $0.sum += value
            $0.count += 1
        }
    }

    var snapshot: Snapshot { state.withLock { $0 } }
}

public import CoreMetrics
import Synchronization

/// The process's metrics: a factory behind swift-metrics that can print itself as Prometheus text.
public final class PrometheusRegistry: MetricsFactory {
    enum Instrument {
        case counter(PrometheusCounter)
        case gauge(PrometheusGauge)
        case histogram(PrometheusHistogram)
    }

    struct Series: Hashable {
        var name: String
        /// `{a="b"}` or nothing.
        var labels: String
    }

    private struct State {
        var series: [Series: Instrument] = [:]
        var collectors: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    /// An empty registry.
    public init() {}

    /// Calls `collect` before each print, for values that are looked up rather than reported (ages, sizes).
    public func collect(_ collect: @escaping @Sendable () -> Void) {
        state.withLock { $0.collectors.append(collect) }
    }

    var all: [Series: Instrument] {
        for collect in state.withLock({ $0.collectors }) { collect() }
        return state.withLock { $0.series }
    }

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        counter(label, dimensions)
    }

    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        counter(label, dimensions)
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauge(label, dimensions)
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        aggregate ? histogram(label, dimensions, PrometheusHistogram.sizes) : gauge(label, dimensions)
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        let name = label.hasSuffix("_seconds") ? label : "\(label)_seconds"
        return histogram(name, dimensions, PrometheusHistogram.seconds)
    }

    public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
    public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

    private func counter(_ label: String, _ dimensions: [(String, String)]) -> PrometheusCounter {
        let name = label.hasSuffix("_total") ? label : "\(label)_total"
        return make(name, dimensions, { if case .counter(let found) = $0 { found } else { nil } }) {
            let made = PrometheusCounter()
            return (made, .counter(made))
        }
    }

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> PrometheusGauge {
        make(label, dimensions, { if case .gauge(let found) = $0 { found } else { nil } }) {
            let made = PrometheusGauge()
            return (made, .gauge(made))
        }
    }

    private func histogram(
        _ label: String, _ dimensions: [(String, String)], _ limits: [Double]
    ) -> PrometheusHistogram {
        make(label, dimensions, { if case .histogram(let found) = $0 { found } else { nil } }) {
            let made = PrometheusHistogram(limits: limits)
            return (made, .histogram(made))
        }
    }

    /// The instrument of that name and labels. One name of two kinds would be refused by Prometheus: the second kind gets
    /// an instrument that is never printed.
    private func make<Handler: Sendable>(
        _ label: String, _ dimensions: [(String, String)], _ found: (Instrument) -> Handler?,
        _ made: () -> (Handler, Instrument)
    ) -> Handler {
        let series = Series(name: PrometheusText.name(label), labels: PrometheusText.labels(dimensions))
        return state.withLock { state in
            if let existing = state.series[series] {
                return found(existing) ?? made().0
            }
            let (handler, instrument) = made()
            state.series[series] = instrument
            return handler
        }
    }

    private func remove(_ handler: AnyObject) {
        state.withLock { state in
            state.series = state.series.filter { _, instrument in
                switch instrument {
                case .counter(let own): own !== handler
                case .gauge(let own): own !== handler
                case .histogram(let own): own !== handler
                }
            }
        }
    }
}

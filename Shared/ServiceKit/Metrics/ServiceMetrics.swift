import CoreMetrics
import Synchronization

/// Sets metrics up, once per process.
public enum ServiceMetrics {
    /// The process's registry, printed at `/metrics`.
    public static let registry = PrometheusRegistry()
    private static let done = Mutex(false)

    /// Installs the registry behind swift-metrics; a second call changes nothing.
    public static func bootstrap() {
        let first = done.withLock { done in
            defer { done = true }
            return !done
        }
        if first { MetricsSystem.bootstrap(registry) }
    }
}

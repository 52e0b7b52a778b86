import Contracts
import Metrics

/// What operations watch of an owner.
struct Meters: Sendable {
    private let voids: Counter
    private let dead: Counter
    private let latency: Metrics.Timer

    init(_ service: ServiceName, partition: Int32) {
        let labels = [("service", service.rawValue), ("partition", "\(partition)")]
        voids = Counter(label: "caseloop_void_records_total", dimensions: labels)
        dead = Counter(label: "caseloop_dead_letters_total", dimensions: labels)
        latency = Metrics.Timer(label: "caseloop_decide_seconds", dimensions: labels)
    }

    func void(_ count: Int) { if count > 0 { voids.increment(by: Int64(count)) } }
    func deadLetter() { dead.increment() }

    /// Measures one round's deciding.
    func deciding<Result>(_ work: () throws -> Result) rethrows -> Result {
        let start = ContinuousClock.now
        defer { latency.recordNanoseconds((ContinuousClock.now - start).nanoseconds) }
        return try work()
    }
}

extension Duration {
    /// Whole nanoseconds.
    var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}

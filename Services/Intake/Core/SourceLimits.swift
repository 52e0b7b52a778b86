import Synchronization

/// How many reports each source may send a minute 信息源限流. A source that sends more is told when to come again; no other
/// source waits for it.
///
/// A bucket per source: it holds a minute's worth, so that a burst after a silence is taken, and fills steadily.
public final class SourceLimits: Sendable {
    private struct Bucket {
        var left: Double
        var at: ContinuousClock.Instant
    }

    private let buckets = Mutex<[String: Bucket]>([:])

    /// No source has sent anything yet.
    public init() {}

    /// Takes one report of a source.
    /// - Parameter perMinute: its limit; nil = none.
    /// - Returns: nil when it may pass, else how long it must wait.
    func take(_ source: String, perMinute: Int?, now: ContinuousClock.Instant = .now) -> Duration? {
        guard let perMinute, perMinute > 0 else { return nil }
        let most = Double(perMinute)
        return buckets.withLock { buckets in
            var bucket = buckets[source] ?? Bucket(left: most, at: now)
            let passed = max((now - bucket.at) / .seconds(1), 0)
            // A limit that was changed holds from now on.
            bucket.left = min(bucket.left + passed * most / 60, most)
            bucket.at = now
            defer { buckets[source] = bucket }
            guard bucket.left < 1 else {
                bucket.left -= 1
                return nil
            }
            return .seconds((1 - bucket.left) * 60 / most)
        }
    }
}

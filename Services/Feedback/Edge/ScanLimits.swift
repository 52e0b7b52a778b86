import Governance
import Synchronization

/// How much one code, and one address at a code, may send (domain.md §5: flooding one code is limited without blocking others).
final class ScanLimits: Sendable {
    /// A bucket that fills again with time.
    private struct Bucket {
        var left: Double
        var at: Instant
    }

    /// What a bucket holds, and how fast it fills.
    struct Rate: Sendable {
        var burst: Double
        var perMinute: Double
    }

    /// Of one code 【ours】.
    static let code = Rate(burst: 60, perMinute: 30)
    /// Of one address at one code: many phones share an address, so it is not held against them elsewhere 【ours】.
    static let peer = Rate(burst: 6, perMinute: 3)
    /// Buckets kept; when there are more, the full ones are forgotten.
    private static let most = 20_000

    private let buckets = Mutex<[String: Bucket]>([:])

    init() {}

    /// Whether a form may be taken now; if so, it counts.
    func admits(code: String, peer: String?, now: Instant) -> Bool {
        buckets.withLock { buckets in
            if buckets.count > Self.most {
                buckets = buckets.filter { Self.filled($0.value, Self.peer, now) < Self.peer.burst }
            }
            let own = "\(code) \(peer ?? "-")"
            let (all, mine) = (Self.left(buckets[code], Self.code, now), Self.left(buckets[own], Self.peer, now))
            guard all >= 1, mine >= 1 else { return false }
            buckets[code] = Bucket(left: all - 1, at: now)
            buckets[own] = Bucket(left: mine - 1, at: now)
            return true
        }
    }

    private static func left(_ bucket: Bucket?, _ rate: Rate, _ now: Instant) -> Double {
        bucket.map { filled($0, rate, now) } ?? rate.burst
    }

    private static func filled(_ bucket: Bucket, _ rate: Rate, _ now: Instant) -> Double {
        let minutes = Double(max(0, (now - bucket.at).wholeMilliseconds)) / 60_000
        return min(rate.burst, bucket.left + minutes * rate.perMinute)
    }
}

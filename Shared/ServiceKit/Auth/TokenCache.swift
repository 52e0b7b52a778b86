import Governance
import Synchronization

/// Tokens whose signature was checked already: a source that reports a thousand times a second sends the same token each
/// time, and a signature costs more than everything else about a report. Expiry is still looked at every time.
final class TokenCache: Sendable {
    struct Known: Sendable {
        var actor: Actor
        /// Milliseconds since 1970.
        var expires: Int64
    }

    private let most: Int
    private let known = Mutex<[String: Known]>([:])

    init(most: Int = 1_000) { self.most = most }

    func find(_ token: String) -> Known? { known.withLock { $0[token] } }

    /// Only what was verified may be kept. A full cache starts over: nobody can push one token out on purpose for long.
    func keep(_ token: String, _ entry: Known) {
        known.withLock { known in
            if known.count >= most { known.removeAll(keepingCapacity: true) }
            known[token] = entry
        }
    }
}

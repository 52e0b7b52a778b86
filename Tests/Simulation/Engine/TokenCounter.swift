import Synchronization

/// Tokens that are new each time and the same in each run.
final class TokenCounter: Sendable {
    private let count = Mutex(0)
    private let stem: String

    init(_ stem: String) { self.stem = stem }

    func next() -> String {
        count.withLock {
            $0 += 1
            return "\(stem)\($0)"
        }
    }
}

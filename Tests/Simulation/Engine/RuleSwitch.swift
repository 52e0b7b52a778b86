import Synchronization

/// A rule that fails on some causes, as a bug of a rule author would.
package struct RuleBug: Error, CustomStringConvertible {
    package var cause: String

    package init(cause: String) { self.cause = cause }

    package var description: String { "rule bug at \(cause)" }
}

/// What one instance's code does at the moment: which causes its rule fails on, until it is mended; and how far the
/// instance looked into the log at its last tick (the high watermark it took), so that a warning can be judged by it.
package final class RuleSwitch: Sendable {
    private struct State {
        var modulus: UInt64 = 0
        var read: [Int] = [0, 0, 0]
        /// The clock was asked in this step: the high watermark that is taken next is the tick's.
        var ticks = false
    }
    private let state = Mutex(State())

    package init() {}

    package enum Trouble { case none, throwing, poison }

    package func setModulus(_ modulus: Int) { state.withLock { $0.modulus = UInt64(modulus) } }

    /// A step begins: watermarks are taken for other reasons than ticks, too.
    package func stepBegins() { state.withLock { $0.ticks = false } }

    package func clockAsked() { state.withLock { $0.ticks = true } }

    package func noteRead(_ watermark: Int, partition: Int) {
        state.withLock {
            if $0.ticks { $0.read[partition] = watermark }
            $0.ticks = false
        }
    }

    package func read(_ partition: Int) -> Int { state.withLock { $0.read[partition] } }

    /// Two forms of a bug: the rule throws, or it decides a fact that no store can evolve.
    package func trouble(_ service: String, _ cause: String) -> Trouble {
        let modulus = state.withLock { $0.modulus }
        guard modulus > 0 else { return .none }
        let hash = stableHash(service + cause)
        guard hash % modulus == 0 else { return .none }
        return hash / modulus % 2 == 0 ? .throwing : .poison
    }
}

public import Governance
import Synchronization

/// What a service still lacks before it can do its work 就绪检查. Parts register a check when they are wired and the
/// answer is looked up at each question.
public final class Health: Sendable {
    /// Answer of one check.
    public enum State: Sendable, Equatable {
        /// Nothing is missing.
        case ready
        /// What is missing and why.
        case missing(Wording)

        /// What is missing and why, in both languages.
        public static func missing(zh: String, en: String) -> State { .missing(Wording(zh: zh, en: en)) }
    }

    private let checks = Mutex<[(name: String, check: @Sendable () async -> State)]>([])

    /// A registry without checks: ready.
    public init() {}

    /// Adds a check; names are shown by `/readyz`.
    public func add(_ name: String, _ check: @escaping @Sendable () async -> State) {
        checks.withLock { $0.append((name, check)) }
    }

    /// A flag that is missing until it is set, for what happens once (the store is open, the claim was read back).
    public func flag(_ name: String, missing: Wording) -> HealthFlag {
        let flag = HealthFlag(missing: missing)
        add(name) { flag.state }
        return flag
    }

    /// All answers, in the order the checks were added.
    public func states() async -> [(name: String, state: State)] {
        var states: [(String, State)] = []
        for (name, check) in checks.withLock({ $0 }) { states.append((name, await check())) }
        return states
    }
}

/// See ``Health/flag(_:missing:)``.
public final class HealthFlag: Sendable {
    private let current: Mutex<Health.State>

    init(missing: Wording) { current = Mutex(.missing(missing)) }

    /// The answer now.
    public var state: Health.State { current.withLock { $0 } }

    /// Changes the answer.
    public func set(_ state: Health.State) { current.withLock { $0 = state } }
}

public import Governance
import Synchronization

/// What a service still lacks before it can do its work 就绪检查. Parts register a check when they are wired and the
/// answer is looked up at each question.
public final class Health: Sendable {
    /// Answer of one check.
    public enum State: Sendable, Equatable {
        /// Nothing is missing.
        case ready
        /// Ready, with something an operator should see to.
        case noted(Wording)
        /// What is missing and why.
        case missing(Wording)

        /// Ready, with a word to the operator, in both languages.
        public static func noted(zh: String, en: String) -> State { .noted(Wording(zh: zh, en: en)) }

        /// What is missing and why, in both languages.
        public static func missing(zh: String, en: String) -> State { .missing(Wording(zh: zh, en: en)) }
    }

    private let checks = Mutex<[(name: String, check: @Sendable () async -> State)]>([])

    private let shown = Mutex<Shown>(Shown())

    private struct Shown {
        var clock: (@Sendable () -> RuntimeView.Clock)?
        var partitions: @Sendable () async -> [RuntimeView.Partition] = { [] }
        var pending: (@Sendable () -> Int)?
    }

    /// A registry without checks: ready.
    public init() {}

    /// What `/runtimez` shows of the clock.
    public func show(_ clock: ServiceClock) { shown.withLock { $0.clock = { clock.view } } }

    /// What `/runtimez` shows of a decider's partitions.
    public func show(partitions: @escaping @Sendable () async -> [RuntimeView.Partition]) {
        shown.withLock { $0.partitions = partitions }
    }

    /// What `/runtimez` shows of an edge: rows that the log has not acknowledged yet.
    public func showPending(_ pending: @escaping @Sendable () -> Int) { shown.withLock { $0.pending = pending } }

    /// What is shown now.
    func view(of service: String) async -> RuntimeView {
        let shown = shown.withLock { $0 }
        // The clock last: whatever the partitions looked at was not later.
        let partitions = await shown.partitions()
        return RuntimeView(service: service, clock: shown.clock?(), partitions: partitions, pending: shown.pending?())
    }

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

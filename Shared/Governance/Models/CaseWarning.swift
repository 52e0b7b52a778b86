/// A risk warning 风险预警 of a case with what became of it (domain.md §3.2: 触发→确认→处置→解除|误报).
public struct CaseWarning: Hashable, Sendable, Codable {
    /// How far it is.
    public enum State: String, CaseIterable, Sendable, Codable {
        /// 触发
        case raised
        /// 确认: somebody took it on, it is being handled
        case confirmed
        /// 解除
        case resolved
        /// 误报
        case falseAlarm
    }

    /// ``RiskWatch/name``: one a case.
    public var name: String
    /// How far it is.
    public var state: State
    /// When it was raised last.
    public var raisedAt: Instant

    /// A warning just raised.
    public init(name: String, raisedAt: Instant) {
        self.name = name
        self.raisedAt = raisedAt
        state = .raised
    }

    /// Somebody still has to look at it.
    public var isOpen: Bool { state == .raised || state == .confirmed }
}

extension TriageColumns {
    /// The warning of that name; nil when it was never raised.
    public func warning(_ name: String) -> CaseWarning? { warnings?.first { $0.name == name } }

    /// The warnings that wait for a confirmation, the newest first.
    public var warningsToConfirm: [CaseWarning] { newestWarnings.filter { $0.state == .raised } }

    /// The warnings that are not cleared, the newest first.
    public var openWarnings: [CaseWarning] { newestWarnings.filter(\.isOpen) }

    private var newestWarnings: [CaseWarning] {
        (warnings ?? []).sorted { ($1.raisedAt, $0.name) < ($0.raisedAt, $1.name) }
    }

    /// Raised: again, if it was cleared before.
    public mutating func raise(_ warning: CaseWarning) {
        warnings = (warnings ?? []).filter { $0.name != warning.name } + [warning]
    }

    /// A step of the warning of that name.
    public mutating func moveWarning(_ name: String, to state: CaseWarning.State) {
        warnings = warnings.map { all in
            all.map { one in
                var one = one
                if one.name == name { one.state = state }
                return one
            }
        }
    }
}

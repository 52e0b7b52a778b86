public import Governance

/// Take a risk warning on.
public struct ConfirmWarning: CasePayload {
    public static let type = "warning.confirm"
    /// The case.
    public var number: CaseNumber
    /// Name of the warning within the case; the newest that waits when left out.
    public var warning: String?
    /// What is done about it.
    public var note: String?

    /// Creates the payload.
    public init(number: CaseNumber, warning: String? = nil, note: String? = nil) {
        self.number = number
        self.warning = warning
        self.note = note
    }
}

/// End a risk warning: the risk is gone, or there was none.
public struct ClearWarning: CasePayload {
    public static let type = "warning.clear"
    /// The case.
    public var number: CaseNumber
    /// Name of the warning within the case; the newest that is open when left out.
    public var warning: String?
    /// How it ended.
    public var outcome: WarningOutcome
    /// Why.
    public var reason: String

    /// Creates the payload.
    public init(number: CaseNumber, warning: String? = nil, outcome: WarningOutcome, reason: String) {
        self.number = number
        self.warning = warning
        self.outcome = outcome
        self.reason = reason
    }
}

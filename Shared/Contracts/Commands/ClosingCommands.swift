public import Governance

/// Verify that it is done.
public struct VerifyCase: CasePayload {
    public static let type = "case.verify"
    /// The case.
    public var number: CaseNumber
    /// What you saw.
    public var note: String?

    /// Creates the payload.
    public init(number: CaseNumber, note: String? = nil) {
        self.number = number
        self.note = note
    }
}

/// Reject the report that it is done.
public struct RejectCase: CasePayload {
    public static let type = "case.reject"
    /// The case.
    public var number: CaseNumber
    /// What is missing.
    public var reason: String

    /// Creates the payload.
    public init(number: CaseNumber, reason: String) {
        self.number = number
        self.reason = reason
    }
}

/// Withdraw or terminate the case.
public struct WithdrawCase: CasePayload {
    public static let type = "case.withdraw"
    /// The case.
    public var number: CaseNumber
    /// Why; told to the reporter.
    public var reason: String

    /// Creates the payload.
    public init(number: CaseNumber, reason: String) {
        self.number = number
        self.reason = reason
    }
}

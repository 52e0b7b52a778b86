public import Governance

/// 核实: somebody outside the unit saw that it is done.
public struct CaseVerified: CasePayload {
    public static let type = "case.verified"
    /// The case.
    public var number: CaseNumber
    /// Number of the order: the case number and the round, `…-1`.
    public var order: String
    /// What he saw.
    public var note: String?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, order: String, note: String? = nil, at: Instant, basis: Basis) {
        self.number = number
        self.order = order
        self.note = note
        self.at = at
        self.basis = basis
    }
}

/// 核实 failed: back to 处置中.
public struct CaseRejected: CasePayload {
    public static let type = "case.rejected"
    /// The case.
    public var number: CaseNumber
    /// Number of the order: the case number and the round, `…-1`.
    public var order: String
    /// What is missing.
    public var reason: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, order: String, reason: String, at: Instant, basis: Basis) {
        self.number = number
        self.order = order
        self.reason = reason
        self.at = at
        self.basis = basis
    }
}

/// 撤回·终止: orders are cancelled, the reporter is told why.
public struct CaseWithdrawn: CasePayload {
    public static let type = "case.withdrawn"
    /// The case.
    public var number: CaseNumber
    /// Why; told to the reporter.
    public var reason: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, reason: String, at: Instant, basis: Basis) {
        self.number = number
        self.reason = reason
        self.at = at
        self.basis = basis
    }
}

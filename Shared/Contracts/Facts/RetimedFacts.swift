public import Governance

/// 改判重算: the case was assessed anew while its order is out; the clocks run from the first start (domain.md §3.3), both dues kept.
public struct OrderRetimed: CasePayload {
    public static let type = "order.retimed"
    /// The case.
    public var number: CaseNumber
    /// Number of the order: the case number and the round, `…-1`.
    public var order: String
    /// All clocks of the order as they are now.
    public var clocks: [Deadline]
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, order: String, clocks: [Deadline], at: Instant, basis: Basis) {
        self.number = number
        self.order = order
        self.clocks = clocks
        self.at = at
        self.basis = basis
    }
}

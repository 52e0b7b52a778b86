public import Governance

/// 转调解: voluntary (domain.md rows 77, 78).
public struct MediationReferred: CasePayload {
    public static let type = "mediation.referred"
    /// The case.
    public var number: CaseNumber
    /// Number of the order: the case number and the round, `…-1`.
    public var order: String
    /// Who mediates: a committee, or the panel of experts.
    public var to: String
    /// The panel; nil when a committee mediates.
    public var panel: MediationPanel?
    /// Names of the points in dispute that the panel was put together for.
    public var points: [String]?
    /// Who agreed to it; nil on what was referred before the consents were kept one by one.
    public var consents: MediationConsents?
    /// From whom it came.
    public var via: MediationReferral?
    /// What is in dispute.
    public var note: String?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, order: String, to: String, panel: MediationPanel? = nil, points: [String]? = nil,
        consents: MediationConsents? = nil, via: MediationReferral? = nil, note: String? = nil, at: Instant,
        basis: Basis
    ) {
        self.number = number
        self.order = order
        self.to = to
        self.panel = panel
        self.points = points
        self.consents = consents
        self.via = via
        self.note = note
        self.at = at
        self.basis = basis
    }
}

/// 调解 ends, with or without an agreement.
public struct MediationEnded: CasePayload {
    public static let type = "mediation.ended"
    /// The case.
    public var number: CaseNumber
    /// Number of the order: the case number and the round, `…-1`.
    public var order: String
    /// True when there is an agreement.
    public var mediated: Bool
    /// How it ended; nil on what ended before a withdrawal was told from a failure.
    public var outcome: MediationOutcome?
    /// Who would not go on, when a party withdrew.
    public var withdrawnBy: MediationParty?
    /// The agreement 调解协议, or why there is none.
    public var note: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, order: String, outcome: MediationOutcome, withdrawnBy: MediationParty? = nil,
        note: String, at: Instant, basis: Basis
    ) {
        self.number = number
        self.order = order
        mediated = outcome == .agreed
        self.outcome = outcome
        self.withdrawnBy = withdrawnBy
        self.note = note
        self.at = at
        self.basis = basis
    }
}

public import Governance

/// Refer the dispute to mediation: to a panel that is put together for the points in dispute, or to a committee.
public struct ReferMediation: CasePayload {
    public static let type = "mediation.refer"
    /// The case.
    public var number: CaseNumber
    /// Ids of the points in dispute; a panel is put together for them.
    public var points: [String]?
    /// The committee that mediates when no panel is needed.
    public var to: String?
    /// Who agreed to it.
    public var consents: MediationConsents
    /// From whom it comes; nil: from the handling unit itself.
    public var via: MediationReferral?
    /// Units that are a party, beside those that are complained about.
    public var parties: [UnitCode]?
    /// Ids of mediators whom a party, or they themselves, named as interested.
    public var recused: [String]?
    /// What is in dispute.
    public var note: String?

    /// Creates the payload.
    public init(
        number: CaseNumber, points: [String]? = nil, to: String? = nil, consents: MediationConsents,
        via: MediationReferral? = nil, parties: [UnitCode]? = nil, recused: [String]? = nil, note: String? = nil
    ) {
        self.number = number
        self.points = points
        self.to = to
        self.consents = consents
        self.via = via
        self.parties = parties
        self.recused = recused
        self.note = note
    }
}

/// End the mediation.
public struct EndMediation: CasePayload {
    public static let type = "mediation.end"
    /// The case.
    public var number: CaseNumber
    /// How it ended.
    public var outcome: MediationOutcome
    /// Who would not go on, when a party withdrew.
    public var withdrawnBy: MediationParty?
    /// The agreement, or why there is none.
    public var note: String

    /// Creates the payload.
    public init(
        number: CaseNumber, outcome: MediationOutcome, withdrawnBy: MediationParty? = nil, note: String
    ) {
        self.number = number
        self.outcome = outcome
        self.withdrawnBy = withdrawnBy
        self.note = note
    }
}

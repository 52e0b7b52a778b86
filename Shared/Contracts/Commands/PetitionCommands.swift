public import Governance

/// Extend the term that the law sets for the answer to a petition.
public struct ExtendPetition: CasePayload {
    public static let type = "petition.extend"
    /// The case.
    public var number: CaseNumber
    /// The new due instant, at most 30 days after the first.
    public var until: Instant
    /// Why; told to the petitioner.
    public var reason: String

    /// Creates the payload.
    public init(number: CaseNumber, until: Instant, reason: String) {
        self.number = number
        self.until = until
        self.reason = reason
    }
}

/// Ask for 复查 of the written answer, and after that for 复核 of the opinion.
public struct AskPetition: CasePayload {
    public static let type = "petition.ask"
    /// The case.
    public var number: CaseNumber
    /// What the petitioner holds against the answer.
    public var reason: String
    /// The authority that is asked; the unit above when none is named.
    public var unit: UnitCode?

    /// Creates the payload.
    public init(number: CaseNumber, reason: String, unit: UnitCode? = nil) {
        self.number = number
        self.reason = reason
        self.unit = unit
    }
}

/// Record a hearing 听证.
public struct HearPetition: CasePayload {
    public static let type = "petition.hear"
    /// The case.
    public var number: CaseNumber
    /// When it was held; now when not said.
    public var heldAt: Instant?
    /// Who was heard, and what came of it.
    public var note: String

    /// Creates the payload.
    public init(number: CaseNumber, heldAt: Instant? = nil, note: String) {
        self.number = number
        self.heldAt = heldAt
        self.note = note
    }
}

/// Give the opinion on a 复查 or 复核.
public struct AnswerPetition: CasePayload {
    public static let type = "petition.answer"
    /// The case.
    public var number: CaseNumber
    /// Whether the answer stands.
    public var outcome: PetitionOpinion
    /// What the petitioner is told.
    public var opinion: String

    /// Creates the payload.
    public init(number: CaseNumber, outcome: PetitionOpinion, opinion: String) {
        self.number = number
        self.outcome = outcome
        self.opinion = opinion
    }
}

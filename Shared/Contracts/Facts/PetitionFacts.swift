public import Governance

/// 延长: the head of the unit extended the term that the law sets for the answer to a petition (信访工作条例 34).
public struct PetitionExtended: CasePayload {
    public static let type = "petition.extended"
    /// The case.
    public var number: CaseNumber
    /// The extended clocks of its petitions; each keeps its first due instant.
    public var clocks: [Deadline]
    /// Why; told to the petitioner.
    public var reason: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, clocks: [Deadline], reason: String, at: Instant, basis: Basis) {
        self.number = number
        self.clocks = clocks
        self.reason = reason
        self.at = at
        self.basis = basis
    }
}

/// 复查 or 复核 asked for (信访工作条例 35, 36): the level above owes an opinion on the written answer.
public struct PetitionAsked: CasePayload {
    public static let type = "petition.asked"
    /// The case.
    public var number: CaseNumber
    /// Which of the two.
    public var instance: PetitionInstance
    /// The authority that is asked; nil: one above all units of the directory.
    public var unit: UnitCode?
    /// What the petitioner holds against the answer.
    public var reason: String
    /// The term of the opinion.
    public var deadline: Deadline
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, instance: PetitionInstance, unit: UnitCode? = nil, reason: String, deadline: Deadline,
        at: Instant, basis: Basis
    ) {
        self.number = number
        self.instance = instance
        self.unit = unit
        self.reason = reason
        self.deadline = deadline
        self.at = at
        self.basis = basis
    }
}

/// 听证 held in a 复查 or 复核: its day is not counted in the term.
public struct PetitionHeard: CasePayload {
    public static let type = "petition.heard"
    /// The case.
    public var number: CaseNumber
    /// Which of the two.
    public var instance: PetitionInstance
    /// The day.
    public var day: CivilDate
    /// Who was heard, and what came of it.
    public var note: String
    /// The term of the opinion as it is now.
    public var deadline: Deadline
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, instance: PetitionInstance, day: CivilDate, note: String, deadline: Deadline, at: Instant,
        basis: Basis
    ) {
        self.number = number
        self.instance = instance
        self.day = day
        self.note = note
        self.deadline = deadline
        self.at = at
        self.basis = basis
    }
}

/// The written opinion 复查、复核意见. One that overturns the answer is followed by ``CaseRevived`` in the same record, unless the
/// matter is being handled anew already.
public struct PetitionAnswered: CasePayload {
    public static let type = "petition.answered"
    /// The case.
    public var number: CaseNumber
    /// Which of the two.
    public var instance: PetitionInstance
    /// Whether the answer stands.
    public var outcome: PetitionOpinion
    /// What the petitioner is told.
    public var opinion: String
    /// Until when 复核 may be asked for; nil when nothing comes after it.
    public var until: Instant?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, instance: PetitionInstance, outcome: PetitionOpinion, opinion: String,
        until: Instant? = nil, at: Instant, basis: Basis
    ) {
        self.number = number
        self.instance = instance
        self.outcome = outcome
        self.opinion = opinion
        self.until = until
        self.at = at
        self.basis = basis
    }
}

public import Governance

/// 代办派出: a unit goes to somebody who cannot come himself, as a task within the order (domain.md row 31).
public struct ErrandSent: CasePayload {
    public static let type = "errand.sent"
    /// The case.
    public var number: CaseNumber
    /// Number of the order: the case number and the round, `…-1`.
    public var order: String
    /// The unit that goes.
    public var unit: UnitCode
    /// What is to be done there.
    public var task: String
    /// Until when it is to be finished; nil from before errands had a clock.
    public var clock: Deadline?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, order: String, unit: UnitCode, task: String, clock: Deadline? = nil, at: Instant,
        basis: Basis
    ) {
        self.number = number
        self.order = order
        self.unit = unit
        self.task = task
        self.clock = clock
        self.at = at
        self.basis = basis
    }
}

/// 代办办结: it was done at the person's door, with a word to him.
public struct ErrandFinished: CasePayload {
    public static let type = "errand.finished"
    /// The case.
    public var number: CaseNumber
    /// Number of the order: the case number and the round, `…-1`.
    public var order: String
    /// The unit that went.
    public var unit: UnitCode
    /// What was done, and what the person was told.
    public var word: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, order: String, unit: UnitCode, word: String, at: Instant, basis: Basis) {
        self.number = number
        self.order = order
        self.unit = unit
        self.word = word
        self.at = at
        self.basis = basis
    }
}

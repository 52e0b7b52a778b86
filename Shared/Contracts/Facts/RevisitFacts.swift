public import Governance

/// 回访任务: every closed case is phoned (domain.md row 68).
public struct RevisitPlanned: CasePayload {
    public static let type = "revisit.planned"
    /// The case.
    public var number: CaseNumber
    /// Number of the order that was closed.
    public var order: String
    /// Which handling was closed.
    public var cycle: Int
    /// The unit that handled it, whose draw of the month it takes part in.
    public var unit: UnitCode
    /// Until when it is phoned, explained.
    public var phone: Deadline
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, order: String, cycle: Int, unit: UnitCode, phone: Deadline, at: Instant, basis: Basis
    ) {
        self.number = number
        self.order = order
        self.cycle = cycle
        self.unit = unit
        self.phone = phone
        self.at = at
        self.basis = basis
    }
}

/// A call that led to no answer 未接通.
public struct RevisitAttempted: CasePayload {
    public static let type = "revisit.attempted"
    /// The case.
    public var number: CaseNumber
    /// Which handling was closed.
    public var cycle: Int
    /// Which attempt, from 1.
    public var attempt: Int
    /// What came of it.
    public var result: AttemptResult
    /// What else there is to say.
    public var note: String?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, cycle: Int, attempt: Int, result: AttemptResult, note: String? = nil, at: Instant,
        basis: Basis
    ) {
        self.number = number
        self.cycle = cycle
        self.attempt = attempt
        self.result = result
        self.note = note
        self.at = at
        self.basis = basis
    }
}

/// 回访通过: none of the four questions was answered “no”.
public struct RevisitPassed: CasePayload {
    public static let type = "revisit.passed"
    /// The case.
    public var number: CaseNumber
    /// Which handling was closed.
    public var cycle: Int
    /// The four answers.
    public var scores: RevisitScores
    /// Who was asked.
    public var rater: RevisitRater
    /// Asked on the spot, not by phone.
    public var onSite: Bool
    /// What else was said.
    public var note: String?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, cycle: Int, scores: RevisitScores, rater: RevisitRater, onSite: Bool = false,
        note: String? = nil, at: Instant, basis: Basis
    ) {
        self.number = number
        self.cycle = cycle
        self.scores = scores
        self.rater = rater
        self.onSite = onSite
        self.note = note
        self.at = at
        self.basis = basis
    }
}

/// 重办: the case is to be handled anew, with a new order and new clocks. From the second time on it is supervised and
/// goes one level up.
public struct RevisitReopened: CasePayload {
    public static let type = "revisit.reopened"
    /// The case.
    public var number: CaseNumber
    /// Which handling was closed and did not hold.
    public var cycle: Int
    /// How often the case was reopened, this time included.
    public var count: Int
    /// The four answers, when they were asked.
    public var scores: RevisitScores?
    /// What the reporter is dissatisfied with.
    public var reason: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, cycle: Int, count: Int, scores: RevisitScores? = nil, reason: String, at: Instant,
        basis: Basis
    ) {
        self.number = number
        self.cycle = cycle
        self.count = count
        self.scores = scores
        self.reason = reason
        self.at = at
        self.basis = basis
    }
}

/// 须实地回访: the month's draw chose the closing, or nobody could be phoned.
public struct RevisitDrawn: CasePayload {
    public static let type = "revisit.drawn"
    /// The case.
    public var number: CaseNumber
    /// Which handling was closed.
    public var cycle: Int
    /// Why.
    public var ground: DrawGround
    /// The unit whose draw chose it; nil for another ground.
    public var unit: UnitCode?
    /// The month of that draw.
    public var month: CivilMonth?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, cycle: Int, ground: DrawGround, unit: UnitCode? = nil, month: CivilMonth? = nil,
        at: Instant, basis: Basis
    ) {
        self.number = number
        self.cycle = cycle
        self.ground = ground
        self.unit = unit
        self.month = month
        self.at = at
        self.basis = basis
    }
}

/// 实地回访: somebody went there and asked the four questions.
public struct RevisitVisited: CasePayload {
    public static let type = "revisit.visited"
    /// The case.
    public var number: CaseNumber
    /// Which handling was closed.
    public var cycle: Int
    /// The four answers.
    public var scores: RevisitScores
    /// What was seen.
    public var note: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, cycle: Int, scores: RevisitScores, note: String, at: Instant, basis: Basis
    ) {
        self.number = number
        self.cycle = cycle
        self.scores = scores
        self.note = note
        self.at = at
        self.basis = basis
    }
}

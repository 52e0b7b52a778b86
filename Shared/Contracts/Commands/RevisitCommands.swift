public import Governance

/// Record a call that led to no answer.
public struct AttemptRevisit: CasePayload {
    public static let type = "revisit.attempt"
    /// The case.
    public var number: CaseNumber
    /// What came of it.
    public var result: AttemptResult
    /// What else there is to say.
    public var note: String?

    /// Creates the payload.
    public init(number: CaseNumber, result: AttemptResult, note: String? = nil) {
        self.number = number
        self.result = result
        self.note = note
    }
}

/// Pass the revisit: four answers, none of them “no”.
public struct PassRevisit: CasePayload {
    public static let type = "revisit.ok"
    /// The case.
    public var number: CaseNumber
    /// The four answers.
    public var scores: RevisitScores
    /// Who was asked; the reporter when absent.
    public var rater: RevisitRater?
    /// What else was said.
    public var note: String?

    /// Creates the payload.
    public init(number: CaseNumber, scores: RevisitScores, rater: RevisitRater? = nil, note: String? = nil) {
        self.number = number
        self.scores = scores
        self.rater = rater
        self.note = note
    }
}

/// Reopen the case: the reporter is not satisfied.
public struct ReopenCase: CasePayload {
    public static let type = "revisit.reopen"
    /// The case.
    public var number: CaseNumber
    /// The four answers, when they were asked.
    public var scores: RevisitScores?
    /// What the reporter is dissatisfied with.
    public var reason: String

    /// Creates the payload.
    public init(number: CaseNumber, scores: RevisitScores? = nil, reason: String) {
        self.number = number
        self.scores = scores
        self.reason = reason
    }
}

/// Record the on-site revisit. A “no” reopens the case, unless it is struck off already: then the center decides.
public struct VisitOnSite: CasePayload {
    public static let type = "revisit.visit"
    /// The case.
    public var number: CaseNumber
    /// The four answers.
    public var scores: RevisitScores
    /// What was seen.
    public var note: String

    /// Creates the payload.
    public init(number: CaseNumber, scores: RevisitScores, note: String) {
        self.number = number
        self.scores = scores
        self.note = note
    }
}

/// A decider's command to the unit's own key: the closing takes part in the draw of the month.
public struct EnrolClosing: PayloadBody {
    public static let type = "draw.enrol"
    /// The unit.
    public var unit: UnitCode
    /// The closing.
    public var closing: ClosedHandling
    /// When it was closed.
    public var closed: Instant
    public var about: CaseNumber? { nil }

    /// Creates the payload.
    public init(unit: UnitCode, closing: ClosedHandling, closed: Instant) {
        self.unit = unit
        self.closing = closing
        self.closed = closed
    }

    /// The unit's own key.
    public static func key(of unit: UnitCode) -> String { "unit:\(unit.text)" }
}

/// A decider's command to the case's township: the draw chose this closing.
public struct DrawOnSite: CasePayload {
    public static let type = "revisit.draw"
    /// The case.
    public var number: CaseNumber
    /// Which handling was closed.
    public var cycle: Int
    /// The unit whose draw chose it.
    public var unit: UnitCode
    /// The month of the draw.
    public var month: CivilMonth

    /// Creates the payload.
    public init(number: CaseNumber, cycle: Int, unit: UnitCode, month: CivilMonth) {
        self.number = number
        self.cycle = cycle
        self.unit = unit
        self.month = month
    }
}

public import Governance

public import struct Foundation.UUID

/// An edge's command: somebody suggests something at a point.
public struct MakeSuggestion: PayloadBody {
    public static let type = "suggestion.make"
    /// Id of what was sent, which the receipt belongs to.
    public var report: UUID
    /// The point whose code was scanned.
    public var point: QRPoint
    /// Beginning of the masked text.
    public var title: String
    /// The masked text.
    public var text: String
    /// Token of the sealed telephone and unmasked text.
    public var vaultToken: String?
    /// When the page was made.
    public var sentAt: Instant
    public var about: CaseNumber? { nil }

    /// Creates the payload.
    public init(
        report: UUID, point: QRPoint, title: String, text: String, vaultToken: String? = nil, sentAt: Instant
    ) {
        self.report = report
        self.point = point
        self.title = title
        self.text = text
        self.vaultToken = vaultToken
        self.sentAt = sentAt
    }
}

/// An edge's command: somebody rates the service at a point.
public struct GiveRating: PayloadBody {
    public static let type = "rating.give"
    /// Id of what was sent, which the receipt belongs to.
    public var report: UUID
    /// The point whose code was scanned.
    public var point: QRPoint
    /// How.
    public var score: RatingScore
    /// What else was said, masked.
    public var text: String?
    /// Token of the sealed telephone and unmasked text.
    public var vaultToken: String?
    /// When the page was made.
    public var sentAt: Instant
    public var about: CaseNumber? { nil }

    /// Creates the payload.
    public init(
        report: UUID, point: QRPoint, score: RatingScore, text: String? = nil, vaultToken: String? = nil,
        sentAt: Instant
    ) {
        self.report = report
        self.point = point
        self.score = score
        self.text = text
        self.vaultToken = vaultToken
        self.sentAt = sentAt
    }
}

/// Argue a suggestion.
public struct ArgueSuggestion: PayloadBody {
    public static let type = "suggestion.argue"
    /// Number of the suggestion, of the form of a case's.
    public var number: CaseNumber
    /// The argument.
    public var opinion: String
    public var about: CaseNumber? { nil }

    /// Creates the payload.
    public init(number: CaseNumber, opinion: String) {
        self.number = number
        self.opinion = opinion
    }
}

/// Adopt a suggestion, in full or in part, or decline it.
public struct DecideSuggestion: PayloadBody {
    public static let type = "suggestion.decide"
    /// Number of the suggestion, of the form of a case's.
    public var number: CaseNumber
    /// What is decided.
    public var verdict: SuggestionVerdict
    /// Why; needed unless it is adopted as a whole.
    public var reason: String?
    /// The unit that carries it out.
    public var unit: UnitCode?
    public var about: CaseNumber? { nil }

    /// Creates the payload.
    public init(number: CaseNumber, verdict: SuggestionVerdict, reason: String? = nil, unit: UnitCode? = nil) {
        self.number = number
        self.verdict = verdict
        self.reason = reason
        self.unit = unit
    }
}

/// Record the measure that answers a suggestion.
public struct LandSuggestion: PayloadBody {
    public static let type = "suggestion.land"
    /// Number of the suggestion, of the form of a case's.
    public var number: CaseNumber
    /// Name of the measure.
    public var measure: String
    /// What was done.
    public var note: String?
    /// What was suggested is solved.
    public var solved: Bool?
    public var about: CaseNumber? { nil }

    /// Creates the payload.
    public init(number: CaseNumber, measure: String, note: String? = nil, solved: Bool? = nil) {
        self.number = number
        self.measure = measure
        self.note = note
        self.solved = solved
    }
}

/// Publish what became of a suggestion.
public struct PublishSuggestion: PayloadBody {
    public static let type = "suggestion.publish"
    /// Number of the suggestion, of the form of a case's.
    public var number: CaseNumber
    /// The public text.
    public var reply: String
    public var about: CaseNumber? { nil }

    /// Creates the payload.
    public init(number: CaseNumber, reply: String) {
        self.number = number
        self.reply = reply
    }
}

public import Governance

public import struct Foundation.UUID

/// 投诉单位: an appeal of the case complains about a unit. Nothing about the case goes to that unit, and a supervision order goes
/// around it (domain.md §5 监督二维码).
public struct CaseComplained: CasePayload {
    public static let type = "case.complained"
    /// The case.
    public var number: CaseNumber
    /// The appeal.
    public var report: UUID
    /// The unit complained about.
    public var unit: UnitCode
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, report: UUID, unit: UnitCode, at: Instant, basis: Basis) {
        self.number = number
        self.report = report
        self.unit = unit
        self.at = at
        self.basis = basis
    }
}

/// 建议收到: sent from a point.
public struct SuggestionReceived: PayloadBody {
    public static let type = "suggestion.received"
    /// Number of the suggestion, of the form of a case's.
    public var number: CaseNumber
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
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis
    public var about: CaseNumber? { nil }

    /// Creates the payload.
    public init(
        number: CaseNumber, report: UUID, point: QRPoint, title: String, text: String, vaultToken: String? = nil,
        at: Instant, basis: Basis
    ) {
        self.number = number
        self.report = report
        self.point = point
        self.title = title
        self.text = text
        self.vaultToken = vaultToken
        self.at = at
        self.basis = basis
    }
}

/// 建议论证: what speaks for it and against it.
public struct SuggestionArgued: PayloadBody {
    public static let type = "suggestion.argued"
    /// Number of the suggestion, of the form of a case's.
    public var number: CaseNumber
    /// The argument.
    public var opinion: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis
    public var about: CaseNumber? { nil }

    /// Creates the payload.
    public init(number: CaseNumber, opinion: String, at: Instant, basis: Basis) {
        self.number = number
        self.opinion = opinion
        self.at = at
        self.basis = basis
    }
}

/// 建议采纳、部分采纳或不采纳.
public struct SuggestionDecided: PayloadBody {
    public static let type = "suggestion.decided"
    /// Number of the suggestion, of the form of a case's.
    public var number: CaseNumber
    /// What was decided.
    public var verdict: SuggestionVerdict
    /// Why; always there unless it is adopted as a whole.
    public var reason: String?
    /// The unit that carries it out.
    public var unit: UnitCode?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis
    public var about: CaseNumber? { nil }

    /// Creates the payload.
    public init(
        number: CaseNumber, verdict: SuggestionVerdict, reason: String? = nil, unit: UnitCode? = nil, at: Instant,
        basis: Basis
    ) {
        self.number = number
        self.verdict = verdict
        self.reason = reason
        self.unit = unit
        self.at = at
        self.basis = basis
    }
}

/// 建议落地: a measure answers it. One measure may answer many; it is told apart by its name.
public struct SuggestionLanded: PayloadBody {
    public static let type = "suggestion.landed"
    /// Number of the suggestion, of the form of a case's.
    public var number: CaseNumber
    /// Name of the measure.
    public var measure: String
    /// What was done.
    public var note: String?
    /// What was suggested is solved 解决.
    public var solved: Bool
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis
    public var about: CaseNumber? { nil }

    /// Creates the payload.
    public init(number: CaseNumber, measure: String, note: String? = nil, solved: Bool, at: Instant, basis: Basis) {
        self.number = number
        self.measure = measure
        self.note = note
        self.solved = solved
        self.at = at
        self.basis = basis
    }
}

/// 建议公布: what everybody may read of it. Nothing that the person wrote is in it.
public struct SuggestionPublished: PayloadBody {
    public static let type = "suggestion.published"
    /// Number of the suggestion, of the form of a case's.
    public var number: CaseNumber
    /// The public text.
    public var reply: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis
    public var about: CaseNumber? { nil }

    /// Creates the payload.
    public init(number: CaseNumber, reply: String, at: Instant, basis: Basis) {
        self.number = number
        self.reply = reply
        self.at = at
        self.basis = basis
    }
}

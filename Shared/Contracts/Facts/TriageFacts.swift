public import Governance

public import struct Foundation.UUID

/// A case 案件 begins at 收件 with its first appeal (domain.md §3.2, receive).
public struct CaseOpened: CasePayload {
    public static let type = "case.opened"
    /// The case.
    public var number: CaseNumber
    /// The appeal that opened it.
    public var appeal: Appeal
    /// Kind of matter as far as it is known.
    public var kind: MatterKind
    /// Statutory clocks of the appeal 信访, from its receipt; nil when the law sets none.
    public var clocks: [Deadline]?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, appeal: Appeal, kind: MatterKind, clocks: [Deadline]? = nil, at: Instant, basis: Basis
    ) {
        self.number = number
        self.appeal = appeal
        self.kind = kind
        self.clocks = clocks
        self.at = at
        self.basis = basis
    }
}

/// 收件 → 受理.
public struct CaseAccepted: CasePayload {
    public static let type = "case.accepted"
    /// The case.
    public var number: CaseNumber
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, at: Instant, basis: Basis) {
        self.number = number
        self.at = at
        self.basis = basis
    }
}

/// 受理 → 已研判: category, colour, gravity, mode and track are told with the reason. Again after a return or by an analyst.
public struct CaseAssessed: CasePayload {
    public static let type = "case.assessed"
    /// The case.
    public var number: CaseNumber
    /// Code of the catalogue item; nil when a person assessed it outside the catalogue.
    public var item: String?
    /// Name of the item or the category a person gave.
    public var itemName: String
    /// First-level class.
    public var category: String
    /// The place the assessment is for.
    public var place: PlaceCode?
    /// Kind of matter.
    public var kind: MatterKind
    /// Risk colour.
    public var colour: Colour
    /// 一般, 复杂 or 重大: chooses the clocks.
    public var gravity: Gravity
    /// Handling mode.
    public var mode: HandlingMode
    /// Treatment track.
    public var track: TreatmentTrack
    /// Lead unit of item and place; nil when the table has none.
    public var lead: UnitCode?
    /// Assisting units.
    public var assists: [UnitCode]
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, item: String? = nil, itemName: String, category: String, place: PlaceCode? = nil,
        kind: MatterKind, colour: Colour, gravity: Gravity, mode: HandlingMode, track: TreatmentTrack,
        lead: UnitCode? = nil, assists: [UnitCode] = [], at: Instant, basis: Basis
    ) {
        self.number = number
        self.item = item
        self.itemName = itemName
        self.category = category
        self.place = place
        self.kind = kind
        self.colour = colour
        self.gravity = gravity
        self.mode = mode
        self.track = track
        self.lead = lead
        self.assists = assists
        self.at = at
        self.basis = basis
    }
}

/// 重大隐患直报: leaders are told and the order goes out in parallel, never waiting for an assessment.
public struct MajorReported: CasePayload {
    public static let type = "case.major_reported"
    /// The case.
    public var number: CaseNumber
    /// Who is told, in the order of the chain.
    public var leaders: [Role]
    /// Who gets the order at once; nil when no unit is known there, then a dispatcher decides.
    public var lead: UnitCode?
    /// Assisting units.
    public var assists: [UnitCode]
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, leaders: [Role], lead: UnitCode? = nil, assists: [UnitCode] = [], at: Instant, basis: Basis
    ) {
        self.number = number
        self.leaders = leaders
        self.lead = lead
        self.assists = assists
        self.at = at
        self.basis = basis
    }
}

/// An appeal's final outcome: it belongs to a case and will be answered by it. One per appeal unless detached.
public struct ReportAttached: CasePayload {
    public static let type = "report.attached"
    /// The case.
    public var number: CaseNumber
    /// The appeal.
    public var appeal: Appeal
    /// True for the appeal that opened the case, false for one that joined 并案.
    public var opening: Bool
    /// The case that gave the appeal up 并案: it ends as 已并案. Nil when the appeal came straight here.
    public var from: CaseNumber?
    /// Statutory clocks that a joining appeal 信访 brings along; nil when the law sets none.
    public var clocks: [Deadline]?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, appeal: Appeal, opening: Bool, from: CaseNumber? = nil, clocks: [Deadline]? = nil,
        at: Instant, basis: Basis
    ) {
        self.number = number
        self.appeal = appeal
        self.opening = opening
        self.from = from
        self.clocks = clocks
        self.at = at
        self.basis = basis
    }
}

/// A join undone: the appeal stands in a case of its own again, or waits for a person.
public struct ReportDetached: CasePayload {
    public static let type = "report.detached"
    /// The case.
    public var number: CaseNumber
    /// The appeal.
    public var report: UUID
    /// The case it stands in now; nil while it waits.
    public var to: CaseNumber?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, report: UUID, to: CaseNumber? = nil, at: Instant, basis: Basis) {
        self.number = number
        self.report = report
        self.to = to
        self.at = at
        self.basis = basis
    }
}

/// No rule could place the appeal: a person decides. An outcome that one final outcome may follow.
public struct ReportQueued: CasePayload {
    public static let type = "report.queued"
    /// The case.
    public var number: CaseNumber
    /// The appeal.
    public var appeal: Appeal
    /// Catalogue items that came close, best first.
    public var candidates: [String]
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, appeal: Appeal, candidates: [String], at: Instant, basis: Basis) {
        self.number = number
        self.appeal = appeal
        self.candidates = candidates
        self.at = at
        self.basis = basis
    }
}

/// 收件 → 已答复: a question, answered; still rated.
public struct ReportAnswered: CasePayload {
    public static let type = "report.answered"
    /// The case.
    public var number: CaseNumber
    /// The appeal.
    public var report: UUID
    /// What the reporter is told.
    public var reply: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, report: UUID, reply: String, at: Instant, basis: Basis) {
        self.number = number
        self.report = report
        self.reply = reply
        self.at = at
        self.basis = basis
    }
}

/// 收件 → 转法定途径: 110/119/120/122 or the statutory way, with the reason told to the reporter.
public struct ReportRedirected: CasePayload {
    public static let type = "report.redirected"
    /// The case.
    public var number: CaseNumber
    /// The appeal.
    public var report: UUID
    /// Code of the route.
    public var route: String
    /// What the reporter is told.
    public var reply: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, report: UUID, route: String, reply: String, at: Instant, basis: Basis) {
        self.number = number
        self.report = report
        self.route = route
        self.reply = reply
        self.at = at
        self.basis = basis
    }
}

/// The appeal belongs to another township; a crossing command carries it there. Its case here ends as 已移送.
public struct ReportReaddressed: PayloadBody {
    public static let type = "report.readdressed"
    /// The case it had here; nil when it never had one.
    public var number: CaseNumber?
    /// The appeal.
    public var report: UUID
    /// Where it goes.
    public var home: HomeKey
    /// How often it has moved, from 1.
    public var hop: Int
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    public var about: CaseNumber? { number }

    /// Creates the payload.
    public init(number: CaseNumber? = nil, report: UUID, home: HomeKey, hop: Int, at: Instant, basis: Basis) {
        self.number = number
        self.report = report
        self.home = home
        self.hop = hop
        self.at = at
        self.basis = basis
    }
}

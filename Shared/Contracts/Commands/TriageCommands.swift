public import Governance

public import struct Foundation.UUID

/// Place a queued case by hand: 受理 and 已研判 in one step.
public struct PlaceCase: CasePayload {
    public static let type = "case.place"
    /// The case.
    public var number: CaseNumber
    /// Code of the catalogue item.
    public var item: String
    /// The place when the report told none; must lie in the same home township.
    public var place: PlaceCode?
    /// Colour, when it differs from the item's.
    public var colour: Colour?
    /// Gravity, when it differs from the item's.
    public var gravity: Gravity?
    /// Why.
    public var reason: String?

    /// Creates the payload.
    public init(
        number: CaseNumber, item: String, place: PlaceCode? = nil, colour: Colour? = nil, gravity: Gravity? = nil,
        reason: String? = nil
    ) {
        self.number = number
        self.item = item
        self.place = place
        self.colour = colour
        self.gravity = gravity
        self.reason = reason
    }
}

/// Answer a question.
public struct AnswerCase: CasePayload {
    public static let type = "case.answer"
    /// The case.
    public var number: CaseNumber
    /// What the reporter is told.
    public var reply: String

    /// Creates the payload.
    public init(number: CaseNumber, reply: String) {
        self.number = number
        self.reply = reply
    }
}

/// Send the reporter to the statutory way.
public struct RedirectCase: CasePayload {
    public static let type = "case.redirect"
    /// The case.
    public var number: CaseNumber
    /// Code of the route.
    public var route: String
    /// What the reporter is told; the route's own text when absent.
    public var reply: String?

    /// Creates the payload.
    public init(number: CaseNumber, route: String, reply: String? = nil) {
        self.number = number
        self.route = route
        self.reply = reply
    }
}

/// Move the appeal to the township it belongs to.
public struct ReaddressCase: CasePayload {
    public static let type = "case.readdress"
    /// The case.
    public var number: CaseNumber
    /// The right place, at least a township.
    public var place: PlaceCode
    /// Why.
    public var reason: String?

    /// Creates the payload.
    public init(number: CaseNumber, place: PlaceCode, reason: String? = nil) {
        self.number = number
        self.place = place
        self.reason = reason
    }
}

/// Join the appeals of this case to another case on the same matter.
public struct AttachCase: CasePayload {
    public static let type = "case.attach"
    /// The case.
    public var number: CaseNumber
    /// The case they join, in the same township.
    public var into: CaseNumber
    /// Why it is the same matter.
    public var reason: String

    /// Creates the payload.
    public init(number: CaseNumber, into: CaseNumber, reason: String) {
        self.number = number
        self.into = into
        self.reason = reason
    }
}

/// Undo a join: the appeal gets a case of its own.
public struct DetachReport: CasePayload {
    public static let type = "case.detach"
    /// The case.
    public var number: CaseNumber
    /// The appeal.
    public var report: UUID
    /// Why it is another matter.
    public var reason: String

    /// Creates the payload.
    public init(number: CaseNumber, report: UUID, reason: String) {
        self.number = number
        self.report = report
        self.reason = reason
    }
}

/// Assess again: category, colour, gravity, mode.
public struct AssessCase: CasePayload {
    public static let type = "case.assess"
    /// The case.
    public var number: CaseNumber
    /// Code of the catalogue item, when it changes.
    public var item: String?
    /// Colour, when it changes.
    public var colour: Colour?
    /// Gravity, when it changes.
    public var gravity: Gravity?
    /// Mode, when it changes.
    public var mode: HandlingMode?
    /// Track, when it changes.
    public var track: TreatmentTrack?
    /// Why.
    public var reason: String

    /// Creates the payload.
    public init(
        number: CaseNumber, item: String? = nil, colour: Colour? = nil, gravity: Gravity? = nil,
        mode: HandlingMode? = nil, track: TreatmentTrack? = nil, reason: String
    ) {
        self.number = number
        self.item = item
        self.colour = colour
        self.gravity = gravity
        self.mode = mode
        self.track = track
        self.reason = reason
    }
}

/// Tell the leaders now.
public struct ReportMajor: CasePayload {
    public static let type = "case.report_major"
    /// The case.
    public var number: CaseNumber
    /// Why.
    public var reason: String

    /// Creates the payload.
    public init(number: CaseNumber, reason: String) {
        self.number = number
        self.reason = reason
    }
}

/// From a decider to Triage of the right township: take this appeal. Idempotent by report and hop.
public struct TakeReport: PayloadBody {
    public static let type = "report.take"
    /// The appeal, as accepted, with its new home and its hops counted.
    public var appeal: Appeal
    /// The case it had before.
    public var from: CaseNumber?

    public var about: CaseNumber? { from }

    /// Creates the payload.
    public init(appeal: Appeal, from: CaseNumber? = nil) {
        self.appeal = appeal
        self.from = from
    }
}

public import Governance

/// Issue an order by hand.
public struct DispatchOrder: CasePayload {
    public static let type = "order.dispatch"
    /// The case.
    public var number: CaseNumber
    /// Main unit.
    public var main: UnitCode
    /// Assisting units.
    public var assists: [UnitCode]?
    /// Why this unit.
    public var reason: String?

    /// Creates the payload.
    public init(number: CaseNumber, main: UnitCode, assists: [UnitCode]? = nil, reason: String? = nil) {
        self.number = number
        self.main = main
        self.assists = assists
        self.reason = reason
    }
}

/// Sign the order.
public struct SignOrder: CasePayload {
    public static let type = "order.sign"
    /// The case.
    public var number: CaseNumber
    /// The delegate, when the head does not sign himself.
    public var delegate: Delegate?

    /// Creates the payload.
    public init(number: CaseNumber, delegate: Delegate? = nil) {
        self.number = number
        self.delegate = delegate
    }
}

/// Return the order, naming the unit it belongs to.
public struct ReturnOrder: CasePayload {
    public static let type = "order.return"
    /// The case.
    public var number: CaseNumber
    /// The unit it belongs to.
    public var proposed: UnitCode
    /// Why.
    public var reason: String

    /// Creates the payload.
    public init(number: CaseNumber, proposed: UnitCode, reason: String) {
        self.number = number
        self.proposed = proposed
        self.reason = reason
    }
}

/// Accept a return.
public struct AcceptReturn: CasePayload {
    public static let type = "return.accept"
    /// The case.
    public var number: CaseNumber
    /// The next main unit, when it is not the one proposed.
    public var next: UnitCode?
    /// Why.
    public var reason: String?

    /// Creates the payload.
    public init(number: CaseNumber, next: UnitCode? = nil, reason: String? = nil) {
        self.number = number
        self.next = next
        self.reason = reason
    }
}

/// Refuse a return: the unit is designated.
public struct RefuseReturn: CasePayload {
    public static let type = "return.refuse"
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

/// Record the meeting.
public struct MeetParty: CasePayload {
    public static let type = "order.meet"
    /// The case.
    public var number: CaseNumber
    /// In person, by phone, no party.
    public var how: MeetingKind
    /// When; now when absent.
    public var metAt: Instant?
    /// Where.
    public var place: String?
    /// Whom, without personal data.
    public var person: String?
    /// What came out of it.
    public var note: String?

    /// Creates the payload.
    public init(
        number: CaseNumber, how: MeetingKind, metAt: Instant? = nil, place: String? = nil, person: String? = nil,
        note: String? = nil
    ) {
        self.number = number
        self.how = how
        self.metAt = metAt
        self.place = place
        self.person = person
        self.note = note
    }
}

/// Record progress.
public struct NoteProgress: CasePayload {
    public static let type = "order.progress"
    /// The case.
    public var number: CaseNumber
    /// Kind of progress.
    public var kind: ProgressKind
    /// What was done.
    public var note: String
    /// What a joint action found at its targets.
    public var targets: JointTargets?

    /// Creates the payload.
    public init(number: CaseNumber, kind: ProgressKind, note: String, targets: JointTargets? = nil) {
        self.number = number
        self.kind = kind
        self.note = note
        self.targets = targets
    }
}

/// Report the order done.
public struct FinishOrder: CasePayload {
    public static let type = "order.finish"
    /// The case.
    public var number: CaseNumber
    /// What came of it.
    public var outcome: Outcome
    /// What the reporter and the public may read.
    public var reply: String
    /// Photos by hash, document numbers.
    public var evidence: [String]?

    /// Creates the payload.
    public init(number: CaseNumber, outcome: Outcome, reply: String, evidence: [String]? = nil) {
        self.number = number
        self.outcome = outcome
        self.reply = reply
        self.evidence = evidence
    }
}

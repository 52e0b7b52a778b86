public import Governance

/// 派单: exactly one main unit, n assisting ones; the clocks start.
public struct OrderIssued: CasePayload {
    public static let type = "order.issued"
    /// The case.
    public var number: CaseNumber
    /// Number of the order: the case number and the round, `…-1`.
    public var order: String
    /// 1 for the first order, n+1 after a return or a reopen.
    public var round: Int
    /// Main unit 主办.
    public var main: UnitCode
    /// Assisting units 协办.
    public var assists: [UnitCode]
    /// 指定: no further return.
    public var designated: Bool
    /// 直报: went out in parallel with the report to the leaders.
    public var direct: Bool
    /// Due instants with their explanation.
    public var clocks: [Deadline]
    /// Who is on duty 值班 in the main unit then; nil for a unit without a roster.
    public var duty: OnDuty?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, order: String, round: Int, main: UnitCode, assists: [UnitCode] = [], designated: Bool,
        direct: Bool, clocks: [Deadline], duty: OnDuty? = nil, at: Instant, basis: Basis
    ) {
        self.number = number
        self.order = order
        self.round = round
        self.main = main
        self.assists = assists
        self.designated = designated
        self.direct = direct
        self.clocks = clocks
        self.duty = duty
        self.at = at
        self.basis = basis
    }
}

/// 签收 by the head of the unit or a written delegate, who is shown on the form.
public struct OrderSigned: CasePayload {
    public static let type = "order.signed"
    /// The case.
    public var number: CaseNumber
    /// Number of the order: the case number and the round, `…-1`.
    public var order: String
    /// The unit.
    public var unit: UnitCode
    /// The delegate and the writing that names him; nil when the head signed.
    public var delegate: Delegate?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, order: String, unit: UnitCode, delegate: Delegate? = nil, at: Instant, basis: Basis)
    {
        self.number = number
        self.order = order
        self.unit = unit
        self.delegate = delegate
        self.at = at
        self.basis = basis
    }
}

/// 退单: reason and proposed unit; the clock keeps running.
public struct OrderReturned: CasePayload {
    public static let type = "order.returned"
    /// The case.
    public var number: CaseNumber
    /// Number of the order: the case number and the round, `…-1`.
    public var order: String
    /// Who returns it.
    public var unit: UnitCode
    /// The unit named instead.
    public var proposed: UnitCode
    /// Why.
    public var reason: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, order: String, unit: UnitCode, proposed: UnitCode, reason: String, at: Instant, basis: Basis
    ) {
        self.number = number
        self.order = order
        self.unit = unit
        self.proposed = proposed
        self.reason = reason
        self.at = at
        self.basis = basis
    }
}

/// The return was accepted: the order ends, the case is 已研判 again and goes to the unit named.
public struct ReturnAccepted: CasePayload {
    public static let type = "return.accepted"
    /// The case.
    public var number: CaseNumber
    /// Number of the order: the case number and the round, `…-1`.
    public var order: String
    /// The unit that gets the next order.
    public var next: UnitCode
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, order: String, next: UnitCode, at: Instant, basis: Basis) {
        self.number = number
        self.order = order
        self.next = next
        self.at = at
        self.basis = basis
    }
}

/// The return was refused: 指定, no further return.
public struct ReturnRefused: CasePayload {
    public static let type = "return.refused"
    /// The case.
    public var number: CaseNumber
    /// Number of the order: the case number and the round, `…-1`.
    public var order: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, order: String, at: Instant, basis: Basis) {
        self.number = number
        self.order = order
        self.at = at
        self.basis = basis
    }
}

/// 见面: time, place and person, by phone for an ordinary appeal, or the reason why there is nobody to meet.
public struct OrderMet: CasePayload {
    public static let type = "order.met"
    /// The case.
    public var number: CaseNumber
    /// Number of the order: the case number and the round, `…-1`.
    public var order: String
    /// In person, by phone, or a thing without a party.
    public var how: MeetingKind
    /// When they met.
    public var metAt: Instant
    /// Where.
    public var place: String?
    /// Whom, without personal data.
    public var person: String?
    /// What came out of it.
    public var note: String?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, order: String, how: MeetingKind, metAt: Instant, place: String? = nil,
        person: String? = nil, note: String? = nil, at: Instant, basis: Basis
    ) {
        self.number = number
        self.order = order
        self.how = how
        self.metAt = metAt
        self.place = place
        self.person = person
        self.note = note
        self.at = at
        self.basis = basis
    }
}

/// 处置进展. Only a substantive kind resets the stall clock.
public struct OrderProgressed: CasePayload {
    public static let type = "order.progressed"
    /// The case.
    public var number: CaseNumber
    /// Number of the order: the case number and the round, `…-1`.
    public var order: String
    /// Kind of progress.
    public var kind: ProgressKind
    /// Whether the stall clock starts again.
    public var substantive: Bool
    /// What was done.
    public var note: String
    /// What a joint action found at its targets.
    public var targets: JointTargets?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, order: String, kind: ProgressKind, substantive: Bool, note: String,
        targets: JointTargets? = nil, at: Instant, basis: Basis
    ) {
        self.number = number
        self.order = order
        self.kind = kind
        self.substantive = substantive
        self.note = note
        self.targets = targets
        self.at = at
        self.basis = basis
    }
}

/// 办结反馈: outcome code, public reply, evidence.
public struct OrderFinished: CasePayload {
    public static let type = "order.finished"
    /// The case.
    public var number: CaseNumber
    /// Number of the order: the case number and the round, `…-1`.
    public var order: String
    /// What came of it.
    public var outcome: Outcome
    /// What the reporter and the public may read.
    public var reply: String
    /// Photos by hash, document numbers.
    public var evidence: [String]
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, order: String, outcome: Outcome, reply: String, evidence: [String], at: Instant,
        basis: Basis
    ) {
        self.number = number
        self.order = order
        self.outcome = outcome
        self.reply = reply
        self.evidence = evidence
        self.at = at
        self.basis = basis
    }
}

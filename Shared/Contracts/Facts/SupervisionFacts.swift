public import Governance

public import struct Foundation.UUID

/// 超时预警: a clock is 70 % used or ran out; told to two offices (domain.md row 62). Once per clock, point and start.
public struct CaseWarned: CasePayload {
    public static let type = "case.warned"
    /// The case.
    public var number: CaseNumber
    /// Which clock of the case: `meet`, `reminder/1`.
    public var clock: String
    /// Its rule.
    public var rule: ClockRule
    /// 70 % used, or due.
    public var point: CaseClock.Point
    /// The order it belongs to; nil for a clock of the case itself.
    public var order: String?
    /// What the form was issued for, for the clock of a form.
    public var occasion: ClockRule?
    /// Start, due and explanation.
    public var deadline: Deadline
    /// When the clock was last started or resumed.
    public var since: Instant
    /// The fact that did so.
    public var startedBy: UUID
    /// Who is told.
    public var recipients: [Recipient]
    /// Who is on duty 值班 then in the units that are told, those that have a roster; nil where none has.
    public var duties: [UnitDuty]?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, clock: String, rule: ClockRule, point: CaseClock.Point, order: String? = nil,
        occasion: ClockRule? = nil, deadline: Deadline, since: Instant, startedBy: UUID, recipients: [Recipient],
        duties: [UnitDuty]? = nil, at: Instant, basis: Basis
    ) {
        self.number = number
        self.clock = clock
        self.rule = rule
        self.point = point
        self.order = order
        self.occasion = occasion
        self.deadline = deadline
        self.since = since
        self.startedBy = startedBy
        self.recipients = recipients
        self.duties = duties
        self.at = at
        self.basis = basis
    }
}

/// 提醒单: a numbered form with its own due (domain.md row 59).
public struct CaseReminded: CasePayload {
    public static let type = "case.reminded"
    /// The case.
    public var number: CaseNumber
    /// Number of the form: the case number and `-T1`.
    public var form: String
    /// Which reminder of the case, from 1.
    public var ordinal: Int
    /// The order it is about.
    public var order: String?
    /// The unit that is reminded; nil when no order is out.
    public var unit: UnitCode?
    /// The clock that ran out; nil when a person issued it.
    public var occasion: ClockRule?
    /// What is demanded.
    public var demand: String
    /// Until when.
    public var deadline: Deadline
    /// Until when it is signed; nil on what was issued before forms were signed.
    public var sign: Deadline?
    /// Who is told.
    public var recipients: [Recipient]
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, form: String, ordinal: Int, order: String? = nil, unit: UnitCode? = nil,
        occasion: ClockRule? = nil, demand: String, deadline: Deadline, sign: Deadline? = nil,
        recipients: [Recipient], at: Instant, basis: Basis
    ) {
        self.number = number
        self.form = form
        self.ordinal = ordinal
        self.order = order
        self.unit = unit
        self.occasion = occasion
        self.demand = demand
        self.deadline = deadline
        self.sign = sign
        self.recipients = recipients
        self.at = at
        self.basis = basis
    }
}

/// 督办单: a numbered form; overdue or stalled matters must get one (domain.md row 63).
public struct CaseSupervised: CasePayload {
    public static let type = "case.supervised"
    /// The case.
    public var number: CaseNumber
    /// Number of the form: the case number and `-D1`.
    public var form: String
    /// Which supervision order of the case, from 1.
    public var ordinal: Int
    /// The order it is about.
    public var order: String?
    /// The unit that is supervised; nil when no order is out.
    public var unit: UnitCode?
    /// The clock that ran out; nil when a person or another service asked for it.
    public var occasion: ClockRule?
    /// What is demanded.
    public var demand: String
    /// Until when.
    public var deadline: Deadline
    /// Until when it is signed; nil on what was issued before forms were signed.
    public var sign: Deadline?
    /// Who is told.
    public var recipients: [Recipient]
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, form: String, ordinal: Int, order: String? = nil, unit: UnitCode? = nil,
        occasion: ClockRule? = nil, demand: String, deadline: Deadline, sign: Deadline? = nil,
        recipients: [Recipient], at: Instant, basis: Basis
    ) {
        self.number = number
        self.form = form
        self.ordinal = ordinal
        self.order = order
        self.unit = unit
        self.occasion = occasion
        self.demand = demand
        self.deadline = deadline
        self.sign = sign
        self.recipients = recipients
        self.at = at
        self.basis = basis
    }
}

/// 重大通报: a leader is called; when he does not acknowledge in time, the next one is (domain.md §3.3 重大). So it goes too with
/// a form that nobody signs.
public struct LeaderCalled: CasePayload {
    public static let type = "case.leader_called"
    /// The case.
    public var number: CaseNumber
    /// Which call, from 1.
    public var call: Int
    /// Who is called.
    public var leader: Role
    /// The whole chain, in order.
    public var chain: [Role]
    /// The form that nobody signed; nil for a danger that is reported.
    public var form: String?
    /// Until when he acknowledges, or signs.
    public var deadline: Deadline
    /// Who is on duty 值班 then in the units that go, those that have a roster; nil where none has.
    public var duties: [UnitDuty]?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, call: Int, leader: Role, chain: [Role], form: String? = nil, deadline: Deadline,
        duties: [UnitDuty]? = nil, at: Instant, basis: Basis
    ) {
        self.number = number
        self.call = call
        self.leader = leader
        self.chain = chain
        self.form = form
        self.deadline = deadline
        self.duties = duties
        self.at = at
        self.basis = basis
    }
}

/// 确认知悉: a leader acknowledged; the calls stop for good.
public struct CaseAcknowledged: CasePayload {
    public static let type = "case.acknowledged"
    /// The case.
    public var number: CaseNumber
    /// What he ordered.
    public var note: String?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, note: String? = nil, at: Instant, basis: Basis) {
        self.number = number
        self.note = note
        self.at = at
        self.basis = basis
    }
}

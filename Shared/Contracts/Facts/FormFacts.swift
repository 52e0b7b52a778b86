public import Governance

/// 单据签收: the unit's head, a written delegate or the leader who was called took note of the form.
public struct FormSigned: CasePayload {
    public static let type = "form.signed"
    /// The case.
    public var number: CaseNumber
    /// Number of the form: the case number and `-T1` or `-D1`.
    public var form: String
    /// Which kind.
    public var kind: FormKind
    /// Which of its kind within the case, from 1.
    public var ordinal: Int
    /// The delegate and the writing that names him; nil when the head signed.
    public var delegate: Delegate?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, form: String, kind: FormKind, ordinal: Int, delegate: Delegate? = nil, at: Instant,
        basis: Basis
    ) {
        self.number = number
        self.form = form
        self.kind = kind
        self.ordinal = ordinal
        self.delegate = delegate
        self.at = at
        self.basis = basis
    }
}

/// 整改反馈: the unit tells what was done; the form's clock ends, and a 督办单 waits for somebody else to settle it.
public struct FormRectified: CasePayload {
    public static let type = "form.rectified"
    /// The case.
    public var number: CaseNumber
    /// Number of the form: the case number and `-T1` or `-D1`.
    public var form: String
    /// Which kind.
    public var kind: FormKind
    /// Which of its kind within the case, from 1.
    public var ordinal: Int
    /// What was done.
    public var result: String
    /// Numbers of evidence.
    public var evidence: [String]
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, form: String, kind: FormKind, ordinal: Int, result: String, evidence: [String] = [],
        at: Instant, basis: Basis
    ) {
        self.number = number
        self.form = form
        self.kind = kind
        self.ordinal = ordinal
        self.result = result
        self.evidence = evidence
        self.at = at
        self.basis = basis
    }
}

/// 督办单核销: somebody other than who told what was done checked it; the form is closed (domain.md §3.2 督办单).
public struct FormSettled: CasePayload {
    public static let type = "form.settled"
    /// The case.
    public var number: CaseNumber
    /// Number of the form: the case number and `-D1`.
    public var form: String
    /// Which kind.
    public var kind: FormKind
    /// Which of its kind within the case, from 1.
    public var ordinal: Int
    /// What was checked.
    public var note: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, form: String, kind: FormKind, ordinal: Int, note: String, at: Instant, basis: Basis
    ) {
        self.number = number
        self.form = form
        self.kind = kind
        self.ordinal = ordinal
        self.note = note
        self.at = at
        self.basis = basis
    }
}

/// 单据撤回: taken back by its issuer or a leader, with the reason; its number is not used again.
public struct FormWithdrawn: CasePayload {
    public static let type = "form.withdrawn"
    /// The case.
    public var number: CaseNumber
    /// Number of the form: the case number and `-T1` or `-D1`.
    public var form: String
    /// Which kind.
    public var kind: FormKind
    /// Which of its kind within the case, from 1.
    public var ordinal: Int
    /// Why.
    public var reason: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, form: String, kind: FormKind, ordinal: Int, reason: String, at: Instant, basis: Basis
    ) {
        self.number = number
        self.form = form
        self.kind = kind
        self.ordinal = ordinal
        self.reason = reason
        self.at = at
        self.basis = basis
    }
}

/// 铃铛核实: somebody called about the bell that was not answered, or went there (domain.md row 28).
public struct BellChecked: CasePayload {
    public static let type = "bell.checked"
    /// The case.
    public var number: CaseNumber
    /// By phone or at the door.
    public var how: BellCheck
    /// The person was reached and is well, or is helped; a call that was not answered is followed by a visit.
    public var reached: Bool
    /// How many bells of the case it answers.
    public var bells: Int
    /// What was found.
    public var note: String?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, how: BellCheck, reached: Bool, bells: Int, note: String? = nil, at: Instant, basis: Basis
    ) {
        self.number = number
        self.how = how
        self.reached = reached
        self.bells = bells
        self.note = note
        self.at = at
        self.basis = basis
    }
}

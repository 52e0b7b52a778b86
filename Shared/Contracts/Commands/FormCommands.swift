public import Governance

/// Sign a 提醒单 or 督办单.
public struct SignForm: CasePayload {
    public static let type = "form.sign"
    /// The case.
    public var number: CaseNumber
    /// Number of the form; the newest that waits when left out.
    public var form: String?
    /// Who signs for the head, and the writing that says so.
    public var delegate: Delegate?

    /// Creates the payload.
    public init(number: CaseNumber, form: String? = nil, delegate: Delegate? = nil) {
        self.number = number
        self.form = form
        self.delegate = delegate
    }
}

/// Answer a 提醒单 or 督办单 with what was done.
public struct RectifyForm: CasePayload {
    public static let type = "form.rectify"
    /// The case.
    public var number: CaseNumber
    /// Number of the form; the newest that waits when left out.
    public var form: String?
    /// What was done.
    public var result: String
    /// Numbers of evidence.
    public var evidence: [String]?

    /// Creates the payload.
    public init(number: CaseNumber, form: String? = nil, result: String, evidence: [String]? = nil) {
        self.number = number
        self.form = form
        self.result = result
        self.evidence = evidence
    }
}

/// Accept what was done about a 督办单.
public struct SettleForm: CasePayload {
    public static let type = "form.settle"
    /// The case.
    public var number: CaseNumber
    /// Number of the form; the newest that waits when left out.
    public var form: String?
    /// What was checked.
    public var note: String

    /// Creates the payload.
    public init(number: CaseNumber, form: String? = nil, note: String) {
        self.number = number
        self.form = form
        self.note = note
    }
}

/// Take a 提醒单 or 督办单 back.
public struct WithdrawForm: CasePayload {
    public static let type = "form.withdraw"
    /// The case.
    public var number: CaseNumber
    /// Number of the form; the newest that waits when left out.
    public var form: String?
    /// Why.
    public var reason: String

    /// Creates the payload.
    public init(number: CaseNumber, form: String? = nil, reason: String) {
        self.number = number
        self.form = form
        self.reason = reason
    }
}

/// Record that you called about a bell, or went there.
public struct CheckBell: CasePayload {
    public static let type = "bell.check"
    /// The case.
    public var number: CaseNumber
    /// By phone or at the door.
    public var how: BellCheck
    /// The person was reached.
    public var reached: Bool
    /// What you found.
    public var note: String?

    /// Creates the payload.
    public init(number: CaseNumber, how: BellCheck, reached: Bool, note: String? = nil) {
        self.number = number
        self.how = how
        self.reached = reached
        self.note = note
    }
}

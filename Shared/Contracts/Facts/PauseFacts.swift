public import Governance

/// 延期申请, before the due instant.
public struct ExtensionAsked: CasePayload {
    public static let type = "extension.asked"
    /// The case.
    public var number: CaseNumber
    /// Number of the order: the case number and the round, `…-1`.
    public var order: String
    /// The instant asked for.
    public var until: Instant
    /// Why; told to the reporter.
    public var reason: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, order: String, until: Instant, reason: String, at: Instant, basis: Basis) {
        self.number = number
        self.order = order
        self.until = until
        self.reason = reason
        self.at = at
        self.basis = basis
    }
}

/// 延期 granted: both due instants are kept.
public struct ExtensionGranted: CasePayload {
    public static let type = "extension.granted"
    /// The case.
    public var number: CaseNumber
    /// Number of the order: the case number and the round, `…-1`.
    public var order: String
    /// The extended clocks; their originals stand in `order.issued`.
    public var clocks: [Deadline]
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, order: String, clocks: [Deadline], at: Instant, basis: Basis) {
        self.number = number
        self.order = order
        self.clocks = clocks
        self.at = at
        self.basis = basis
    }
}

/// 延期 refused: the original due instant stands.
public struct ExtensionRefused: CasePayload {
    public static let type = "extension.refused"
    /// The case.
    public var number: CaseNumber
    /// Number of the order: the case number and the round, `…-1`.
    public var order: String
    /// Why.
    public var reason: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, order: String, reason: String, at: Instant, basis: Basis) {
        self.number = number
        self.order = order
        self.reason = reason
        self.at = at
        self.basis = basis
    }
}

/// 挂账: internal clocks stop and are shown stopped, statutory ones run on; reviewed every 14 days.
public struct OrderSuspended: CasePayload {
    public static let type = "order.suspended"
    /// The case.
    public var number: CaseNumber
    /// Number of the order: the case number and the round, `…-1`.
    public var order: String
    /// Law or objective reason.
    public var ground: SuspensionGround
    /// The reason in words.
    public var note: String
    /// When it is looked at again.
    public var review: Instant
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, order: String, ground: SuspensionGround, note: String, review: Instant, at: Instant,
        basis: Basis
    ) {
        self.number = number
        self.order = order
        self.ground = ground
        self.note = note
        self.review = review
        self.at = at
        self.basis = basis
    }
}

/// 挂账 ends: the clocks run on with what was left.
public struct OrderResumed: CasePayload {
    public static let type = "order.resumed"
    /// The case.
    public var number: CaseNumber
    /// Number of the order: the case number and the round, `…-1`.
    public var order: String
    /// The clocks as they run on.
    public var clocks: [Deadline]
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, order: String, clocks: [Deadline], at: Instant, basis: Basis) {
        self.number = number
        self.order = order
        self.clocks = clocks
        self.at = at
        self.basis = basis
    }
}

public import Governance

public import struct Foundation.UUID

/// Issue a 提醒单.
public struct RemindCase: CasePayload {
    public static let type = "case.remind"
    /// The case.
    public var number: CaseNumber
    /// What is demanded.
    public var demand: String
    /// Until when; three working days when left out.
    public var due: Instant?

    /// Creates the payload.
    public init(number: CaseNumber, demand: String, due: Instant? = nil) {
        self.number = number
        self.demand = demand
        self.due = due
    }
}

/// Issue a 督办单.
public struct SuperviseCase: CasePayload {
    public static let type = "case.supervise"
    /// The case.
    public var number: CaseNumber
    /// What is demanded.
    public var demand: String
    /// Until when; three working days when left out.
    public var due: Instant?

    /// Creates the payload.
    public init(number: CaseNumber, demand: String, due: Instant? = nil) {
        self.number = number
        self.demand = demand
        self.due = due
    }
}

/// Raise the case to the next center up.
public struct RaiseLevel: CasePayload {
    public static let type = "case.raise_level"
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

/// Acknowledge a direct report.
public struct AcknowledgeCase: CasePayload {
    public static let type = "case.acknowledge"
    /// The case.
    public var number: CaseNumber
    /// What you order.
    public var note: String?

    /// Creates the payload.
    public init(number: CaseNumber, note: String? = nil) {
        self.number = number
        self.note = note
    }
}

/// Strike the case off, or propose it when it is red or orange.
public struct StrikeOffCase: CasePayload {
    public static let type = "case.strike_off"
    /// The case.
    public var number: CaseNumber
    /// What you checked.
    public var note: String?

    /// Creates the payload.
    public init(number: CaseNumber, note: String? = nil) {
        self.number = number
        self.note = note
    }
}

/// Have a struck-off case handled anew.
public struct ReviveCase: CasePayload {
    public static let type = "case.revive"
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

/// Read sealed personal data; it stands in the book before it is shown.
public struct UnsealVault: CasePayload {
    public static let type = "vault.unseal"
    /// The case.
    public var number: CaseNumber
    /// The appeal; all of the case when left out.
    public var report: UUID?
    /// What for.
    public var purpose: String

    /// Creates the payload.
    public init(number: CaseNumber, report: UUID? = nil, purpose: String) {
        self.number = number
        self.report = report
        self.purpose = purpose
    }
}

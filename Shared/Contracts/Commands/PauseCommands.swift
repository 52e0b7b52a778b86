public import Governance

/// Ask for an extension.
public struct AskExtension: CasePayload {
    public static let type = "extension.ask"
    /// The case.
    public var number: CaseNumber
    /// The instant asked for.
    public var until: Instant
    /// Why.
    public var reason: String

    /// Creates the payload.
    public init(number: CaseNumber, until: Instant, reason: String) {
        self.number = number
        self.until = until
        self.reason = reason
    }
}

/// Grant the extension.
public struct GrantExtension: CasePayload {
    public static let type = "extension.grant"
    /// The case.
    public var number: CaseNumber
    /// Another instant than the one asked for.
    public var until: Instant?

    /// Creates the payload.
    public init(number: CaseNumber, until: Instant? = nil) {
        self.number = number
        self.until = until
    }
}

/// Refuse the extension.
public struct RefuseExtension: CasePayload {
    public static let type = "extension.refuse"
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

/// Suspend the order.
public struct SuspendOrder: CasePayload {
    public static let type = "order.suspend"
    /// The case.
    public var number: CaseNumber
    /// Law or objective reason.
    public var ground: SuspensionGround
    /// The reason in words.
    public var note: String

    /// Creates the payload.
    public init(number: CaseNumber, ground: SuspensionGround, note: String) {
        self.number = number
        self.ground = ground
        self.note = note
    }
}

/// Resume the order.
public struct ResumeOrder: CasePayload {
    public static let type = "order.resume"
    /// The case.
    public var number: CaseNumber
    /// Why now.
    public var reason: String?

    /// Creates the payload.
    public init(number: CaseNumber, reason: String? = nil) {
        self.number = number
        self.reason = reason
    }
}

public import Governance

public import struct Foundation.UUID

/// 提级建议: two weeks without progress. Nobody decides within one working day: it is raised (domain.md row 61).
public struct RaiseProposed: CasePayload {
    public static let type = "case.raise_proposed"
    /// The case.
    public var number: CaseNumber
    /// The center that would own it.
    public var level: CenterLevel
    /// Until when a person may decide.
    public var deadline: Deadline
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, level: CenterLevel, deadline: Deadline, at: Instant, basis: Basis) {
        self.number = number
        self.level = level
        self.deadline = deadline
        self.at = at
        self.basis = basis
    }
}

/// 提级: the next center up owns the case, the unit keeps working.
public struct LevelRaised: CasePayload {
    public static let type = "case.level_raised"
    /// The case.
    public var number: CaseNumber
    /// The center that owns it now.
    public var level: CenterLevel
    /// The clock that ran out; nil when a person or another service raised it.
    public var occasion: ClockRule?
    /// Why.
    public var reason: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, level: CenterLevel, occasion: ClockRule? = nil, reason: String, at: Instant, basis: Basis
    ) {
        self.number = number
        self.level = level
        self.occasion = occasion
        self.reason = reason
        self.at = at
        self.basis = basis
    }
}

/// 提请销号: red and orange need a second person.
public struct StrikeOffProposed: CasePayload {
    public static let type = "case.strike_off_proposed"
    /// The case.
    public var number: CaseNumber
    /// The handling it is about: 0 the first, n the n-th 重办.
    public var cycle: Int
    /// What was checked.
    public var note: String?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, cycle: Int, note: String? = nil, at: Instant, basis: Basis) {
        self.number = number
        self.cycle = cycle
        self.note = note
        self.at = at
        self.basis = basis
    }
}

/// 销号: all orders closed, the revisit done, by somebody who handled nothing of it (domain.md row 67).
public struct CaseStruckOff: CasePayload {
    public static let type = "case.struck_off"
    /// The case.
    public var number: CaseNumber
    /// The handling it is about: 0 the first, n the n-th 重办.
    public var cycle: Int
    /// What was checked.
    public var note: String?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, cycle: Int, note: String? = nil, at: Instant, basis: Basis) {
        self.number = number
        self.cycle = cycle
        self.note = note
        self.at = at
        self.basis = basis
    }
}

/// 重启: a struck-off case is handled anew; the strike-off is never deleted.
public struct CaseRevived: CasePayload {
    public static let type = "case.revived"
    /// The case.
    public var number: CaseNumber
    /// Why.
    public var reason: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, reason: String, at: Instant, basis: Basis) {
        self.number = number
        self.reason = reason
        self.at = at
        self.basis = basis
    }
}

/// 查看留痕: an entry of the book of unsealings. It stands in the log before any clear text is shown.
public struct VaultUnsealed: CasePayload {
    public static let type = "vault.unsealed"
    /// The case.
    public var number: CaseNumber
    /// The appeal whose sealed data are read; nil: all of the case.
    public var report: UUID?
    /// What for.
    public var purpose: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, report: UUID? = nil, purpose: String, at: Instant, basis: Basis) {
        self.number = number
        self.report = report
        self.purpose = purpose
        self.at = at
        self.basis = basis
    }
}

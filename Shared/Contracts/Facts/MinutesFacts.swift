public import Governance

/// 会议记录: what a meeting resolved about the case, a talk 约谈 with its unit, its review 复盘, or the month's topic 每月一题 that it
/// belongs to (domain.md rows 59, 60, 65).
public struct MinutesRecorded: CasePayload {
    public static let type = "minutes.recorded"
    /// The case.
    public var number: CaseNumber
    /// Which meeting, or what else.
    public var kind: MinutesKind
    /// The month's topic; the cases of one topic share it.
    public var theme: String?
    /// The unit it is addressed to.
    public var unit: UnitCode?
    /// What was resolved, said or found.
    public var text: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, kind: MinutesKind, theme: String? = nil, unit: UnitCode? = nil, text: String, at: Instant,
        basis: Basis
    ) {
        self.number = number
        self.kind = kind
        self.theme = theme
        self.unit = unit
        self.text = text
        self.at = at
        self.basis = basis
    }
}

public import Governance

/// Record what a meeting resolved about a case, a talk with its unit, its review, or that it belongs to the month's topic.
public struct RecordMinutes: CasePayload {
    public static let type = "minutes.record"
    /// The case.
    public var number: CaseNumber
    /// Which meeting, or what else.
    public var kind: MinutesKind
    /// The month's topic; the cases of one topic share it.
    public var theme: String?
    /// The unit it is addressed to; the main unit when a talk leaves it out.
    public var unit: UnitCode?
    /// What was resolved, said or found.
    public var text: String

    /// Creates the payload.
    public init(number: CaseNumber, kind: MinutesKind, theme: String? = nil, unit: UnitCode? = nil, text: String) {
        self.number = number
        self.kind = kind
        self.theme = theme
        self.unit = unit
        self.text = text
    }
}

public import Governance

/// Why a step was taken: the rule, its inputs and the reference data it read, as a person may read it.
public struct Reason: Codable, Hashable, Sendable {
    /// Stable name of the rule: `catalogue.match`, `join.same_matter` …
    public var rule: String
    /// One sentence in Simplified Chinese.
    public var text: String
    /// What the rule looked at: keywords, codes, report ids.
    public var inputs: [String]
    /// Version of the reference folder the rule read; nil when it read none.
    public var reference: String?

    /// Creates a reason.
    public init(rule: String, text: String, inputs: [String] = [], reference: String? = nil) {
        self.rule = rule
        self.text = text
        self.inputs = inputs
        self.reference = reference
    }
}

/// Who took a step, and why.
public struct Basis: Codable, Hashable, Sendable {
    /// The person; nil when a rule decided alone.
    public var actor: Actor?
    /// The reasons, the weightiest first.
    public var reasons: [Reason]

    /// Creates a basis.
    public init(actor: Actor? = nil, reasons: [Reason] = []) {
        self.actor = actor
        self.reasons = reasons
    }

    /// Decided by a rule.
    public static func rule(_ reasons: Reason...) -> Basis { Basis(actor: nil, reasons: reasons) }
    /// Decided by a person, who says why.
    public static func person(_ actor: Actor, _ why: String? = nil) -> Basis {
        Basis(actor: actor, reasons: why.map { [Reason(rule: "person", text: $0)] } ?? [])
    }
}

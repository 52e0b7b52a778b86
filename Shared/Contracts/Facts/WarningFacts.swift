public import Governance

/// 风险预警触发: a model found too much (domain.md row 40). The basis says which model by its rule `model.<id>`, on which
/// inputs and with which version of the reference data.
public struct WarningRaised: CasePayload {
    public static let type = "warning.raised"
    /// The case whose report or step completed it.
    public var number: CaseNumber
    /// Name of the warning within the case: model and scenario.
    public var warning: String
    /// The model's id in `models.yaml`.
    public var model: String
    /// What sort of model.
    public var kind: RiskModelKind
    /// The scenario's id in `scenarios.yaml`; nil when the model watches all matters.
    public var scenario: String?
    /// Name of the scenario, else of the model.
    public var name: String
    /// The place it was counted in; nil when it is about the case alone.
    public var area: PlaceCode?
    /// Colour of the warning.
    public var colour: Colour
    /// What was too much.
    public var threshold: Int
    /// What was found.
    public var found: Int
    /// How many days were looked at.
    public var days: Int
    /// What to do 处置建议.
    public var advice: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload from what a model found.
    public init(
        number: CaseNumber, warning: String, _ found: RiskWarning, at: Instant, basis: Basis
    ) {
        self.number = number
        self.warning = warning
        model = found.model
        kind = found.kind
        scenario = found.scenario
        name = found.name
        area = found.area
        colour = found.colour
        threshold = found.threshold
        self.found = found.found
        days = found.days
        advice = found.advice
        self.at = at
        self.basis = basis
    }
}

/// 风险预警确认: somebody took it on; what is done about it stands in the case.
public struct WarningConfirmed: CasePayload {
    public static let type = "warning.confirmed"
    /// The case.
    public var number: CaseNumber
    /// Name of the warning within the case.
    public var warning: String
    /// What is done about it.
    public var note: String?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, warning: String, note: String? = nil, at: Instant, basis: Basis) {
        self.number = number
        self.warning = warning
        self.note = note
        self.at = at
        self.basis = basis
    }
}

/// 风险预警解除 or 误报, with the reason.
public struct WarningCleared: CasePayload {
    public static let type = "warning.cleared"
    /// The case.
    public var number: CaseNumber
    /// Name of the warning within the case.
    public var warning: String
    /// How it ended.
    public var outcome: WarningOutcome
    /// Why.
    public var reason: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, warning: String, outcome: WarningOutcome, reason: String, at: Instant, basis: Basis
    ) {
        self.number = number
        self.warning = warning
        self.outcome = outcome
        self.reason = reason
        self.at = at
        self.basis = basis
    }
}

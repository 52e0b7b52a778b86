import Governance
import ServiceKit

/// The texts about risk warnings 风险预警; `Resources/risk.yaml` has them.
enum RiskText: String, CatalogueKey {
    // Facts
    case raised = "fact.warning.raised"
    case confirmed = "fact.warning.confirmed"
    case resolved = "fact.warning.resolved"
    case falseAlarm = "fact.warning.false_alarm"
    // The list
    case navWarnings = "nav.warnings"
    case title = "warnings.title"
    case empty = "warnings.empty"
    case forbidden = "warnings.forbidden"
    case forbiddenFix = "warnings.forbidden.fix"
    case time = "warnings.time"
    case what = "warnings.what"
    case why = "warnings.why"
    case place = "warnings.where"
    case number = "warnings.case"
    case advice = "warnings.advice"
    case state = "warnings.state"
    // How far a warning is
    case stateRaised = "state.raised"
    case stateConfirmed = "state.confirmed"
    case stateResolved = "state.resolved"
    case stateFalseAlarm = "state.falseAlarm"
    // What a model looks at
    case kindKeyword = "kind.keyword"
    case kindFrequency = "kind.frequency"
    case kindRepetition = "kind.repetition"
    case kindConvergence = "kind.convergence"
    case kindWatch = "kind.watch"
    case kindReading = "kind.reading"
    case kindCluster = "kind.cluster"
    case kindUnsettled = "kind.unsettled"

    /// The catalogue; when the file is missing every text is its key.
    static let catalogue: TextCatalogue? = try? TextCatalogue.load(from: .module, file: "Resources/risk.yaml")

    static func kind(_ kind: RiskModelKind, _ language: Language) -> String {
        RiskText(rawValue: "kind.\(kind.rawValue)")?.text(language) ?? kind.title
    }

    static func state(_ state: CaseWarning.State, _ language: Language) -> String {
        RiskText(rawValue: "state.\(state.rawValue)")?.text(language) ?? state.rawValue
    }
}

import Contracts
import Governance
import ServiceKit

extension Sentences {
    /// What a fact about a risk warning 风险预警 says; nil for others.
    func risk(_ fact: Fact) -> String? {
        switch fact {
        case .warningRaised(let body):
            RiskText.raised.text(
                names.language,
                [
                    "name": body.name, "kind": RiskText.kind(body.kind, names.language), "found": "\(body.found)",
                    "days": "\(body.days)", "threshold": "\(body.threshold)", "advice": body.advice,
                    "area": body.area.map { " · \(names.area($0))" } ?? "",
                ])
        case .warningConfirmed(let body):
            RiskText.confirmed.text(
                names.language,
                [
                    "name": names.warning(body.warning),
                    "note": body.note.map { (names.language == .zh ? ":" : ": ") + $0 } ?? "",
                ])
        case .warningCleared(let body):
            (body.outcome == .resolved ? RiskText.resolved : .falseAlarm).text(
                names.language, ["name": names.warning(body.warning), "reason": body.reason])
        default: nil
        }
    }
}

extension Names {
    /// A place of whatever depth.
    func area(_ code: PlaceCode) -> String {
        reference.places[code] == nil ? code.text : reference.places.fullName(of: code)
    }

    /// The scenario of a warning's name, else its model; the name itself when the folder no longer has it.
    func warning(_ name: String) -> String {
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        let scenario = parts.count > 1 ? reference.risks.scenarios.first { $0.id == parts[1] }?.name : nil
        return scenario ?? reference.risks.models.first { $0.id == parts.first }?.name ?? name
    }
}

import Contracts
import Governance
import ServiceKit

extension Sentences {
    /// What a fact of a mediation 调解 says; nil for others.
    func mediation(_ fact: Fact) -> String? {
        switch fact {
        case .mediationReferred(let body):
            names.text(.factReferred, ["to": panel(body), "details": details(body)])
        case .mediationEnded(let body):
            names.text(
                ended(body),
                ["note": body.note, "who": body.withdrawnBy.map { names.choice("party", $0.rawValue) } ?? ""])
        default: nil
        }
    }

    private func ended(_ body: MediationEnded) -> FactText {
        if body.mediated { return .factEnded }
        return body.outcome == .withdrawn ? .factMediationWithdrawn : .factEndedWithout
    }

    /// The committee, or the panel with what each member is there for.
    private func panel(_ body: MediationReferred) -> String {
        guard let panel = body.panel else { return body.to }
        let seats = panel.seats.map { "\($0.name)(\(names.choice("skill", $0.skill.rawValue)))" }
        return "\(body.to) " + joined(seats)
    }

    private func details(_ body: MediationReferred) -> String {
        var parts: [String] = []
        if let points = body.points { parts.append(names.text(.factMediationPoints, ["points": joined(points)])) }
        if let via = body.via {
            parts.append(names.text(.factMediationVia, ["via": names.choice("referral", via.rawValue)]))
        }
        if body.consents?.areBoth == true { parts.append(names.text(.factMediationConsents)) }
        return parts.joined()
    }

    private func joined(_ parts: [String]) -> String { parts.joined(separator: names.language == .zh ? "、" : ", ") }
}

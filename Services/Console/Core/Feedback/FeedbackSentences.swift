import Contracts
import Governance
import ServiceKit

extension Sentences {
    /// What a fact of Feedback says, and Triage's about a complaint; nil for those of others.
    func feedback(_ fact: Fact) -> String? {
        switch fact {
        case .caseComplained(let body): tell(.factComplained, ["unit": names.unit(body.unit.text)])
        case .suggestionReceived(let body): tell(.factReceived, ["title": body.title])
        case .suggestionArgued(let body): tell(.factArgued, ["opinion": body.opinion])
        case .suggestionDecided(let body):
            tell(
                .factDecided,
                ["verdict": names.choice("verdict", body.verdict.rawValue), "reason": after(body.reason)])
        case .suggestionLanded(let body): tell(.factLanded, ["measure": body.measure, "note": after(body.note)])
        case .suggestionPublished(let body): tell(.factPublished, ["reply": body.reply])
        case .ratingGiven(let body):
            tell(.factRated, ["score": names.language == .zh ? body.score.title : body.score.rawValue])
        case .pointIssued(let body): tell(.factIssued, ["point": body.point.description])
        case .pointRevoked(let body):
            tell(.factRevoked, ["point": body.point.description, "reason": body.reason])
        default: nil
        }
    }

    private func tell(_ key: SuggestionText, _ values: [String: String]) -> String { key.text(names.language, values) }
    private func after(_ note: String?) -> String {
        note.map { (names.language == .zh ? ":" : ": ") + $0 } ?? ""
    }
}

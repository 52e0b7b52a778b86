import CaseLog
import Contracts
import Governance

/// What staff decide about a suggestion 建议 (domain.md row 76). State, role and separation stand in ``SuggestionSteps``; here
/// are the rules about a command's details.
struct SuggestionDesk {
    typealias Outcome = Decision<Fact, Contracts.Command>

    let reference: Reference
    let columns: SuggestionColumns?
    let actor: Actor
    let now: Instant

    func decide(_ command: Contracts.Command) throws -> Outcome {
        guard let name = SuggestionCommand(rawValue: command.type) else {
            throw FeedbackRefusals.notHere(command.type)
        }
        guard let columns else { throw FeedbackRefusals.noSuggestion }
        try SuggestionSteps.check(name, columns, by: actor)
        return Decision(facts: [try fact(command)])
    }

    private func fact(_ command: Contracts.Command) throws -> Fact {
        switch command {
        case .argueSuggestion(let argue):
            return .suggestionArgued(
                .init(number: argue.number, opinion: try text(argue.opinion, "opinion"), at: now, basis: basis))
        case .decideSuggestion(let decide): return try self.decide(decide)
        case .landSuggestion(let land):
            return .suggestionLanded(
                .init(
                    number: land.number, measure: try text(land.measure, "measure"), note: land.note,
                    solved: land.solved ?? false, at: now, basis: basis))
        case .publishSuggestion(let publish):
            return .suggestionPublished(
                .init(number: publish.number, reply: try text(publish.reply, "reply"), at: now, basis: basis))
        default: throw FeedbackRefusals.notHere(command.type)
        }
    }

    private func decide(_ decide: DecideSuggestion) throws -> Fact {
        let reason = decide.reason.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        guard decide.verdict == .adopted || reason != nil else { throw FeedbackRefusals.reason(decide.verdict) }
        if let unit = decide.unit, reference.units[unit] == nil { throw FeedbackRefusals.noUnit(unit) }
        return .suggestionDecided(
            .init(
                number: decide.number, verdict: decide.verdict, reason: reason, unit: decide.unit, at: now,
                basis: .person(actor, reason)))
    }

    private var basis: Basis { .person(actor) }

    private func text(_ value: String, _ field: String) throws -> String {
        guard !value.allSatisfy(\.isWhitespace) else { throw Refusal.blank(field) }
        return value
    }
}

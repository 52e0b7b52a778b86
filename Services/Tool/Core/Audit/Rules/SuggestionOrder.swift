import Contracts
import Governance

/// `suggestion.order`: every suggestion takes its steps in the order of the table (domain.md row 76), so that nothing is adopted
/// without an argument or published without a decision; whoever argued it did not decide it; only Feedback writes it.
struct SuggestionOrder: AuditRule {
    let name = "suggestion.order"
    private struct Story {
        var stage: SuggestionStage
        var arguedBy: String?
    }
    private var stories: [CaseNumber: Story] = [:]
    private var found: [Offence] = []

    mutating func feed(_ feed: AuditFeed) {
        guard case .record(let record) = feed, record.hasEffect, let service = record.headers?.owner.service else {
            return
        }
        for fact in record.facts {
            guard let (number, stage) = Self.step(fact.fact) else { continue }
            if service != .feedback {
                add("\(fact.fact.type) of suggestion \(number.text) is written by \(service)", record.place)
            }
            take(fact.fact, number, stage, record.place)
        }
    }

    private static func step(_ fact: Fact) -> (CaseNumber, SuggestionStage)? {
        switch fact {
        case .suggestionReceived(let body): (body.number, .received)
        case .suggestionArgued(let body): (body.number, .argued)
        case .suggestionDecided(let body): (body.number, body.verdict.stage)
        case .suggestionLanded(let body): (body.number, .landed)
        case .suggestionPublished(let body): (body.number, .published)
        default: nil
        }
    }

    private mutating func take(_ fact: Fact, _ number: CaseNumber, _ stage: SuggestionStage, _ place: AuditPlace) {
        let before = stories[number]
        if !SuggestionSteps.permits(fact: fact.type, from: before?.stage, to: stage) {
            add(
                "suggestion \(number.text) goes from \(before?.stage.rawValue ?? "nothing") to \(stage.rawValue), which "
                    + "the table does not have", place)
        }
        var story = before ?? Story(stage: stage)
        story.stage = stage
        switch fact {
        case .suggestionArgued(let body): story.arguedBy = body.basis.actor?.subject
        case .suggestionDecided(let body):
            if let decided = body.basis.actor?.subject, decided == story.arguedBy {
                add("suggestion \(number.text) is decided by \(decided), who argued it", place)
            }
            if body.verdict != .adopted, body.reason?.allSatisfy(\.isWhitespace) ?? true {
                add("suggestion \(number.text) is \(stage.rawValue) without a reason", place)
            }
        default: break
        }
        stories[number] = story
    }

    private mutating func add(_ what: String, _ place: AuditPlace) { found.append(Offence(what: what, place: place)) }

    func finish() -> [Offence] { found }
}

import Contracts
import Foundation
import Governance
import Simulation

/// What people send from printed codes, and what staff make of it: suggestions, ratings, points.
struct Scanning: Sendable {
    let reference: Reference
    let townships: [PlaceCode]
    /// The suggestions in the log, as a page would show them, in the order of the log.
    private(set) var suggestions: [(number: CaseNumber, columns: SuggestionColumns)] = []

    init(reference: Reference, townships: [PlaceCode]) {
        self.reference = reference
        self.townships = townships
    }

    mutating func look(at fact: Fact) {
        switch fact {
        case .suggestionReceived(let body):
            suggestions.append((body.number, SuggestionColumns(stage: .received, home: body.number.home)))
        case .suggestionArgued(let body):
            change(body.number) {
                $0.stage = .argued
                $0.arguedBy = body.basis.actor?.subject
            }
        case .suggestionDecided(let body):
            change(body.number) {
                $0.stage = body.verdict.stage
                $0.unit = body.unit
            }
        case .suggestionLanded(let body): change(body.number) { $0.stage = .landed }
        case .suggestionPublished(let body): change(body.number) { $0.stage = .published }
        default: break
        }
    }

    private mutating func change(_ number: CaseNumber, _ body: (inout SuggestionColumns) -> Void) {
        for index in suggestions.indices where suggestions[index].number == number { body(&suggestions[index].columns) }
    }

    /// One wish: something is sent, a point is registered or revoked, or a suggestion goes a step.
    func wish(_ draw: inout Generator, at now: Instant) -> Wish? {
        let township = townships[draw.below(townships.count)]
        guard let point = QRPoint(place: township, serial: 1 + draw.below(4)) else { return nil }
        // Few ids, so that the same is sent again under another key.
        let report = UUID.v5(Identifier.space, "scan \(draw.below(200))")
        switch draw.below(10) {
        case 0, 1:
            return wish(
                .makeSuggestion(
                    .init(report: report, point: point, title: "增设直饮水点", text: "建议增设直饮水点。", sentAt: now)),
                point.description, point.home)
        case 2:
            return wish(
                .giveRating(.init(report: report, point: point, score: .fair, sentAt: now)), point.description,
                point.home)
        case 3:
            let center = actor(.center, &draw)
            let body: Contracts.Command =
                draw.below(4) == 0
                ? .revokePoint(.init(point: point, reason: reason(&draw)))
                : .issuePoint(.init(point: point, unit: unit(&draw)))
            return wish(body, point.description, point.home, center)
        default:
            guard !suggestions.isEmpty else { return nil }
            let (number, columns) = suggestions[draw.below(suggestions.count)]
            let allowed = SuggestionSteps.table.filter { $0.from.contains(columns.stage) }
            let rows = draw.below(5) == 0 || allowed.isEmpty ? SuggestionSteps.table : allowed
            let row = rows[draw.below(rows.count)]
            let roles = Role.allCases.filter(row.roles.contains)
            var by = actor(roles[draw.below(roles.count)], &draw)
            by.unit = columns.unit
            return step(row.command, number, by, reason(&draw), SuggestionVerdict.allCases[draw.below(3)], unit(&draw))
        }
    }

    /// The next step of every suggestion that is not published.
    func forward() -> [Wish] {
        suggestions.compactMap { number, columns in
            guard let row = SuggestionSteps.table.first(where: { $0.from.contains(columns.stage) }) else { return nil }
            // The first row of 已论证 is to argue it once more.
            let command: SuggestionCommand = columns.stage == .argued ? .decide : row.command
            let last: SuggestionCommand = columns.stage == .landed ? .publish : command
            let by = Actor(subject: "last-\(last.rawValue)", name: "综治中心", role: .center)
            return step(last, number, by, "办理到底", .adopted, nil)
        }
    }

    private func step(
        _ command: SuggestionCommand, _ number: CaseNumber, _ by: Actor, _ text: String, _ verdict: SuggestionVerdict,
        _ unit: UnitCode?
    ) -> Wish {
        let body: Contracts.Command =
            switch command {
            case .argue: .argueSuggestion(.init(number: number, opinion: text))
            case .decide: .decideSuggestion(.init(number: number, verdict: verdict, reason: text, unit: unit))
            case .land: .landSuggestion(.init(number: number, measure: text, solved: true))
            case .publish: .publishSuggestion(.init(number: number, reply: text))
            }
        return wish(body, number.text, number.home, by)
    }

    private func wish(_ body: Contracts.Command, _ about: String, _ home: HomeKey, _ actor: Actor? = nil) -> Wish {
        Wish(no: about, name: body.type, to: .feedback, key: home.text, body: body, actor: actor)
    }

    private func reason(_ draw: inout Generator) -> String { draw.below(25) == 0 ? "  " : "经论证,可行" }

    private func unit(_ draw: inout Generator) -> UnitCode? {
        let units = reference.units.all
        return draw.below(3) == 0 ? nil : units[draw.below(units.count)].code
    }

    private func actor(_ role: Role, _ draw: inout Generator) -> Actor {
        let place = draw.below(20) < 19 ? "410803" : "410802"
        return Actor(
            subject: "u-\(role.rawValue)-\(draw.below(2))", name: role.title, role: role, unit: nil,
            place: PlaceCode(place))
    }
}

import Contracts
import Governance
import HTTPTypes
import Hummingbird
import ServiceKit

/// 群众建议: the four counters, the list, and one suggestion with the steps its reader may take (domain.md row 76).
struct SuggestionsPage: Sendable {
    let desk: ConsoleDesk

    func list(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        let names = desk.names(context)
        let (rows, tally) = try await desk.read { db in
            (try SuggestionQuery.list(scope, in: db), try SuggestionQuery.tally(scope, in: db))
        }
        let language = names.language
        let counts = [
            (SuggestionText.countReceived, tally.received), (.countAdopted, tally.adopted),
            (.countMeasures, tally.measures), (.countSolved, tally.solved),
        ]
        let values: [String: Any] = [
            "s": SuggestionText.all(language), "hasRows": !rows.isEmpty,
            "counts": counts.map { ["label": $0.0.text(language), "count": "\($0.1)"] },
            "adoption": SuggestionText.adoption.text(language, ["share": names.rate(Formulas.adoption(tally))]),
            "rows": rows.map { row($0, names, scope.actor) },
        ]
        return try await desk.page(
            "suggestions", .suggestions, title: SuggestionText.listTitle.text(language), values, request, context)
    }

    private func row(_ view: SuggestionView, _ names: Names, _ actor: Actor) -> [String: Any] {
        let next = view.columns.map { SuggestionSteps.allowed($0, by: actor) } ?? []
        return [
            "href": "/suggestions/\(view.number)", "number": view.number, "title": view.title,
            "place": place(view, names), "stage": stage(view, names), "measure": view.measure ?? "",
            "next": next.compactMap { SuggestionText.command($0.rawValue, names.language) }
                .joined(separator: names.language == .zh ? "、" : ", "),
        ]
    }

    private func place(_ view: SuggestionView, _ names: Names) -> String {
        QRPoint(view.point).map { names.reference.places.fullName(of: $0.place) } ?? view.point
    }

    private func stage(_ view: SuggestionView, _ names: Names) -> String {
        SuggestionStage(rawValue: view.stage).map { SuggestionText.stage($0, names.language) } ?? view.stage
    }

    func one(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        let (now, names) = (desk.now(), desk.names(context))
        let found = try await desk.read { [number = context.parameters.get("number")] db in
            try number.flatMap { CaseNumber($0) }.flatMap { number in
                try SuggestionQuery.one(number, scope, in: db).map {
                    ($0, try TimelineEntry.all(of: number, in: db))
                }
            }
        }
        guard let (view, timeline) = found else { throw Problem.noSuggestion }
        let allowed = view.columns.map { SuggestionSteps.allowed($0, by: scope.actor) } ?? []
        let near = QRPoint(view.point)?.place
        let forms = allowed.map { command in
            SuggestionSheets.form(
                SuggestionText.command(command.rawValue, names.language) ?? command.title,
                "/suggestions/\(view.number)/commands/\(command.rawValue)", SuggestionSheets.fields(command),
                names: names, near: near, now: now)
        }
        var values: [String: Any] = [
            "s": SuggestionText.all(names.language), "title": view.title, "number": view.number,
            "place": place(view, names), "stage": stage(view, names), "original": view.text,
            "hasForms": !forms.isEmpty, "forms": forms,
            "timeline": TimelineValues(names: names, now: now).values(timeline),
        ]
        if let unit = view.unit { values["unit"] = names.unit(unit) }
        return try await desk.page("suggestion", .suggestions, title: view.title, values, request, context)
    }
}

extension Problem {
    static var noSuggestion: Problem {
        told(.notFound, SuggestionText.none, .noneFix, field: "number")
    }
}

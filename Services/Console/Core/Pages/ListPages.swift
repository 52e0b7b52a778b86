import Contracts
import Foundation
import Governance
import ServiceKit

/// The list of cases with its filter.
struct CasesPage {
    let names: Names
    let scope: Scope
    let now: Instant

    func values(_ found: CaseQuery.Found, _ query: CaseQuery) -> [String: Any] {
        let row = CaseRowValues(names: names, now: now)
        var values: [String: Any] = [
            "rows": found.rows.map(row.values), "hasRows": !found.rows.isEmpty, "q": query.text ?? "",
            "late": query.late,
            "open": query.open, "watched": query.watched, "onlyWatched": WatchText.onlyWatched.text(names.language),
            "stages": Stage.allCases.map { option($0.rawValue, names.stage($0), query.stage == $0) },
            "colours": Colour.allCases.map { option($0.rawValue, names.colour($0), query.colour == $0) },
            "units": units(query), "hasUnits": !scope.isUnit,
        ]
        let paging = Paging(
            page: query.page, size: CaseQuery.pageSize, total: found.total, isMore: found.isMore)
        values.merge(paging.values(names, link(query))) { $1 }
        return values
    }

    private func units(_ query: CaseQuery) -> [[String: Any]] {
        names.reference.units.all.filter { unit in
            scope.actor.place.map { $0.contains(unit.serves) || unit.serves.contains($0) } ?? true
        }.map { option($0.code.text, $0.name, query.unit == $0.code) }
    }

    private func option(_ value: String, _ text: String, _ isSelected: Bool) -> [String: Any] {
        ["value": value, "text": text, "selected": isSelected]
    }

    private func link(_ query: CaseQuery) -> String {
        var parts: [String] = []
        if let stage = query.stage { parts.append("stage=\(stage.rawValue)") }
        if let colour = query.colour { parts.append("colour=\(colour.rawValue)") }
        if let unit = query.unit { parts.append("unit=\(unit.text)") }
        if query.late { parts.append("late=true") }
        if query.open { parts.append("open=true") }
        if query.watched { parts.append("watched=true") }
        if let text = query.text {
            parts.append("q=\(text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")")
        }
        return "/cases?" + parts.map { $0 + "&" }.joined() + "page="
    }
}

/// Which page of a list, and the way to its neighbours.
struct Paging {
    var page: Int
    var size: Int
    var total: Int
    /// There are more than were counted.
    var isMore = false

    var pages: Int { max((total + size - 1) / size, 1) }

    func values(_ names: Names, _ link: String) -> [String: Any] {
        var values: [String: Any] = [
            "paging": names.text(
                isMore ? .pagesMore : .pages, ["page": "\(page)", "pages": "\(pages)", "total": "\(total)"])
        ]
        if page > 1 { values["previous"] = "\(link)\(page - 1)" }
        if page < pages || isMore { values["next"] = "\(link)\(page + 1)" }
        return values
    }
}

/// 我的任务: the most urgent first, one button each; the chosen one with its timeline beside it.
struct TasksPage {
    let names: Names
    let scope: Scope
    let now: Instant

    func values(
        _ rows: [TaskRow], _ total: Int, suggestions: [SuggestionTask] = [], sponsored: [CaseView] = [],
        chosen: CaseDetail?, details: [String: [CaseAppeal]]
    ) -> [String: Any] {
        let row = CaseRowValues(names: names, now: now)
        var values: [String: Any] = [
            "rows": rows.map { task -> [String: Any] in
                var values = row.values(task.view)
                values["isChosen"] = task.view.number == chosen?.view.number
                values["details"] = "/tasks?case=\(task.view.number)#case"
                let form = SheetForm(
                    names: names, detail: task.view, appeals: details[task.view.number] ?? [], actor: scope.actor,
                    now: now, back: "/tasks")
                values["form"] = form.values(task.primary, isPrimary: true)
                if task.primary == .revisitOk, task.allowed.contains(.unseal) { values["call"] = form.call }
                return values
            }, "hasRows": !rows.isEmpty, "empty": names.text(hasRole ? .tasksEmpty : .noTasks),
        ]
        if total > rows.count { values["more"] = names.text(.tasksMore, ["count": "\(total - rows.count)"]) }
        let suggested = SuggestionTasks(names: names, now: now).values(suggestions)
        values["w"] = WatchText.all(names.language)
        values["s"] = SuggestionText.all(names.language)
        values["suggestions"] = suggested
        values["hasSuggestions"] = !suggested.isEmpty
        if !sponsored.isEmpty {
            values["sponsored"] =
                [
                    "title": LedgerText.sponsored.text(names.language), "rows": sponsored.map(row.values),
                ] as [String: Any]
        }
        if let chosen { values["chosen"] = CasePage(names: names, scope: scope, now: now).values(chosen) }
        return values
    }

    private var hasRole: Bool {
        TaskQuery.watchers(scope.actor.role) != nil || scope.actor.role == .sponsor
            || Stage.allCases.contains { !TaskQuery.movers($0, scope.actor.role).isEmpty }
    }
}

/// The human queue: why it waits, what the rules thought of, and the four ways out.
struct QueuePage {
    let names: Names
    let scope: Scope
    let now: Instant

    func values(_ rows: [CaseDetail], _ total: Int, page: Int) -> [String: Any] {
        let row = CaseRowValues(names: names, now: now)
        var values: [String: Any] = [
            "rows": rows.map { detail -> [String: Any] in
                var values = row.values(detail.view)
                values["body"] = detail.appeals.first?.appeal.text ?? ""
                values["why"] = detail.view.queueWhy ?? names.text(.queueNoWhy)
                let codes = (detail.view.candidates ?? "").split(separator: ",").map(String.init)
                values["candidates"] = codes.compactMap { names.reference.catalogue[$0]?.name }
                values["hasCandidates"] = !codes.isEmpty
                let page = CasePage(names: names, scope: scope, now: now)
                values["farNote"] = page.farNote(detail)
                values["forms"] = page.forms(detail, back: "/queue")
                return values
            }, "hasRows": !rows.isEmpty,
        ]
        values.merge(Paging(page: page, size: 20, total: total).values(names, "/queue?page=")) { $1 }
        return values
    }
}

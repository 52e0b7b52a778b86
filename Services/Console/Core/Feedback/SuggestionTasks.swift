import GRDB
import Governance

/// A suggestion 建议 whose next step is the person's: argue, decide, carry out or publish.
struct SuggestionTask: Sendable, Encodable {
    var number: String
    var title: String
    var stage: String
    /// The step.
    var next: SuggestionCommand
    /// Until when.
    var due: Deadline

    /// Those that wait for the person, what is due first on top.
    static func fetch(_ scope: Scope, _ calendar: WorkCalendar, in db: Database) throws -> [SuggestionTask] {
        guard scope.mayRead else { return [] }
        return try SuggestionQuery.list(scope, in: db).compactMap { view -> SuggestionTask? in
            guard let columns = view.columns,
                let next = SuggestionSteps.next(columns.stage),
                SuggestionSteps.allowed(columns, by: scope.actor).contains(next)
            else { return nil }
            let due = SuggestionSteps.deadline(next, since: Instant(milliseconds: view.updated), calendar: calendar)
            return SuggestionTask(number: view.number, title: view.title, stage: view.stage, next: next, due: due)
        }.sorted { ($0.due.due, $0.number) < ($1.due.due, $1.number) }
    }
}

/// The rows of ``SuggestionTask`` on 我的任务.
struct SuggestionTasks {
    let names: Names
    let now: Instant

    func values(_ tasks: [SuggestionTask]) -> [[String: Any]] {
        let bar = DueBar(names: names, now: now)
        return tasks.map { task in
            let (start, due) = (task.due.start.milliseconds, task.due.due.milliseconds)
            let stage = SuggestionStage(rawValue: task.stage).map { SuggestionText.stage($0, names.language) }
            let step = SuggestionText.command(task.next.rawValue, names.language) ?? task.next.title
            var shown = bar.values(rule: task.due.rule, start: start, due: due)
            if let text = shown["text"] as? String { shown["text"] = text.replacing(task.due.rule, with: step) }
            return [
                "number": task.number, "title": task.title, "href": "/suggestions/\(task.number)",
                "stage": stage ?? task.stage, "action": step, "due": shown, "why": task.due.explanation,
            ]
        }
    }
}

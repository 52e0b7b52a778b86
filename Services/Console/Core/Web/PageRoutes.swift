import Contracts
import GRDB
import Governance
import HTTPTypes
import Hummingbird
import ServiceKit

/// The pages. The group they are added to has checked the token and sends a browser without one to the login.
struct PageRoutes: Sendable {
    let desk: ConsoleDesk
    let post: CommandPost

    func add(to router: some RouterMethods<ServiceContext>) {
        router.get("/") { request, context in try await overview(request, context) }
        router.get("/cases") { request, context in try await cases(request, context) }
        router.get("/cases/{number}") { request, context in try await one(request, context) }
        router.get("/cases/{number}/forms/{form}") { request, context in try await form(request, context) }
        router.get("/cases/{number}/unsealed") { request, context in
            try await UnsealedPage(desk: desk).answer(request, context)
        }
        router.get("/packs/{kind}") { request, context in try await PackPage(desk: desk).answer(request, context) }
        router.get("/warnings") { request, context in
            try await WarningsPage(desk: desk).answer(request, context)
        }
        router.get("/ledger") { request, context in try await LedgerPage(desk: desk).answer(request, context) }
        router.get("/ledger.csv") { request, context in try await LedgerPage(desk: desk).file(request, context) }
        router.get("/unsealings") { request, context in
            try await UnsealingsPage(desk: desk).answer(request, context)
        }
        router.get("/tasks") { request, context in try await tasks(request, context) }
        router.get("/queue") { request, context in try await queue(request, context) }
        router.get("/cases/{number}/photos/{hash}") { _, context in
            try await PhotoAnswer(desk: desk).answer(context)
        }
        router.get("/suggestions") { request, context in
            try await SuggestionsPage(desk: desk).list(request, context)
        }
        router.get("/suggestions/{number}") { request, context in
            try await SuggestionsPage(desk: desk).one(request, context)
        }
        router.post("/suggestions/{number}/commands/{name}") { request, context in
            try await FeedbackPost(desk: desk, post: post).suggestion(request, context)
        }
        router.get("/scanner") { request, context in try await ScannerPage(desk: desk).form(request, context) }
        router.post("/scanner") { request, context in try await ScannerPage(desk: desk).read(request, context) }
        router.get("/points") { request, context in try await PointsPage(desk: desk).answer(request, context) }
        router.post("/points/commands/{name}") { request, context in
            try await FeedbackPost(desk: desk, post: post).point(request, context)
        }
        router.post("/cases/{number}/commands/{name}") { request, context in
            try await post.handle(request, context)
        }
    }

    private func overview(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        // A unit's people begin with what they have to do.
        if scope.isUnit { return .seeOther("/tasks") }
        let (now, names) = (desk.now(), desk.names(context))
        let (numbers, first, heat, queue) = try await desk.read { db in
            let first = try CaseQuery(open: true).fetch(scope, now: now, in: db).rows.prefix(8)
            return (
                try Overview.read(scope, now: now, in: db), Array(first), try HeatTable.read(scope, now: now, in: db),
                Array(try CaseQuery.queue(scope, page: 1, in: db).rows.prefix(5))
            )
        }
        let values = OverviewPage(names: names, now: now).values(numbers, first: first, heat: heat, queue: queue)
        return try await desk.page(
            "overview", .overview, title: names.text(.navOverview), values, request, context)
    }

    private func cases(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        let query = try desk.query(request)
        let (now, names) = (desk.now(), desk.names(context))
        let found = try await desk.read { db in try query.fetch(scope, now: now, in: db) }
        let values = CasesPage(names: names, scope: scope, now: now).values(found, query)
        let title =
            query.watched
            ? WatchText.watchTitle.text(names.language) : names.text(scope.isUnit ? .navUnitCases : .navCases)
        return try await desk.page("cases", query.watched ? .watch : .cases, title: title, values, request, context)
    }

    private func one(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        let number = try desk.number(context)
        let (now, names) = (desk.now(), desk.names(context))
        guard let detail = try await desk.read({ db in try CaseDetail.read(number, scope, in: db) }) else {
            throw Problem.console(.notFound, .noCase, .noCaseFix, field: "number")
        }
        let values = CasePage(names: names, scope: scope, now: now).values(detail)
        return try await desk.page(
            "case", nil, title: detail.view.title.isEmpty ? number.text : detail.view.title, ["case": values], request,
            context)
    }

    /// A printable 提醒单 or 督办单.
    private func form(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        let number = try desk.number(context)
        let (now, names) = (desk.now(), desk.names(context))
        let form = context.parameters.get("form") ?? ""
        let detail = try await desk.read { db in try CaseDetail.read(number, scope, in: db) }
        guard let values = detail.flatMap({ WatchFormPage(names: names, now: now).values(form, $0) }) else {
            let shown = ["form": String(form.prefix(60))]
            throw Problem.told(.notFound, WatchText.formNone, .formNoneFix, shown, field: "form")
        }
        return try await desk.page(
            "watchform", nil, title: form, ["form": values, "w": WatchText.all(names.language)], request, context)
    }

    private func tasks(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        let (now, names) = (desk.now(), desk.names(context))
        let wanted = request.uri.queryParameters["case"].flatMap { CaseNumber(String($0)) }
        let calendar = names.reference.calendar
        let (rows, total, chosen, suggestions, sponsored) = try await desk.read { db in
            let (rows, total) = try TaskQuery.fetch(scope, now: now, limit: 50, in: db)
            let number = wanted ?? rows.first.flatMap { CaseNumber($0.view.number) }
            return (
                rows, total, try number.flatMap { try CaseDetail.read($0, scope, in: db) },
                try SuggestionTask.fetch(scope, calendar, in: db), try LedgerQuery.sponsored(scope, in: db)
            )
        }
        let details = chosen.map { [$0.view.number: $0.appeals] } ?? [:]
        let values = TasksPage(names: names, scope: scope, now: now)
            .values(rows, total, suggestions: suggestions, sponsored: sponsored, chosen: chosen, details: details)
        return try await desk.page("tasks", .tasks, title: names.text(.navTasks), values, request, context)
    }

    private func queue(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        guard scope.seesQueue else {
            var problem = Problem.console(.forbidden, .noQueue, .noQueueFix)
            problem.text = Wording(
                zh: ConsoleText.noQueue.text(.zh, ["role": scope.actor.role.title]),
                en: ConsoleText.noQueue.text(.en, ["role": scope.actor.role.rawValue]))
            throw problem
        }
        let page = try desk.page(request)
        let (now, names) = (desk.now(), desk.names(context))
        let (details, total) = try await desk.read { db in
            let found = try CaseQuery.queue(scope, page: page, in: db)
            let details = try found.rows.compactMap { view in
                try CaseNumber(view.number).flatMap { try CaseDetail.read($0, scope, in: db) }
            }
            return (details, found.total)
        }
        let values = QueuePage(names: names, scope: scope, now: now).values(details, total, page: page)
        return try await desk.page("queue", .queue, title: names.text(.navQueue), values, request, context)
    }
}

/// Errors of pages as a page with a sentence and a way on; programs get theirs as JSON from the outer layer.
struct PageProblems: RouterMiddleware {
    typealias Context = ServiceContext
    let desk: ConsoleDesk

    func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error where request.headers[.accept]?.contains("text/html") == true {
            let problem: Problem
            switch error {
            case let error as Problem: problem = error
            case let error as Refusal: problem = Problem(error)
            case let error as FieldFaults: problem = Problem(error)
            default: throw error
            }
            let language = context.language
            let values: [String: Any] = [
                "lang": language.rawValue, "t": ConsoleText.all(language), "text": problem.text.text(in: language),
                "fix": problem.fix.text(in: language), "rule": problem.rule, "status": "\(problem.status.code)",
            ]
            return try desk.pages.html("error", values, status: problem.status, language: language)
        }
    }
}

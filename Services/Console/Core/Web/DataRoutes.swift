import Contracts
import GRDB
import Governance
import HTTPTypes
import Hummingbird
import ServiceKit
import Synchronization

/// The same in JSON, and the live events.
struct DataRoutes: Sendable {
    let desk: ConsoleDesk
    let live: Broadcaster

    func add(to router: some RouterMethods<ServiceContext>) {
        router.get("/v1/overview") { request, context in try await overview(request, context) }
        router.get("/v1/cases") { request, context in try await cases(request, context) }
        router.get("/v1/cases/{number}") { request, context in try await one(request, context) }
        router.get("/v1/me/tasks") { request, context in try await tasks(request, context) }
        router.get("/v1/queue") { request, context in try await queue(request, context) }
        router.get("/v1/ledger") { request, context in try await LedgerPage(desk: desk).data(request, context) }
        router.get("/v1/live") { _, context in try await events(context) }
    }

    /// `changed` with the version of the read model, when something has changed that the reader may see; at most one a second.
    private func events(_ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        let desk = desk
        let change = try await desk.read { db in try LiveChange.read(since: nil, scope, in: db) }
        let told = Mutex(change.version)
        return try live.response(first: [change.event]) { event in
            guard event.kind == "changed" else { return event }
            let last = told.withLock { $0 }
            guard let change = try? await desk.read({ try LiveChange.read(since: last, scope, in: $0) }) else {
                return event
            }
            told.withLock { $0 = change.version }
            return change.isSeen ? change.event : nil
        }
    }

    private func overview(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        let (now, names) = (desk.now(), desk.names(context))
        let (numbers, heat) = try await desk.read { db in
            (try Overview.read(scope, now: now, in: db), try HeatTable.read(scope, now: now, in: db))
        }
        let frame = PageFrame(
            names: names, scope: scope, now: now, freshness: desk.freshness(), taskCount: 0, queueCount: 0)
        var texts = OverviewPage(names: names, now: now).live(numbers)
        texts["asOf"] = frame.values(nil, title: "")["asOf"] as? String
        return try .json(
            encoding: OverviewAnswer(
                asOf: desk.freshness().asOf, counts: numbers,
                heat: HeatAnswer(
                    categories: heat.categories, rows: heat.rows.map { .init(home: $0.home, cells: $0.cells) }),
                texts: texts))
    }

    private func cases(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        let query = try desk.query(request)
        let now = desk.now()
        let found = try await desk.read { db in try query.fetch(scope, now: now, in: db) }
        return try .json(encoding: ListAnswer(found, page: query.page, pageSize: CaseQuery.pageSize))
    }

    private func one(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        let number = try desk.number(context)
        let (now, names) = (desk.now(), desk.names(context))
        guard let detail = try await desk.read({ db in try CaseDetail.read(number, scope, in: db) }) else {
            throw Problem.console(.notFound, .noCase, .noCaseFix, field: "number")
        }
        return try .json(encoding: DetailAnswer(detail, scope, names, now))
    }

    private func tasks(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        let now = desk.now()
        let calendar = desk.names(context).reference.calendar
        let (rows, total, suggestions, sponsored) = try await desk.read { db in
            let (rows, total) = try TaskQuery.fetch(scope, now: now, in: db)
            return (
                rows, total, try SuggestionTask.fetch(scope, calendar, in: db),
                try LedgerQuery.sponsored(scope, in: db)
            )
        }
        return try .json(
            encoding: TasksAnswer(
                total: total,
                tasks: rows.map { .init(case: CaseAnswer($0.view), next: $0.primary, allowed: $0.allowed) },
                suggestions: suggestions, sponsored: sponsored.map(CaseAnswer.init)))
    }

    private func queue(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        let page = try desk.page(request)
        let found = try await desk.read { db in try CaseQuery.queue(scope, page: page, in: db) }
        return try .json(encoding: ListAnswer(found, page: page, pageSize: 20))
    }
}

import CaseLog
import GRDB
import Governance
import HTTPTypes
import Hummingbird
import Photos
import ServiceKit
import Vault

/// What the routes draw on: the read model, the reference data, the templates, the time.
struct ConsoleDesk: Sendable {
    let store: ConsoleStore
    let reference: @Sendable () -> Reference
    let pages: Pages
    let freshness: @Sendable () -> Freshness
    let now: @Sendable () -> Instant
    /// Opens the vault; nil on a replica without master keys.
    var vault: VaultWindow?
    /// Checks the signatures of printed codes; nil on a replica without that secret.
    var points: ReceiptSecret?
    /// Where photos lie; nil on a replica without them.
    var photos: (any PhotoStore)?
    /// Where a browser hands in reports; nil = under the console's own address.
    var intake: Sibling?

    func names(_ context: ServiceContext) -> Names { Names(reference: reference(), language: context.language) }

    /// The scope of whoever asks.
    /// - Throws: 403 for a role without case rights.
    func scope(_ context: ServiceContext) throws -> Scope {
        let actor = try context.staff
        let scope = Scope(actor)
        guard scope.mayRead else {
            var problem = Problem.console(.forbidden, .noRight, .noRightFix)
            problem.text = Wording(
                zh: ConsoleText.noRight.text(.zh, ["role": actor.role.title]),
                en: ConsoleText.noRight.text(.en, ["role": actor.role.rawValue]))
            throw problem
        }
        return scope
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await store.pool.read(body)
    }

    /// A page inside its frame; a flash that was shown is taken away.
    func page(
        _ template: String, _ place: PageFrame.Place?, title: String, _ values: [String: Any], _ request: Request,
        _ context: ServiceContext
    ) async throws -> Response {
        let scope = try scope(context)
        let now = now()
        let (tasks, queued) = try await read { db in
            (
                try TaskQuery.fetch(scope, now: now, limit: 0, in: db).total,
                try CaseQuery.queue(scope, page: 1, in: db).total
            )
        }
        let flash = Flash(request)
        let frame = PageFrame(
            names: names(context), scope: scope, now: now, freshness: freshness(), taskCount: tasks,
            queueCount: queued, flash: flash)
        var response = try pages.html(
            template, frame.values(place, title: title).merging(values) { $1 }, language: context.language)
        if flash != nil { response.setCookie(Flash.gone) }
        return response
    }

    /// A case number in the path, or 404.
    func number(_ context: ServiceContext) throws -> CaseNumber {
        guard let number = context.parameters.get("number").flatMap(CaseNumber.init) else {
            throw Problem.console(.notFound, .noCase, .noCaseFix, field: "number")
        }
        return number
    }

    /// The filter of a list.
    /// - Throws: 400 naming the field that is wrong.
    func query(_ request: Request) throws -> CaseQuery {
        func value(_ name: String) -> String? {
            request.uri.queryParameters[name[...]].map { String($0.prefix(100)) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        var query = CaseQuery(
            text: value("q"), late: value("late") == "true", open: value("open") == "true",
            watched: value("watched") == "true")
        if let text = value("stage") {
            guard let stage = Stage(rawValue: text) else {
                throw Self.wrong("stage", Stage.allCases.map(\.rawValue).joined(separator: ", "))
            }
            query.stage = stage
        }
        if let text = value("colour") {
            guard let colour = Colour(rawValue: text) else {
                throw Self.wrong("colour", Colour.allCases.map(\.rawValue).joined(separator: ", "))
            }
            query.colour = colour
        }
        if let text = value("unit") {
            guard let unit = UnitCode(text) else { throw Self.wrong("unit", "410803-housing") }
            query.unit = unit
        }
        query.page = try page(request)
        return query
    }

    /// A value of the address, if it is there.
    /// - Throws: 400 naming what it may be.
    func value<Value>(_ name: String, _ request: Request, allowed: String, _ read: (String) -> Value?) throws -> Value?
    {
        guard let text = request.uri.queryParameters[name[...]], !text.isEmpty else { return nil }
        guard let value = read(String(text.prefix(60))) else { throw Self.wrong(name, allowed) }
        return value
    }

    /// 400: a part of the address that is wrong, and what it may be.
    static func wrong(_ field: String, _ allowed: String) -> Problem {
        Problem.console(.badRequest, .badFilter, .badFilterFix, ["field": field, "allowed": allowed], field: field)
    }

    func page(_ request: Request) throws -> Int {
        guard let text = request.uri.queryParameters["page"] else { return 1 }
        guard let page = Int(text), (1...100_000).contains(page) else {
            throw Self.wrong("page", "1…100000")
        }
        return page
    }
}

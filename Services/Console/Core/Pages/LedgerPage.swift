import Contracts
import Governance
import HTTPTypes
import Hummingbird
import ServiceKit

/// 重大风险问题台账 as a page, as JSON and as a file (domain.md rows 19, 35): sponsor, main unit, due, state and last step of each case.
struct LedgerPage: Sendable {
    /// Who reads the ledger: leaders, those who supervise and command, and 纪检.
    static let readers: Set<Role> = [
        .center, .supervisor, .dispatcher, .deputyLeader, .chiefLeader, .sponsor, .discipline,
    ]

    let desk: ConsoleDesk

    func answer(_ request: Request, _ context: ServiceContext) async throws -> Response {
        if request.headers[.accept]?.contains("application/json") == true { return try await data(request, context) }
        let scope = try scope(context)
        let query = try query(request)
        let (now, names) = (desk.now(), desk.names(context))
        let (lines, total) = try await desk.read { db in try query.fetch(scope, in: db) }
        let sheet = LedgerSheet(names: names, now: now)
        var values: [String: Any] = [
            "l": LedgerText.all(names.language), "rows": lines.map(sheet.values), "hasRows": !lines.isEmpty,
            "what": LedgerText.what.text(names.language, ["count": "\(total)"]), "views": views(query, names),
            "export": "/ledger.csv?" + Self.filter(query),
        ]
        let paging = Paging(page: query.page, size: LedgerQuery.pageSize, total: total)
        values.merge(paging.values(names, "/ledger?\(Self.filter(query))&page=")) { $1 }
        return try await desk.page(
            "ledger", .ledger, title: LedgerText.title.text(names.language), values, request, context)
    }

    func data(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try scope(context)
        let query = try query(request)
        let (lines, total) = try await desk.read { db in try query.fetch(scope, in: db) }
        let sentences = Sentences(names: desk.names(context), now: desk.now())
        return try .json(encoding: LedgerAnswer(lines, total: total, page: query.page, sentences))
    }

    func file(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try scope(context)
        let query = try query(request)
        let (now, names) = (desk.now(), desk.names(context))
        let lines = try await desk.read { db in try query.export(scope, in: db) }
        let table = LedgerSheet(names: names, now: now).table(lines)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"ledger-\(now.day).csv\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: table.bytes)))
    }

    private func scope(_ context: ServiceContext) throws -> Scope {
        let scope = try desk.scope(context)
        guard Self.readers.contains(scope.actor.role) else {
            throw Problem.told(.forbidden, LedgerText.forbidden, .forbiddenFix)
        }
        return scope
    }

    private func query(_ request: Request) throws -> LedgerQuery {
        let asked = request.uri.queryParameters
        return LedgerQuery(
            isWhole: asked["all"] == "true", isUnsponsored: asked["unsponsored"] == "true",
            page: try desk.page(request))
    }

    private static func filter(_ query: LedgerQuery) -> String {
        "all=\(query.isWhole)&unsponsored=\(query.isUnsponsored)"
    }

    /// The three ways to look at it.
    private func views(_ query: LedgerQuery, _ names: Names) -> [[String: Any]] {
        let all: [(LedgerText, LedgerQuery)] = [
            (.open, LedgerQuery()), (.unsponsored, LedgerQuery(isUnsponsored: true)),
            (.whole, LedgerQuery(isWhole: true)),
        ]
        return all.map { text, view in
            [
                "text": text.text(names.language), "href": "/ledger?" + Self.filter(view),
                "current": view.isWhole == query.isWhole && view.isUnsponsored == query.isUnsponsored,
            ]
        }
    }
}

/// The ledger's lines in words, for the page and for the file.
struct LedgerSheet {
    let names: Names
    let now: Instant

    func values(_ line: LedgerQuery.Line) -> [String: Any] {
        var values = CaseRowValues(names: names, now: now).values(line.view)
        values["gravity"] = line.view.gravity.map { names.choice("gravity", $0) }
        values["sponsor"] = line.view.sponsorName
        if let last = line.last {
            values["last"] = Sentences(names: names, now: now).sentence(last)
            values["lastTime"] = names.moment(last.time, now: now)
        }
        return values
    }

    /// The columns of the file; every value stands alone, so times are told in full.
    private static let columns: [LedgerText] = [
        .number, .matter, .place, .risk, .gravity, .sponsor, .unit, .opened, .due, .originalDue, .stage, .last,
        .lastTime,
    ]

    func table(_ lines: [LedgerQuery.Line]) -> CSVTable {
        CSVTable(rows: [Self.columns.map { $0.text(names.language) }] + lines.map(row))
    }

    private func row(_ line: LedgerQuery.Line) -> [String] {
        let view = line.view
        let sentences = Sentences(names: names, now: now)
        return [
            view.number, view.title, names.place(view), names.colour(view.risk),
            view.gravity.map { names.choice("gravity", $0) } ?? "", view.sponsorName ?? "",
            view.mainUnit.map { names.unit($0) } ?? "", Self.moment(view.opened), Self.moment(view.due),
            Self.moment(view.originalDue), names.stage(view.current), line.last.map { sentences.sentence($0) } ?? "",
            Self.moment(line.last?.time.milliseconds),
        ]
    }

    /// `2026-11-21 09:30`, on the wall clock of the city.
    private static func moment(_ milliseconds: Int64?) -> String {
        guard let milliseconds else { return "" }
        return String(Instant(milliseconds: milliseconds).description.prefix(16)).replacing("T", with: " ")
    }
}

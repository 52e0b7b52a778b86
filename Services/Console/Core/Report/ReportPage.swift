import Foundation
import Governance
import HTTPTypes
import Hummingbird
import ServiceKit

/// 上报: the form with which hotline operators and grid workers hand in what they were told or saw. The console only shows it; the
/// browser sends the report to Intake, which alone is the durable edge (design.md §3), and keeps it until Intake has it.
struct ReportPage: Sendable {
    let desk: ConsoleDesk

    /// Which channels a role reports through, the usual one first; the roles are the page's readers.
    static let channels: [Role: [String]] = [
        .operator: ["hotline", "minhubiying", "walk-in"], .center: ["hotline", "walk-in", "minhubiying"],
        .gridWorker: ["grid"], .gridLeader: ["grid", "walk-in"],
    ]
    /// Who writes down the contact of somebody else; a grid worker answers for what he saw himself.
    static let takesContacts: Set<Role> = [.operator, .center]

    func add(to pages: some RouterMethods<ServiceContext>, data: some RouterMethods<ServiceContext>) {
        pages.get("/report") { request, context in try await form(request, context) }
        data.get("/v1/places") { request, context in try places(request, context) }
        data.get("/v1/appeals/{id}") { _, context in try await appeal(context) }
    }

    private func reporter(_ context: ServiceContext) throws(Problem) -> Actor {
        try context.require(.operator, .center, .gridWorker, .gridLeader)
    }

    private func form(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let actor = try reporter(context)
        let language = context.language
        let known = desk.reference().channels
        let channels = (Self.channels[actor.role] ?? []).compactMap { known[$0] }
        let texts = try JSONEncoder().encode(ReportText.script(language))
        let intake = desk.intake?.origin(for: request)
        let values: [String: Any] = [
            "r": ReportText.all(language), "texts": String(decoding: texts, as: UTF8.self), "subject": actor.subject,
            "intake": intake ?? "", "hasContact": Self.takesContacts.contains(actor.role),
            "channels": channels.enumerated().map { index, channel in
                ["code": channel.code, "name": channel.name, "checked": index == 0] as [String: Any]
            }, "hasChoice": channels.count > 1, "hasChannels": !channels.isEmpty,
        ]
        var response = try await desk.page(
            "report", .report, title: ReportText.title.text(language), values, request, context)
        if let intake { response.mayConnect(to: intake) }
        return response
    }

    /// `GET /v1/places?q=&limit=`: what the field for the place offers.
    private func places(_ request: Request, _ context: ServiceContext) throws -> Response {
        let actor = try reporter(context)
        let query = request.uri.queryParameters["q"].map(String.init) ?? ""
        let limit = request.uri.queryParameters["limit"].flatMap { Int($0) } ?? 20
        let search = PlaceSearch(reference: desk.reference(), actor: actor, today: desk.now().day)
        return try .json(
            encoding: ["places": search.find(query, limit: min(max(limit, 1), PlaceSearch.most))])
    }

    /// `GET /v1/appeals/{id}`: which case has it.
    private func appeal(_ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        guard let id = context.parameters.get("id").flatMap({ UUID(uuidString: $0) }) else {
            throw Problem.console(.notFound, .noCase, .noCaseFix, field: "id")
        }
        return try .json(encoding: try await desk.read { db in try AppealWhere.read(id, scope, in: db) })
    }
}

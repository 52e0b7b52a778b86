import Governance
import HTTPTypes
import Hummingbird
import ServiceKit

/// `/scores` 考核 and `/bulletin` 每日通报, and the same as JSON.
struct ScorePages: Sendable {
    let desk: ConsoleDesk
    /// Most cards of one page; the JSON has all.
    static let most = 100

    func add(to pages: some RouterMethods<ServiceContext>, data: some RouterMethods<ServiceContext>) {
        pages.get("/scores") { request, context in try await scores(request, context) }
        pages.get("/bulletin") { request, context in try await bulletin(request, context) }
        data.get("/v1/scores") { request, context in try await scoreAnswer(request, context) }
        data.get("/v1/bulletin") { request, context in try await bulletinAnswer(request, context) }
    }

    private func scores(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let (sheet, query) = try await sheet(request, context)
        let names = desk.names(context)
        let values = ScoreValues(names: names, now: desk.now()).values(
            sheet, subjects: query.subjects, isFrozen: isFrozen(sheet.snapshot.month))
        let title = ScoreText.title.text(
            names.language,
            [
                "month": names.month(sheet.snapshot.month),
                "subject": ScoreText.subject(sheet.snapshot.subject).text(names.language),
            ])
        return try await desk.page("scores", .scores, title: title, values, request, context)
    }

    private func scoreAnswer(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let (sheet, _) = try await sheet(request, context)
        let values = ScoreValues(names: desk.names(context), now: desk.now())
        return try .json(encoding: ScoreAnswer(sheet, isFrozen: isFrozen(sheet.snapshot.month), values))
    }

    private func bulletin(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let bulletin = try await bulletin(of: request, context)
        let names = desk.names(context)
        let day = names.language == .zh ? "\(bulletin.day.year)年\(bulletin.day.chinese)" : "\(bulletin.day)"
        return try await desk.page(
            "bulletin", .scores, title: ScoreText.bulletinTitle.text(names.language, ["day": day]),
            BulletinValues(names: names).values(bulletin), request, context)
    }

    private func bulletinAnswer(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let bulletin = try await bulletin(of: request, context)
        return try .json(encoding: BulletinAnswer(bulletin, ScoreValues(names: desk.names(context), now: desk.now())))
    }

    /// A month is frozen when everything of it was read.
    private func isFrozen(_ month: CivilMonth) -> Bool {
        desk.freshness().asOf.map { $0 >= ScoreSnapshot.freezes(month) } ?? false
    }

    private func sheet(
        _ request: Request, _ context: ServiceContext
    ) async throws -> (sheet: ScoreSheet, query: ScoreQuery) {
        let channels = desk.reference().channels
        let query = ScoreQuery(try desk.scope(context), channels)
        let month =
            try desk.value("month", request, allowed: "2026-11") { CivilMonth($0) } ?? CivilMonth(desk.now().day)
        let allowed = query.subjects.map(\.rawValue).joined(separator: ", ")
        let subject =
            try desk.value("of", request, allowed: allowed) { text in query.subjects.first { $0.rawValue == text } }
            ?? query.subjects[0]
        let sheet = try await desk.read { db in try ScoreSheet.read(subject, month, query, channels, in: db) }
        return (sheet, query)
    }

    private func bulletin(of request: Request, _ context: ServiceContext) async throws -> Bulletin {
        let query = ScoreQuery(try desk.scope(context), desk.reference().channels)
        let day = try desk.value("day", request, allowed: "2026-11-21") { CivilDate($0) } ?? desk.now().day
        return try await desk.read { db in try Bulletin.read(day, query, in: db) }
    }
}

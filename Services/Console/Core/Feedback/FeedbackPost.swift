import Contracts
import Foundation
import GRDB
import Governance
import HTTPTypes
import Hummingbird
import ServiceKit

/// A form of the suggestions' and the points' pages: the same command edge as a case's forms, and back with a word on what
/// became of it.
struct FeedbackPost: Sendable {
    let desk: ConsoleDesk
    let post: CommandPost

    func suggestion(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let actor = try context.staff
        guard let number = context.parameters.get("number").flatMap(CaseNumber.init) else {
            throw Problem.noSuggestion
        }
        try context.require(covering: number.home)
        let name = try name(context)
        guard let command = SuggestionCommand(rawValue: name) else { throw Self.unknown(name) }
        let form = SheetBody(name, SuggestionSheets.fields(command), try await request.json(allowForm: true))
        let key = try key(form)
        return await answer(back: "/suggestions/\(number.text)", name, number.text) {
            try CommandServices.checkRole(actor, name)
            return try await post.submit(try form.command(number), .feedback, number, actor, key, context.trace)
        } seen: { id in
            await post.seen(id, number)
        }
    }

    func point(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let actor = try PointsPage(desk: desk).scope(context).actor
        let name = try name(context)
        guard [PointRules.issue, PointRules.revoke].contains(name) else { throw Self.unknown(name) }
        let fields = name == PointRules.issue ? SuggestionSheets.issue : SuggestionSheets.revoke
        let form = SheetBody(name, fields, try await request.json(allowForm: true))
        let key = try key(form)
        let text = form.posted["point"]?.first?.trimmingCharacters(in: .whitespaces) ?? ""
        return await answer(back: "/points", name, text) {
            guard let point = QRPoint(text), let submit = post.submitAbout else {
                throw Problem.told(.badRequest, SuggestionText.pointWrong, .pointWrongFix, field: "point")
            }
            return try await submit(
                try form.command([:]), .feedback, point.description, point.home, actor, key, context.trace)
        } seen: { _ in
            await shown(text, isRevoked: name == PointRules.revoke)
        }
    }

    private func answer(
        back: String, _ name: String, _ about: String,
        _ give: () async throws -> (id: UUID, outcome: CommandAnswer.Outcome), seen: (UUID) async -> Void
    ) async -> Response {
        var flash: Flash
        do {
            let answer = try await give()
            if case .done = answer.outcome { await seen(answer.id) }
            flash = Flash(answer.outcome, name, about)
        } catch let problem as Problem {
            flash = Flash(.refused, name, about, problem)
        } catch let faults as FieldFaults {
            flash = Flash(.refused, name, about, Problem(faults))
        } catch {
            flash = Flash(.refused, name, about, Problem.console(.serviceUnavailable, .badCommand, .badCommandFix))
        }
        var response = Response.seeOther(back)
        if let cookie = flash.header { response.setCookie(cookie) }
        return response
    }

    /// Waits until the read model shows the point as it is now.
    private func shown(_ point: String, isRevoked: Bool) async {
        let end = ContinuousClock.now + CommandPost.patience
        let column = isRevoked ? "revoked" : "issued"
        while ContinuousClock.now < end {
            let isThere = try? await desk.read { db in
                try Bool.fetchOne(
                    db, sql: "SELECT EXISTS (SELECT 1 FROM qr_point WHERE point = ? AND \(column) IS NOT NULL)",
                    arguments: [point])
            }
            if isThere ?? false { return }
            try? await Task.sleep(for: .milliseconds(30))
        }
    }

    private func name(_ context: ServiceContext) throws -> String {
        String((context.parameters.get("name") ?? "").prefix(60))
    }

    private func key(_ form: SheetBody) throws -> CommandKey {
        guard let key = form.posted["key"]?.first.flatMap({ CommandKey($0, now: desk.now()) }) else {
            throw Problem.console(.badRequest, .badKey, .badKeyFix)
        }
        return key
    }

    private static func unknown(_ name: String) -> Problem {
        .console(.notFound, .badCommand, .badCommandFix, ["name": name])
    }
}

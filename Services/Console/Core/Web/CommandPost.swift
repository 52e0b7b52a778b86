import Contracts
import Foundation
import GRDB
import Governance
import HTTPTypes
import Hummingbird
import ServiceKit

/// `POST /cases/{number}/commands/{name}` of a page's form: the same command, the same edge, and back to the page with a word
/// on what became of it.
struct CommandPost: Sendable {
    let store: ConsoleStore
    var now: @Sendable () -> Instant = { .systemNow() }
    let submit: Submit

    /// Puts a command before its service and waits; the command edge in production.
    typealias Submit =
        @Sendable (
            _ command: Command, _ to: DecidingService, _ number: CaseNumber, _ actor: Actor,
            _ key: CommandKey, _ trace: TraceContext
        ) async throws -> (id: UUID, outcome: CommandAnswer.Outcome)

    /// The same about what has no case number: a point, with its township.
    typealias SubmitAbout =
        @Sendable (
            _ command: Command, _ to: DecidingService, _ about: String, _ home: HomeKey, _ actor: Actor,
            _ key: CommandKey, _ trace: TraceContext
        ) async throws -> (id: UUID, outcome: CommandAnswer.Outcome)
    var submitAbout: SubmitAbout?

    /// How long the page waits for its own change to be seen in the read model.
    static let patience = Duration.milliseconds(1500)

    func handle(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let actor = try context.staff
        let text = context.parameters.get("number") ?? ""
        guard let number = CaseNumber(text) else { throw Problem.console(.notFound, .noCase, .noCaseFix) }
        try context.require(covering: number.home)
        let name = context.parameters.get("name") ?? ""
        guard let command = CommandName(rawValue: name), let row = Transitions.row(command),
            let sheet = CommandSheet.of(command, for: actor), TaskQuery.services.contains(row.decidedBy)
        else {
            throw Problem.console(.notFound, .badCommand, .badCommandFix, ["name": String(name.prefix(60))])
        }
        let tree = try await request.json(allowForm: true)
        let form = SheetBody(sheet, tree)
        let back = Self.way(form.posted["back"]?.first, number)
        guard let key = form.posted["key"]?.first.flatMap({ CommandKey($0, now: now()) }) else {
            throw Problem.console(.badRequest, .badKey, .badKeyFix)
        }
        let flash: Flash
        do {
            try CommandServices.checkRole(actor, name)
            let built = try form.command(number)
            let answer = try await submit(built, row.decidedBy, number, actor, key, context.trace)
            if case .done = answer.outcome {
                await seen(answer.id, number)
                // What was asked for is shown now that its entry stands in the book.
                if command == .unseal { return .seeOther("/cases/\(number.text)/unsealed") }
            }
            flash = Flash(answer.outcome, name, number)
        } catch let problem as Problem where problem.status.code < 500 {
            flash = Flash(.refused, name, number.text, problem)
        } catch let faults as FieldFaults {
            flash = Flash(.refused, name, number.text, Problem(faults))
        }
        var response = Response.seeOther(back)
        if let cookie = flash.header { response.setCookie(cookie) }
        return response
    }

    /// Waits until the read model shows what was just done, so that the next page is not the old one.
    func seen(_ cause: UUID, _ number: CaseNumber) async {
        let end = ContinuousClock.now + Self.patience
        while ContinuousClock.now < end {
            let isThere = try? await store.pool.read { db in
                try Bool.fetchOne(
                    db, sql: "SELECT EXISTS (SELECT 1 FROM timeline WHERE number = ? AND cause = ?)",
                    arguments: [number.text, cause.uuidString.lowercased()])
            }
            if isThere ?? false { return }
            try? await Task.sleep(for: .milliseconds(30))
        }
    }

    /// Only pages of ours.
    private static func way(_ text: String?, _ number: CaseNumber) -> String {
        switch text {
        case "/tasks"?: "/tasks"
        case "/queue"?: "/queue"
        default: "/cases/\(number.text)"
        }
    }
}

extension Problem {
    static func console(
        _ status: HTTPResponse.Status, _ text: ConsoleText, _ fix: ConsoleText, _ values: [String: String] = [:],
        field: String? = nil
    ) -> Problem {
        told(status, text, fix, values, field: field)
    }

    /// The same in the words of any catalogue: the key of the text is the rule.
    static func told<Key: CatalogueKey>(
        _ status: HTTPResponse.Status, _ text: Key, _ fix: Key, _ values: [String: String] = [:], field: String? = nil
    ) -> Problem {
        Problem(status, rule: text.rawValue, text: text.wording(values), field: field, fix: fix.wording(values))
    }
}

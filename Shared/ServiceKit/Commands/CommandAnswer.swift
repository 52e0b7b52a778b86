public import Contracts
public import Foundation
import Governance
import HTTPTypes
public import Hummingbird

/// What became of a command.
public struct CommandAnswer: Sendable {
    /// What is known.
    public enum Outcome: Sendable {
        /// It was done; its facts stand in the log.
        case done([Element])
        /// It was not done: a rule refused it, it came too late, or it is too old to be told.
        case refused(Problem)
        /// Not known yet: ask again with the same key.
        case pending
    }

    /// The command's id in the log.
    public let id: UUID
    /// The key under which it may be asked for again.
    public let key: CommandKey
    /// What it is about: the case's number, a suggestion's, or a point.
    public let about: String
    /// What is known.
    public let outcome: Outcome

    init(id: UUID, key: CommandKey, about: String, reply: Reply?) {
        self.id = id
        self.key = key
        self.about = about
        outcome =
            switch reply?.status {
            case nil, .parked: .pending
            case .done: .done((reply?.facts ?? []).map(\.withoutPerson))
            case .refused:
                .refused(reply?.refusal.map(Problem.init) ?? Problem(.conflict, .commandLate, fix: .commandLateFix))
            case .late: .refused(Problem(.conflict, .commandLate, fix: .commandLateFix))
            case .expired: .refused(Problem(.gone, .commandExpired, fix: .commandExpiredFix))
            }
    }

    /// As HTTP: 200 with the facts, the problem, or 202.
    public func response(in language: Language, path: String? = nil, trace: TraceContext? = nil) -> Response {
        var response: Response
        switch outcome {
        case .done(let facts): response = Response.json(body("done", facts, nil), status: .ok)
        case .refused(let problem): response = problem.response(in: language, path: path, trace: trace)
        case .pending:
            let note = TextCatalogue.kit.wording(.commandPending).text(in: language)
            response = Response.json(
                body("pending", nil, note), status: .accepted,
                headers: [.location: "/v1/cases/\(about)", .retryAfter: "1"])
        }
        response.headers[.idempotencyKey] = key.id.wire
        response.headers[.commandID] = id.wire
        return response
    }

    private func body(_ status: String, _ facts: [Element]?, _ note: String?) -> [UInt8] {
        var text = "{\"case\":"
        JSONLine.append(about, to: &text)
        text += ",\"command\":\"\(id.wire)\",\"status\":\"\(status)\""
        if let note {
            text += ",\"detail\":"
            JSONLine.append(note, to: &text)
        }
        guard let facts else { return Array((text + "}").utf8) }
        return Array((text + ",\"facts\":").utf8) + Element.array(facts) + [UInt8(ascii: "}")]
    }
}

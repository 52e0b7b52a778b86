import CaseLog
import Foundation
import Governance
import HTTPTypes
import ServiceKit
import Vault

/// What the sender of a report is told.
struct Taken: Equatable {
    var status: HTTPResponse.Status
    var receipt: EdgeReceipt
    /// What is worth mending though the report was taken: about this request, also when the report was taken before.
    var notes: [FieldFault] = []

    /// The members of the answer, without braces: every value but the notes is an id or a time, so nothing needs escaping.
    func members(_ language: Language) -> String {
        let taken = """
            "receipt":"\(receipt.receipt)","reportId":"\(receipt.id.uuidString.lowercased())",\
            "acceptedAt":"\(Instant(milliseconds: receipt.acceptedAt))","state":"\(status == .created ? "accepted" : "repeated")"
            """
        guard !notes.isEmpty else { return taken }
        let told = BatchLine.bytes(notes.map { BatchLine.Fault($0, language) }) ?? Data("[]".utf8)
        return taken + ",\"notes\":" + String(decoding: told, as: UTF8.self)
    }
}

extension IntakeStore {
    /// Takes one report: it is durable when this returns.
    /// - Throws: `FieldFaults`, or a `Problem`: 403, 409, 503.
    func take(_ tree: JSONTree, by actor: Actor, traceparent: String?) async throws -> Taken {
        let report = try prepare(tree, by: actor, traceparent: traceparent)
        return try Self.taken(await edge.accept(report.entry), report.notes)
    }

    static func taken(_ answer: EdgeAnswer, _ notes: [FieldFault]) throws(Problem) -> Taken {
        switch answer {
        case .accepted(let receipt): return Taken(status: .created, receipt: receipt, notes: notes)
        case .repeated(let receipt): return Taken(status: .ok, receipt: receipt, notes: notes)
        case .conflicting(let receipt, let fields):
            throw .intake(
                .conflict, .conflict, fix: .conflictFix, field: fields.first,
                ["fields": fields.joined(separator: ", "), "receipt": receipt.receipt])
        case .unavailable(let why): throw .unavailable(why)
        }
    }
}

extension Problem {
    /// 503 that tells why and when to ask again.
    static func unavailable(_ why: EdgeUnavailable) -> Problem {
        let seconds = "\(max(1, why.retryAfter.components.seconds))"
        let text: IntakeText =
            switch why.reason {
            case .queueFull: .queueFull
            case .budgetUsed: .budgetUsed
            case .diskFailed: .diskFailed
            case .closing: .closing
            }
        return .intake(
            .serviceUnavailable, text, fix: .unavailableFix, ["seconds": seconds], headers: [.retryAfter: seconds])
    }

    /// 429: this source has used up its minute; the others have not.
    static func tooMany(_ source: String, _ limit: Int?, _ wait: Duration) -> Problem {
        let seconds = "\(max(1, Int((wait / .seconds(1)).rounded(.up))))"
        return .intake(
            .tooManyRequests, .tooMany, fix: .tooManyFix, field: "source",
            ["source": source, "limit": "\(limit ?? 0)", "seconds": seconds], headers: [.retryAfter: seconds])
    }

    /// 503: without its seal nothing is taken.
    static var notSealed: Problem {
        .intake(
            .serviceUnavailable, .sealing, fix: .unavailableFix, ["seconds": "30"], headers: [.retryAfter: "30"])
    }

    /// What went wrong with one report, whoever found it.
    init(intake error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let faults as FieldFaults: self.init(faults)
        case let refusal as Refusal: self.init(refusal)
        default: self = .notSealed
        }
    }
}

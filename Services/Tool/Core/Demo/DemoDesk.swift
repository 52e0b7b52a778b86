import AsyncHTTPClient
import Contracts
import Foundation
import Governance
import NIOCore
import NIOHTTP1
import ServiceKit

/// Plays people before the stack's edges: their tokens, their requests, the answers.
struct DemoDesk: Sendable {
    /// An answer, as much of it as a matter looks at.
    struct Answer: Sendable {
        var status: Int
        var body: Data

        var text: String { String(decoding: body.prefix(600), as: UTF8.self) }
    }

    private struct Problem: Decodable { var rule: String? }
    private struct Receipt: Decodable { var reportId: UUID }

    let addresses: StackAddresses
    let minter: TokenMinter

    /// Sends an appeal.
    /// - Returns: its id, and whether it was taken for the first time.
    func report(_ body: [UInt8]) async throws -> (id: UUID, created: Bool) {
        let actor = Actor(subject: "demo", name: "演示", role: .operator)
        let answer = try await post("intake", "/v1/reports", body, actor, key: nil)
        guard [200, 201].contains(answer.status) else {
            throw InputFault(place: "report", detail: "\(answer.status) \(answer.text)")
        }
        return (try JSONDecoder().decode(Receipt.self, from: answer.body).reportId, answer.status == 201)
    }

    /// Gives a command.
    /// - Returns: the rule that refused it; nil when it went through.
    func command(_ command: MatterCommand, on number: CaseNumber, at now: Instant) async throws -> String? {
        let path = "/v1/cases/\(number.text)/commands/\(command.name)"
        let answer = try await post("console", path, command.body, command.actor, key: Self.key(command, number, now))
        switch answer.status {
        case 200: return nil
        case 400..<500:
            let rule = (try? JSONDecoder().decode(Problem.self, from: answer.body))?.rule
            return rule ?? "\(answer.status) \(answer.text)"
        default: throw InputFault(place: command.name, detail: "\(answer.status) \(answer.text)")
        }
    }

    /// The same act at the same instant has the same key in every run, so that the log is the same, id for id.
    private static func key(_ command: MatterCommand, _ number: CaseNumber, _ now: Instant) -> UUID {
        let seed =
            "\(command.actor.subject) \(command.name) \(number.text) \(String(decoding: command.body, as: UTF8.self))"
        var random = SplitMix(state: ForeignReport.stableHash(seed))
        return UUID.v7(milliseconds: now.milliseconds, using: &random)
    }

    private func post(
        _ service: String, _ path: String, _ body: [UInt8], _ actor: Actor, key: UUID?
    ) async throws -> Answer {
        guard let url = addresses.urls(of: service).first else {
            throw InputFault(place: service, detail: "has no address: is it running?")
        }
        var request = HTTPClientRequest(url: "\(url)\(path)")
        request.method = .POST
        let token = try await minter.mint(actor, now: .systemNow(), validFor: .seconds(600))
        request.headers.add(name: "authorization", value: "Bearer \(token)")
        request.headers.add(name: "content-type", value: "application/json")
        if let key { request.headers.add(name: "idempotency-key", value: key.uuidString.lowercased()) }
        request.body = .bytes(ByteBuffer(bytes: body))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        let answer = try await response.body.collect(upTo: 1 << 20)
        return Answer(status: Int(response.status.code), body: Data(answer.readableBytesView))
    }
}

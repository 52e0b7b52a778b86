import AsyncHTTPClient
import Contracts
import Foundation
import Governance
import NIOCore
import NIOHTTP1
import QR
import ServiceKit
import Vault

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
    /// Signs the codes that people scan.
    let points: ReceiptSecret

    /// Sends an appeal.
    /// - Returns: its id, and whether it was taken for the first time.
    func report(_ body: [UInt8]) async throws -> (id: UUID, created: Bool) {
        let actor = Actor(subject: "demo", name: "演示", role: .operator)
        let answer = try await post("intake", "/v1/reports", body, [try await bearer(actor)])
        guard [200, 201].contains(answer.status) else {
            throw InputFault(place: "report", detail: "\(answer.status) \(answer.text)")
        }
        return (try JSONDecoder().decode(Receipt.self, from: answer.body).reportId, answer.status == 201)
    }

    /// Opens the page of a printed code and sends its form, as a phone does.
    /// - Returns: the id of what was sent, or the rule that refused it.
    func scan(_ scan: MatterScan, at now: Instant) async throws -> (id: UUID?, refusal: String?) {
        let key = Self.key("scan \(scan.point) \(String(decoding: scan.body, as: UTF8.self))", now)
        // A forger knows how a code looks, not the secret.
        let secret = scan.forged ? try ReceiptSecret(Array(repeating: 7, count: 32)) : points
        let path = "/q/\(try PointCode(scan.point, secret: secret))"
        let body = Array("{\"key\":\"\(key.wire)\",".utf8) + scan.body.dropFirst()
        let answer = try await post("feedback", path, body, [])
        switch answer.status {
        case 200:
            return (Identifier.scan(at: scan.point, key: key), nil)
        case 400..<500: return (nil, Self.rule(inPage: answer.body) ?? "\(answer.status) \(answer.text)")
        default: throw InputFault(place: "/q", detail: "\(answer.status) \(answer.text)")
        }
    }

    /// The rule in the last line of a page that refuses.
    private static func rule(inPage body: Data) -> String? {
        let line = String(decoding: body, as: UTF8.self).split(whereSeparator: \.isNewline)
            .last { $0.contains("class=\"small muted\"") }
        return line?.split(separator: ">").dropFirst().first?.split(separator: "<").first.map(String.init)
    }

    /// Gives a command.
    /// - Returns: the rule that refused it; nil when it went through.
    func command(_ command: MatterCommand, on number: CaseNumber, at now: Instant) async throws -> String? {
        let path = "/v1/cases/\(number.text)/commands/\(command.name)"
        let seed =
            "\(command.actor.subject) \(command.name) \(number.text) \(String(decoding: command.body, as: UTF8.self))"
        let key = ("idempotency-key", Self.key(seed, now).wire)
        let answer = try await post("console", path, command.body, [try await bearer(command.actor), key])
        switch answer.status {
        case 200: return nil
        case 400..<500:
            let rule = (try? JSONDecoder().decode(Problem.self, from: answer.body))?.rule
            return rule ?? "\(answer.status) \(answer.text)"
        default: throw InputFault(place: command.name, detail: "\(answer.status) \(answer.text)")
        }
    }

    /// The same act at the same instant has the same key in every run, so that the log is the same, id for id.
    private static func key(_ seed: String, _ now: Instant) -> UUID {
        var random = SplitMix(state: ForeignReport.stableHash(seed))
        return UUID.v7(milliseconds: now.milliseconds, using: &random)
    }

    private func bearer(_ actor: Actor) async throws -> (String, String) {
        ("authorization", "Bearer \(try await minter.mint(actor, now: .systemNow(), validFor: .seconds(600)))")
    }

    private func post(
        _ service: String, _ path: String, _ body: [UInt8], _ headers: [(String, String)]
    ) async throws -> Answer {
        guard let url = addresses.urls(of: service).first else {
            throw InputFault(place: service, detail: "has no address: is it running?")
        }
        var request = HTTPClientRequest(url: "\(url)\(path)")
        request.method = .POST
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: body))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        let answer = try await response.body.collect(upTo: 1 << 20)
        return Answer(status: Int(response.status.code), body: Data(answer.readableBytesView))
    }
}

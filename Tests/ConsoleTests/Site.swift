import CaseLog
import Contracts
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Photos
import ServiceKit
import Support
import Synchronization
import Vault

@testable import ConsoleCore

/// The console's site over a fixture, with commands that are answered at once.
struct Site: Sendable {
    let fixture: Fixture
    let service: ConsoleService
    let minter: TokenMinter
    let log = MemoryLog(partitions: 1)
    let ring: MasterKeyRing
    let sent = Sent()

    final class Sent: Sendable {
        struct One: Sendable { var command: Command; var key: CommandKey }
        private let all = Mutex<[One]>([])
        private let answer = Mutex<Refusal?>(nil)
        func add(_ one: One) { all.withLock { $0.append(one) } }
        var commands: [One] { all.withLock { $0 } }
        func refuse(_ refusal: Refusal) { answer.withLock { $0 = refusal } }
        var refusal: Refusal? { answer.withLock { $0 } }
    }

    init() async throws {
        fixture = try Fixture()
        let pair = TokenKeyPair()
        minter = try await TokenMinter(privateKeyPEM: pair.privatePEM)
        ring = try MasterKeyRing.generate(at: Samples.at.milliseconds)
        service = try await ConsoleService(
            folder: fixture.folder, log: log, reference: { Fixture.reference },
            verifier: TokenVerifier(publicKeyPEM: pair.publicPEM), masterKeys: ring,
            photos: FolderPhotos(folder: fixture.folder + "/blobs"), points: Self.points, logger: Self.quiet)
    }

    /// The secret of the printed codes.
    static let points = try! ReceiptSecret(Array(repeating: 5, count: 32))
    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    func token(_ actor: Actor) async throws -> String {
        try await minter.mint(actor, now: .systemNow(), validFor: .hours(1))
    }

    func test(_ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let sent = sent
        var post = CommandPost(store: service.desk.store) { command, _, _, _, key, _ in
            sent.add(.init(command: command, key: key))
            return (UUID(), sent.refusal.map { .refused(Problem($0)) } ?? .pending)
        }
        post.submitAbout = { command, _, about, home, _, key, _ in
            precondition(about.hasPrefix(home.text))
            sent.add(.init(command: command, key: key))
            return (UUID(), sent.refusal.map { .refused(Problem($0)) } ?? .pending)
        }
        let app = HTTPEdge(service: "console", logger: Self.quiet).application { [post] in
            service.add(to: $0, post: post)
        }
        try await app.test(.router, body)
    }

    /// A page as a browser asks for it.
    func get(
        _ client: any TestClientProtocol, _ path: String, _ actor: Actor?, language: String = "zh-CN",
        flash: String? = nil
    ) async throws -> (status: HTTPResponse.Status, text: String, headers: HTTPFields) {
        var headers: HTTPFields = [.accept: "text/html", .acceptLanguage: language]
        if let actor { headers[.cookie] = "caseloop_token=\(try await token(actor))" + (flash.map { "; \($0)" } ?? "") }
        let answer = try await client.execute(uri: path, method: .get, headers: headers)
        return (answer.status, String(buffer: answer.body), answer.headers)
    }

    /// A form as a browser posts it.
    func submit(
        _ client: any TestClientProtocol, _ name: CommandName, _ actor: Actor, _ fields: [String: String],
        origin: String? = "http://localhost"
    ) async throws -> (status: HTTPResponse.Status, headers: HTTPFields) {
        try await submit(
            client, at: "/cases/\(Samples.number.text)/commands/\(name.rawValue)", actor, fields, origin: origin)
    }

    private static func encoded(_ fields: [String: String]) -> String {
        fields.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
        }.joined(separator: "&")
    }

    /// The same at any address.
    func submit(
        _ client: any TestClientProtocol, at path: String, _ actor: Actor, _ fields: [String: String],
        origin: String? = "http://localhost"
    ) async throws -> (status: HTTPResponse.Status, headers: HTTPFields) {
        var headers: HTTPFields = [
            .accept: "text/html", .contentType: "application/x-www-form-urlencoded",
            .cookie: "caseloop_token=\(try await token(actor))",
        ]
        if let origin { headers[.origin] = origin }
        let answer = try await client.execute(
            uri: path, method: .post, headers: headers,
            body: ByteBuffer(string: Self.encoded(fields)))
        return (answer.status, answer.headers)
    }
}

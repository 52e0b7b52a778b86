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
import Testing
import Vault

@testable import IntakeCore

/// One replica of Intake over a log in memory, in a folder that is gone after the test.
final class Desk: Sendable {
    static let now = Instant("2026-11-21T12:00:00+08:00")!
    let folder: String
    let store: IntakeStore
    let ring: MasterKeyRing
    let secret = EdgeSecret(bytes: Array(repeating: 7, count: 32))

    init(diskBudget: Int = 1 << 30, perMinute: [String: Int] = [:]) throws {
        folder = NSTemporaryDirectory() + "caseloop-intake-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        ring = try MasterKeyRing.generate(at: Self.now.milliseconds)
        var settings = IntakeStore.edgeSettings(path: "\(folder)/edge.sqlite")
        settings.diskBudget = diskBudget
        let devices = try Reference.sample.devices
        let rules = IntakeRules(
            sources: ["hotline", "grid", "wander", "sensor"], perMinute: { perMinute[$0] }, device: { devices[$0] }
        ) { $0.text.hasPrefix("410803") }
        store = try IntakeStore(
            edge: EdgeStore(settings: settings, logger: quiet, now: { Self.now.milliseconds }),
            sealer: Sealer(key: ring.sealingKey), secret: secret,
            photos: FolderPhotos(folder: "\(folder)/blobs"), now: { Self.now }, rules: { rules })
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// What a report puts into the log.
    func records(_ json: String, by actor: Actor = .seat) throws -> (sealed: LogOut?, report: LogOut) {
        let report = try store.prepare(JSONTree.parse(Array(json.utf8)), by: actor, traceparent: nil)
        return try report.entry.records
    }

    func appeal(_ json: String, by actor: Actor = .seat) throws -> Appeal {
        let envelope = try InputEnvelope(records(json, by: actor).report.message)
        return try envelope.element.body(as: Report.self).appeal
    }
}

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

extension Actor {
    static let seat = Actor(subject: "op-1", name: "坐席一", role: .operator)
    static let gridWorker = Actor(
        subject: "gw-1", name: "网格员", role: .gridWorker, place: PlaceCode("410803001"))
    static let handler = Actor(subject: "h-1", name: "承办人", role: .handler)
}

/// A report as JSON; `nil` leaves a field out, and values are JSON themselves.
func report(_ changes: [String: String?] = [:]) -> String {
    var members: [String: String] = [
        "source": #""hotline""#, "sourceKey": #""H-1""#, "occurredAt": #""2026-11-21T09:30:00+08:00""#,
        "place": #""410803001""#, "title": #""路灯不亮""#, "text": #""李封街道向阳社区路灯两周不亮。""#,
    ]
    for (name, value) in changes { members[name] = value }
    let list = members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
    return "{\(list.joined(separator: ","))}"
}

/// The service's HTTP with real tokens.
struct Counter {
    let desk: Desk
    let app: Application<EdgeResponder>
    private let minter: TokenMinter

    init(_ desk: Desk) async throws {
        self.desk = desk
        let pair = TokenKeyPair()
        minter = try await TokenMinter(privateKeyPEM: pair.privatePEM)
        let verifier = try await TokenVerifier(publicKeyPEM: pair.publicPEM)
        let staff = StaffOnly(verifier, now: { Desk.now })
        app = HTTPEdge(service: "intake", logger: quiet, options: .init(deadline: nil)).application { router in
            IntakeRoutes(store: desk.store).add(to: router.group().add(middleware: staff))
        }
    }

    func token(_ actor: Actor, validFor duration: Duration = .seconds(60)) async throws -> String {
        try await minter.mint(actor, now: Desk.now, validFor: duration)
    }

    /// One request through the router.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, type: String = "application/json",
        by actor: Actor? = .seat, token: String? = nil, language: String = "en"
    ) async throws -> TestResponse {
        var headers: HTTPFields = [.acceptLanguage: language]
        if body != nil { headers[.contentType] = type }
        if let token {
            headers[.authorization] = "Bearer \(token)"
        } else if let actor {
            headers[.authorization] = "Bearer \(try await self.token(actor))"
        }
        return try await app.test(.router) { [headers] client in
            try await client.execute(
                uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        }
    }
}

/// What a problem document says.
struct ProblemDocument: Decodable {
    var status: Int
    var rule: String
    var detail: String
    var field: String?
    var fix: String
}

/// What the sender of a report gets.
struct Acceptance: Decodable, Equatable {
    var receipt: String
    var reportId: String
    var acceptedAt: String
    var state: String
    var notes: [Note]?

    /// What is worth mending though the report was taken.
    struct Note: Decodable, Equatable {
        var field: String
        var rule: String
        var detail: String
        var fix: String
    }
}

extension TestResponse {
    func decoded<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: Data(body.readableBytesView))
    }

    var text: String { String(buffer: body) }
}

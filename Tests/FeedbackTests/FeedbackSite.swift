import CaseLog
import Contracts
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Photos
import QR
import ServiceKit
import Support
import Synchronization
import Testing
import Vault

@testable import FeedbackEdge

/// One replica of Feedback over a log in memory, in a folder that is gone after the test.
final class FeedbackSite: Sendable {
    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    let folder: String
    let store: ScanStore
    let reader: StatusReader
    let points: ReceiptSecret
    let app: Application<EdgeResponder>
    let given: Given

    /// The commands that were given.
    final class Given: Sendable {
        let commands = Mutex<[ReopenCase]>([])
    }

    init() async throws {
        folder = NSTemporaryDirectory() + "caseloop-feedback-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let ring = try MasterKeyRing.generate(at: Samples.at.milliseconds)
        let store = try ScanStore(
            edge: EdgeStore(
                settings: EdgeSettings(path: "\(folder)/edge.sqlite", fields: ScanDraft.fingerprintFields),
                logger: Self.quiet, now: { Samples.at.milliseconds }),
            sealer: Sealer(key: ring.sealingKey), secret: EdgeSecret(bytes: Array(repeating: 7, count: 32)))
        let reader = StatusReader(log: MemoryLog(partitions: 1), logger: Self.quiet) {
            try store.receipt(of: $0).compact
        }
        let points = try ReceiptSecret(Array(repeating: 5, count: 32))
        let pages = try await Pages(bundle: FeedbackText.bundle)
        let reference = try Reference.sample
        let given = Given()
        let routes = FeedbackRoutes(
            store: store, reader: reader, points: points, pages: pages, reference: { reference },
            now: { Samples.at },
            reopen: { command, actor, _, _ in
                #expect(actor.role == .citizen)
                given.commands.withLock { $0.append(command) }
                return .done([])
            }, photos: FolderPhotos(folder: folder + "/blobs"))
        (self.store, self.reader, self.points, self.given) = (store, reader, points, given)
        app = HTTPEdge(service: "feedback", logger: Self.quiet).application { routes.add(to: $0) }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The path of a genuine point.
    func path(_ serial: Int = 3) throws -> String {
        let place = try #require(PlaceCode("410803001004"))
        return "/q/\(try PointCode(try #require(QRPoint(place: place, serial: serial)), secret: points))"
    }

    func get(_ path: String) async throws -> TestResponse {
        try await app.test(.router) { try await $0.execute(uri: path, method: .get) }
    }

    func post(_ path: String, _ fields: [String: String]) async throws -> TestResponse {
        let body = fields.sorted { $0.key < $1.key }.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
        }.joined(separator: "&")
        return try await app.test(.router) { client in
            try await client.execute(
                uri: path, method: .post, headers: [.contentType: "application/x-www-form-urlencoded"],
                body: ByteBuffer(string: body))
        }
    }

    /// A form with a photo, as a browser posts it.
    func post(_ path: String, _ fields: [String: String], photo: [UInt8]) async throws -> TestResponse {
        var body = ByteBuffer()
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            body.writeString("--b0\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n")
        }
        body.writeString(
            "--b0\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"IMG 1.jpg\"\r\n"
                + "Content-Type: image/jpeg\r\n\r\n")
        body.writeBytes(photo)
        body.writeString("\r\n--b0--\r\n")
        return try await app.test(.router) { [body] client in
            try await client.execute(
                uri: path, method: .post, headers: [.contentType: "multipart/form-data; boundary=b0"], body: body)
        }
    }

    /// The photos that were kept.
    var photos: [String] {
        let files = FileManager.default.enumerator(atPath: folder + "/blobs")?.allObjects as? [String] ?? []
        return files.compactMap { $0.split(separator: "/").last.map(String.init) }.filter { $0.count == 64 }
    }

    /// The hidden key of a page.
    func key(_ page: TestResponse) throws -> String {
        let match = try #require(page.text.firstMatch(of: /name="key" value="([^"]+)"/))
        return String(match.1)
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
}

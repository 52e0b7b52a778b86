import Crypto
import Foundation
import GRDB
import Logging
import Synchronization
import Testing

@testable import CaseLog

/// A folder that is gone after the test.
final class ScratchFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "caseloop-edge-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }
}

enum Edge {
    static let fields = ["text", "phone"]
    static let secret = EdgeSecret(bytes: Array(repeating: 7, count: 32))
    static let start: Int64 = 1_795_000_000_000

    static func settings(_ folder: ScratchFolder, _ change: (inout EdgeSettings) -> Void = { _ in }) -> EdgeSettings {
        var settings = EdgeSettings(path: folder.file("edge.sqlite"), fields: fields)
        change(&settings)
        return settings
    }

    static func store(_ settings: EdgeSettings, now: Int64 = start) throws -> EdgeStore {
        try EdgeStore(settings: settings, logger: Logger(label: "test"), now: { now })
    }

    /// The `number`-th report; the same number and home key is the same report.
    static func entry(
        _ number: Int, home: String = "410803001", text: String = "路灯不亮", phone: String? = nil, padding: Int = 0,
        sealed: Bool = true
    ) -> EdgeEntry {
        let name = "hotline/\(number)/\(home)"
        var id = Array(Insecure.SHA1.hash(data: Data(name.utf8)).prefix(16))
        id[6] = 0x50
        let uuid = id.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
        return EdgeEntry(
            id: uuid, source: "hotline", sourceKey: "\(number)", homeKey: home,
            fingerprint: EdgeFingerprint(fields: [text, phone], secret: secret), receipt: "R\(number)-\(home)",
            acceptedAt: start + Int64(number),
            sealed: sealed
                ? EdgeRecord(topic: "vault", key: "token-\(number)", headers: [], value: Array("sealed \(number)".utf8))
                : nil,
            report: EdgeRecord(
                topic: "reports", key: home, headers: [EdgeHeader("ce_id", uuid.uuidString)],
                value: Array("\(number)".utf8) + Array(repeating: 0x20, count: padding)))
    }

    /// The numbers of the reports among the records, in order.
    static func numbers(_ records: [EdgeRecord]) -> [Int] {
        records.filter { $0.topic == "reports" }.compactMap {
            Int(String(decoding: $0.value, as: UTF8.self).trimmingCharacters(in: .whitespaces))
        }
    }
}

/// A log that can be away.
final class FakeOutlet: EdgeOutlet {
    struct Away: Error {}
    private struct Contents {
        var calls: [[EdgeRecord]] = []
        var away = false
        var refusals = 0
        var failAfterNextWrite = false
    }
    private let contents = Mutex(Contents())

    var calls: [[EdgeRecord]] { contents.withLock { $0.calls } }
    var records: [EdgeRecord] { Array(calls.joined()) }
    var refusals: Int { contents.withLock { $0.refusals } }
    func setAway(_ away: Bool) { contents.withLock { $0.away = away } }
    /// The next records arrive, their acknowledgement does not.
    func loseNextAcknowledgement() { contents.withLock { $0.failAfterNextWrite = true } }

    func publish(_ records: [EdgeRecord]) async throws {
        try contents.withLock {
            if $0.away {
                $0.refusals += 1
                throw Away()
            }
            $0.calls.append(records)
            if $0.failAfterNextWrite {
                $0.failAfterNextWrite = false
                throw Away()
            }
        }
    }
}

/// Waits for something to become true, and fails the test when it does not.
func eventually(
    _ what: Comment, within limit: Duration = .seconds(20), sourceLocation: SourceLocation = #_sourceLocation,
    _ holds: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now.advanced(by: limit)
    while ContinuousClock.now < deadline {
        if try await holds() { return }
        await Task.yield()
        try await Task.sleep(for: .milliseconds(2))
    }
    Issue.record(what, sourceLocation: sourceLocation)
}

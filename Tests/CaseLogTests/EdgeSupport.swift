import Contracts
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
            sealed: sealed ? out(Topic.vault, key: "token-\(number)", "sealed \(number)") : nil,
            report: out(Topic.reports, key: home, "\(number)" + String(repeating: " ", count: padding)))
    }

    static func out(_ topic: String, key: String, _ value: String) -> LogOut {
        LogOut(
            topic: topic,
            message: Message(
                key: Array(key.utf8), value: Array(value.utf8), headers: [Header(HeaderName.specVersion, "1.0")]))
    }

    /// The numbers of the reports among the records, in order.
    static func numbers(_ records: [LogOut]) -> [Int] {
        records.filter { $0.topic == Topic.reports }.compactMap {
            Int(String(decoding: $0.message.value ?? [], as: UTF8.self).trimmingCharacters(in: .whitespaces))
        }
    }
}

/// A log that tells in which batches it was given what.
final class WatchedLog: Log {
    private struct Contents {
        var batches: [[LogOut]] = []
        var refusals = 0
    }
    private let memory = MemoryLog(partitions: 1)
    private let contents = Mutex(Contents())

    var batches: [[LogOut]] { contents.withLock { $0.batches } }
    var records: [LogOut] { Array(batches.joined()) }
    /// Batches that were not acknowledged.
    var refusals: Int { contents.withLock { $0.refusals } }
    func setAway(_ away: Bool) { memory.broker(away ? LogFault(.retry, "no broker") : nil) }
    /// Records of this topic arrive, their acknowledgement does not.
    func loseAcknowledgements(of topic: String?) { memory.onPublish { $0.topic == topic ? .unheard : .land } }

    func publish(_ batch: [LogOut]) async -> [Result<Int64, LogFault>] {
        let results = await memory.publish(batch)
        contents.withLock {
            if results.allSatisfy({ if case .success = $0 { true } else { false } }) {
                $0.batches.append(batch)
            } else {
                $0.refusals += 1
            }
        }
        return results
    }

    func read(
        _ topic: String, _ partition: Int32, from offset: Int64, max: Int
    ) async throws(LogFault) -> [LogEntry] { try await memory.read(topic, partition, from: offset, max: max) }
    func watermarks(_ topic: String, _ partition: Int32) async throws(LogFault) -> Watermarks {
        try await memory.watermarks(topic, partition)
    }
    func partitionCount(_ topic: String) async throws(LogFault) -> Int32 { try await memory.partitionCount(topic) }
    func wait(for places: [LogPlace], atMost limit: Duration) async { await memory.wait(for: places, atMost: limit) }
}

/// Waits for something to become true, and fails the test when it does not.
func eventually(
    _ what: Comment, within limit: Duration = .seconds(60), sourceLocation: SourceLocation = #_sourceLocation,
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

import AsyncHTTPClient
import CaseLog
import Contracts
import Foundation
import Governance
import Kafka
import NIOCore
import NIOHTTP1
import QR
import Stacks
import Testing
import Vault

@testable import ToolCore

/// People who scan printed codes and suggest something while faults are done, each until the page has taken it: what
/// Feedback has to lose.
actor ScanCrowd {
    private let stack: FaultStack
    private let secret: ReceiptSecret
    private var isOver = false

    init(_ stack: FaultStack) throws {
        self.stack = stack
        secret = try ReceiptSecret.load(path: StackKeys(data: stack.data).pointSecret)
    }

    /// The crowd goes home.
    func end() { isOver = true }

    /// Sends until the crowd is told to end.
    /// - Returns: the ids of what the pages took.
    func run() async throws -> Set<UUID> {
        var taken: Set<UUID> = []
        while !isOver {
            taken.insert(try await suggest(taken.count + 1))
            try await Task.sleep(for: .milliseconds(150))
        }
        return taken
    }

    /// Each at a point of its own, so that no limit is met.
    private func suggest(_ serial: Int) async throws -> UUID {
        let point = try #require(QRPoint("410803001.\(serial)"))
        var random = SystemRandomNumberGenerator()
        let key = UUID.v7(milliseconds: Instant.systemNow().milliseconds, using: &random)
        let body = #"{"act":"suggest","text":"【示例】第\#(serial)条建议","key":"\#(key.wire)"}"#
        let path = "/q/\(try PointCode(point, secret: secret))"
        try await stack.run.until("suggestion \(serial)") { await self.post(path, body) == 200 }
        return Identifier.scan(at: point, key: key)
    }

    /// The status; 0 while nobody answers.
    private func post(_ path: String, _ body: String) async -> Int {
        guard let url = stack.addresses.urls(of: "feedback").first else { return 0 }
        var request = HTTPClientRequest(url: url + path)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: body))
        let response = try? await HTTPClient.shared.execute(request, timeout: .seconds(10))
        return response.map { Int($0.status.code) } ?? 0
    }

    /// Suggestions that the log has, each as often as it was received.
    static func received(_ kafka: KafkaSettings) async throws -> [UUID: Int] {
        var found: [UUID: Int] = [:]
        try await TopicReader(settings: kafka).read(Topic.cases) { consumed in
            let entry = LogEntry(offset: consumed.offset, message: Message(consumed))
            guard let record = CaseRecord(entry, partition: consumed.partition) else { return }
            for landed in try record.facts(try record.elements(), as: Fact.self) {
                if case .suggestionReceived(let body) = landed.fact { found[body.report, default: 0] += 1 }
            }
        }
        return found
    }
}

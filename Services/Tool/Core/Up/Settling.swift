import AsyncHTTPClient
import Contracts
import Foundation
import Kafka
import NIOCore
import NIOHTTP1

/// Waits until nothing moves any more: no edge row is pending and the ends of all topics stand still.
struct Settling: Sendable {
    let settings: KafkaSettings
    let addresses: StackAddresses
    let token: String
    /// How long nothing may have moved.
    var quiet: Duration = .milliseconds(1500)

    private struct Outbox: Decodable { var pending: Int }

    /// True once all is quiet, false when it is not by the limit.
    func wait(upTo limit: Duration) async throws -> Bool {
        let admin = try Admin(settings: settings)
        let deadline = ContinuousClock.now + limit
        var ends: [TopicPartition: Watermarks] = [:]
        var since = ContinuousClock.now
        var found = false
        while ContinuousClock.now < deadline {
            let now = try await admin.watermarks(of: try await places(admin))
            let pending = await pending()
            if now != ends || pending != 0 {
                ends = now
                since = .now
            } else if ContinuousClock.now - since >= quiet {
                found = true
                break
            }
            try await Task.sleep(for: .milliseconds(200))
        }
        await admin.close()
        return found
    }

    private func places(_ admin: Admin) async throws -> [TopicPartition] {
        let topics = try await admin.topics()
        return [Topic.reports, Topic.commands, Topic.cases].flatMap { topic in
            (0..<Int32(topics[topic] ?? 0)).map { TopicPartition(topic, $0) }
        }
    }

    /// Rows not yet published; nil when Intake does not say.
    private func pending() async -> Int? {
        var sum = 0
        for url in addresses.urls(of: "intake") {
            var request = HTTPClientRequest(url: "\(url)/v1/outbox")
            request.headers.add(name: "authorization", value: "Bearer \(token)")
            guard let response = try? await HTTPClient.shared.execute(request, timeout: .seconds(5)),
                let body = try? await response.body.collect(upTo: 1 << 16),
                let outbox = try? JSONDecoder().decode(Outbox.self, from: Data(body.readableBytesView))
            else { return nil }
            sum += outbox.pending
        }
        return sum
    }
}

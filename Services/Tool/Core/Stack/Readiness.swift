import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import ServiceKit

/// Where the services of a stack answer.
struct StackAddresses: Sendable {
    let data: URL
    let portBase: Int

    /// The base address of a service; with free ports it is known once the service has written it.
    func url(of service: String) -> String? {
        if portBase > 0, let offset = Settings.portOffsets[service] { return "http://127.0.0.1:\(portBase + offset)" }
        // A process that was killed leaves its entry; the newest of the living counts.
        let entries = (try? Endpoints.read(data: data.path).endpoints) ?? []
        return entries.last { $0.service == service && kill($0.pid, 0) == 0 }?.url
    }

    /// All replicas of a service.
    func urls(of service: String) -> [String] {
        let entries = (try? Endpoints.read(data: data.path).endpoints) ?? []
        let living = entries.filter { $0.service == service && kill($0.pid, 0) == 0 }.map(\.url)
        return living.isEmpty ? url(of: service).map { [$0] } ?? [] : living
    }
}

/// Asks the services whether they are ready.
struct Readiness: Sendable {
    let addresses: StackAddresses

    private struct Answer: Decodable {
        struct Check: Decodable {
            var name: String
            var ready: Bool
            var why: String?
        }
        var checks: [Check]
    }

    /// What a service lacks; empty when all its replicas are ready.
    func missing(_ service: String, replicas: Int = 1) async -> String {
        guard replicas > 1 else { return await missing(at: addresses.url(of: service)) }
        let urls = addresses.urls(of: service)
        guard urls.count >= replicas else { return "\(urls.count) of \(replicas) replicas listen" }
        for url in urls {
            let what = await missing(at: url)
            if !what.isEmpty { return what }
        }
        return ""
    }

    private func missing(at url: String?) async -> String {
        guard let url else { return "starting" }
        do {
            let response = try await HTTPClient.shared.execute(
                HTTPClientRequest(url: "\(url)/readyz"), timeout: .seconds(2))
            let body = try await response.body.collect(upTo: 1 << 20)
            if response.status == .ok { return "" }
            let answer = try JSONDecoder().decode(Answer.self, from: Data(body.readableBytesView))
            return answer.checks.filter { !$0.ready }.map { "\($0.name): \($0.why ?? "")" }.joined(separator: "; ")
        } catch {
            return "no answer from \(url) yet"
        }
    }
}

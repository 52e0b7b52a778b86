import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// One hostile request, and what must be said to it.
struct Attack: Sendable {
    var service: String
    var method: String
    var path: String
    var body: String?
    var type: String? = "application/json"
    /// Nil = no token at all.
    var token: String?
    var status: Int
    /// The rule the problem names; nil = any.
    var rule: String?
    /// The field it names; nil = any.
    var field: String?

    var name: String { "\(method) \(service)\(path.prefix(60)) \(body?.prefix(40) ?? "-")" }

    /// What came back.
    struct Answer {
        var status: Int
        var type: String
        var retryAfter: String?
        var bytes: Data

        var problem: [String: Any]? { try? JSONSerialization.jsonObject(with: bytes) as? [String: Any] }
    }

    func send(to base: String) async throws -> Answer {
        var request = HTTPClientRequest(url: base + path)
        request.method = HTTPMethod(rawValue: method)
        if let type { request.headers.add(name: "content-type", value: type) }
        if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        return Answer(
            status: Int(response.status.code), type: response.headers.first(name: "content-type") ?? "",
            retryAfter: response.headers.first(name: "retry-after"),
            bytes: Data(try await response.body.collect(upTo: 1 << 22).readableBytesView))
    }

    /// What is wrong with the answer; nil when it is as it must be.
    func fault(in answer: Answer) -> String? {
        guard answer.status == status else {
            return "\(answer.status) instead of \(status): \(String(decoding: answer.bytes.prefix(300), as: UTF8.self))"
        }
        guard answer.type.hasPrefix("application/problem+json"), let problem = answer.problem else {
            return "no problem document but \(answer.type)"
        }
        for member in ["rule", "fix", "detail", "title"] where (problem[member] as? String ?? "").isEmpty {
            return "no \(member)"
        }
        guard problem["status"] as? Int == status else { return "another status in the document" }
        if let rule, problem["rule"] as? String != rule { return "rule \(problem["rule"] ?? "-") instead of \(rule)" }
        if let field, problem["field"] as? String != field {
            return "field \(problem["field"] ?? "-") instead of \(field)"
        }
        return nil
    }
}

/// Bytes that are not HTTP, over a bare connection.
enum BareConnection {
    /// Sends the bytes; the answer until the other side closes, or until nothing came for five seconds.
    static func exchange(_ bytes: [UInt8], port: Int) -> String? {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard handle >= 0 else { return nil }
        defer { close(handle) }
        var patience = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0, write(handle, bytes, bytes.count) == bytes.count else { return nil }
        var answer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while answer.count < 65_536 {
            let count = read(handle, &chunk, chunk.count)
            guard count > 0 else { break }
            answer += chunk.prefix(count)
        }
        return String(decoding: answer, as: UTF8.self)
    }
}

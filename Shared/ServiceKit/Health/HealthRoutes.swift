import Foundation
public import HTTPTypes
public import Hummingbird

/// `/livez`, `/readyz`, `/runtimez` and `/metrics`.
struct HealthRoutes {
    let service: String
    let health: Health
    let registry: PrometheusRegistry

    struct Answer: Codable, Equatable {
        struct Check: Codable, Equatable {
            var name: String
            var ready: Bool
            var why: String?
        }

        var service: String
        var ready: Bool
        var checks: [Check]
    }

    func add(to router: Router<ServiceContext>) {
        router.get("/livez") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: "ok\n")))
        }
        router.get("/readyz") { _, context in try await ready(in: context.language) }
        router.get("/runtimez") { _, _ in try Response.json(encoding: await health.view(of: service)) }
        router.get("/metrics") { _, _ in
            Response(
                status: .ok, headers: [.contentType: PrometheusText.mediaType, .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: registry.text)))
        }
    }

    private func ready(in language: Language) async throws -> Response {
        let checks = await health.states().map { name, state in
            switch state {
            case .ready: Answer.Check(name: name, ready: true, why: nil)
            case .noted(let what): Answer.Check(name: name, ready: true, why: what.text(in: language))
            case .missing(let why): Answer.Check(name: name, ready: false, why: why.text(in: language))
            }
        }
        let answer = Answer(service: service, ready: checks.allSatisfy(\.ready), checks: checks)
        return try Response.json(encoding: answer, status: answer.ready ? .ok : .serviceUnavailable)
    }
}

extension Response {
    /// An answer in JSON: sorted keys, never cached.
    public static func json(
        encoding value: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return json(Array(try encoder.encode(value)), status: status, headers: headers)
    }

    /// An answer in JSON that is already encoded.
    public static func json(
        _ bytes: [UInt8], status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = "application/json; charset=utf-8"
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// 303 to another page.
    public static func seeOther(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path, .cacheControl: "no-store"])
    }
}

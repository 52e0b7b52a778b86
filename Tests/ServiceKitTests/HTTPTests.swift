import Foundation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ServiceKit

struct HTTPTests {
    private func app() -> Application<EdgeResponder> {
        edge { router in
            router.get("/v1/cases/{number}") { _, context in "case \(context.parameters.get("number") ?? "")" }
            router.post("/v1/reports") { request, _ -> Response in
                let form = try await request.form()
                let title = form.required("title", .text(max: 200))
                return try Response.json(encoding: try form.finish(["title": try title()]), status: .created)
            }
            router.get("/refuse") { _, _ -> String in
                throw Refusal(
                    .conflict, "order.sign.not_dispatched", zh: "还没有派单", en: "not dispatched", fixZh: "先派单",
                    fixEn: "dispatch first")
            }
            router.get("/break") { _, _ -> String in throw SettingsError(faults: ["inner detail"]) }
            router.get("/hang") { _, _ -> String in
                try await Task.sleep(for: .seconds(60))
                return ""
            }
            router.get("/page") { _, _ in
                Response(
                    status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
                    body: .init(byteBuffer: .init(string: "<p>")))
            }
        }
    }

    @Test(
        "Every hostile request gets a problem with rule and fix, and the service lives on",
        arguments: [
            ("GET", "/nowhere", nil, nil, 404, "http.not_found"), ("GET", "/v1/cases", nil, nil, 404, "http.not_found"),
            ("DELETE", "/v1/cases/1", nil, nil, 405, "http.method"),
            ("GET", "/v1/reports", nil, nil, 405, "http.method"),
            ("BREW", "/v1/reports", nil, nil, 405, "http.method"),
            ("POST", "/v1/reports", "", "application/json", 400, "body.empty"),
            ("POST", "/v1/reports", "{", "application/json", 400, "body.json"),
            ("POST", "/v1/reports", "[]", "application/json", 400, "field.type"),
            ("POST", "/v1/reports", "{}", "application/json; charset=utf-8", 400, "field.missing"),
            ("POST", "/v1/reports", #"{"title":"a","x":1}"#, "application/json", 400, "field.unknown"),
            ("POST", "/v1/reports", #"{"title":1}"#, "application/json", 400, "field.type"),
            ("POST", "/v1/reports", #"{"title":"a"}"#, "text/xml", 415, "http.media_type"),
            ("POST", "/v1/reports", #"{"title":"a"}"#, nil, 415, "http.media_type"),
            ("GET", "/refuse", nil, nil, 409, "order.sign.not_dispatched"),
            ("GET", "/break", nil, nil, 500, "http.failed"),
        ] as [(String, String, String?, String?, Int, String)])
    func hostile(method: String, path: String, body: String?, type: String?, status: Int, rule: String) async throws {
        try await app().test(.router) { client in
            var headers: HTTPFields = [:]
            headers[.contentType] = type
            let response = try await client.execute(
                uri: path, method: HTTPRequest.Method(method)!, headers: headers,
                body: body.map { ByteBuffer(string: $0) })
            #expect(response.status.code == status)
            #expect(response.headers[.contentType] == Problem.mediaType)
            let problem = try response.problem
            #expect(problem.rule == rule)
            #expect(problem.status == status)
            #expect(!problem.fix.isEmpty)
            #expect(!problem.detail.contains("inner detail"))
            #expect(problem.trace?.count == 32)
            let alive = try await client.execute(uri: "/v1/cases/7", method: .get)
            #expect(String(buffer: alive.body) == "case 7")
        }
    }

    @Test("A wrong method is told the right ones", arguments: [("/v1/reports", "POST"), ("/v1/cases/1", "GET, HEAD")])
    func allow(path: String, allowed: String) async throws {
        try await app().test(.router) { client in
            let response = try await client.execute(uri: path, method: .delete)
            #expect(response.headers[.allow] == allowed)
        }
    }

    @Test("Ten megabytes are refused with 413, whether declared or not", arguments: [true, false])
    func tooLarge(live: Bool) async throws {
        try await app().test(live ? .live : .router) { client in
            let body = ByteBuffer(repeating: UInt8(ascii: "x"), count: 10_000_000)
            let response = try await client.execute(
                uri: "/v1/reports", method: .post, headers: [.contentType: "application/json"], body: body)
            #expect(response.status == .contentTooLarge)
            #expect(try response.problem.rule == "http.too_large")
        }
    }

    @Test("Chinese comes first, English when it is asked for")
    func language() async throws {
        try await app().test(.router) { client in
            let zh = try await client.execute(uri: "/refuse", method: .get)
            let en = try await client.execute(
                uri: "/refuse", method: .get, headers: [.acceptLanguage: "fr, en;q=0.8, zh;q=0.5"])
            #expect(try zh.problem.detail == "还没有派单")
            #expect(try en.problem.detail == "not dispatched")
            #expect(en.headers[.contentLanguage] == "en")
        }
    }

    @Test("The trace of a caller is continued, a malformed one replaced")
    func trace() async throws {
        let id = String(repeating: "ab", count: 16)
        try await app().test(.router) { client in
            let good = try await client.execute(
                uri: "/refuse", method: .get, headers: [.traceParent: "00-\(id)-00f067aa0ba902b7-01"])
            #expect(try good.problem.trace == id)
            #expect(good.headers[.traceParent]?.hasPrefix("00-\(id)-") == true)
            #expect(good.headers[.traceParent]?.contains("00f067aa0ba902b7") == false)
            let bad = try await client.execute(uri: "/refuse", method: .get, headers: [.traceParent: "00-zz-1-01"])
            #expect(try bad.problem.trace?.count == 32)
        }
    }

    @Test("A handler that hangs is answered with 504 after the deadline")
    func deadline() async throws {
        let app = edge(deadline: .milliseconds(50)) { router in
            router.get("/hang") { _, _ -> String in
                try await Task.sleep(for: .seconds(60))
                return ""
            }
        }
        try await app.test(.router) { client in
            let response = try await client.execute(uri: "/hang", method: .get)
            #expect(response.status == .gatewayTimeout)
            #expect(try response.problem.rule == "http.deadline")
        }
    }

    @Test("Pages carry a policy without inline script or style; every answer forbids sniffing")
    func security() async throws {
        try await app().test(.router) { client in
            let page = try await client.execute(uri: "/page", method: .get)
            #expect(page.headers[.contentSecurityPolicy]?.contains("script-src 'self'") == true)
            #expect(page.headers[.contentSecurityPolicy]?.contains("unsafe-inline") == false)
            #expect(page.headers[.xFrameOptions] == "DENY")
            let json = try await client.execute(uri: "/readyz", method: .get)
            #expect(json.headers[.xContentTypeOptions] == "nosniff")
        }
    }

    @Test("The shared sheet is served with an ETag and answers 304 to it")
    func sheet() async throws {
        try await app().test(.router) { client in
            let first = try await client.execute(uri: "/base.css", method: .get)
            #expect(first.status == .ok)
            #expect(first.headers[.contentType] == "text/css; charset=utf-8")
            let etag = try #require(first.headers[.eTag])
            let second = try await client.execute(uri: "/base.css", method: .get, headers: [.ifNoneMatch: etag])
            #expect(second.status == .notModified)
            #expect(second.body.readableBytes == 0)
        }
    }

    @Test("Requests are counted by route and status, never by a stranger's path")
    func access() async throws {
        let registry = PrometheusRegistry()
        try await edge(registry: registry) { $0.get("/v1/cases/{number}") { _, _ in "x" } }.test(.router) { client in
            _ = try await client.execute(uri: "/v1/cases/1", method: .get)
            _ = try await client.execute(uri: "/v1/cases/2", method: .get)
            _ = try await client.execute(uri: "/secret-path", method: .get)
            let text = String(buffer: try await client.execute(uri: "/metrics", method: .get).body)
            #expect(
                text.contains(
                    #"caseloop_http_request_seconds_count{method="GET",route="/v1/cases/{number}",status="200"} 2"#))
            #expect(text.contains(#"route="NotFound",status="404"} 1"#))
            #expect(!text.contains("secret-path"))
        }
    }

    @Test("Readiness says what is missing and why, with 503, and then is ready")
    func ready() async throws {
        let health = Health()
        let flag = health.flag("store", missing: Wording(zh: "正在恢复", en: "being restored"))
        try await edge(health: health).test(.router) { client in
            let before = try await client.execute(uri: "/readyz", method: .get, headers: [.acceptLanguage: "en"])
            #expect(before.status == .serviceUnavailable)
            let answer = try JSONDecoder().decode(HealthRoutes.Answer.self, from: Data(before.body.readableBytesView))
            #expect(answer.checks == [.init(name: "store", ready: false, why: "being restored")])
            #expect(try await client.execute(uri: "/livez", method: .get).status == .ok)
            flag.set(.ready)
            #expect(try await client.execute(uri: "/readyz", method: .get).status == .ok)
        }
    }
}

extension HTTPTests {
    @Test(
        "Every answer keeps our addresses from strangers and the origin for our own forms",
        arguments: ["/page", "/livez", "/nowhere"])
    func referrer(path: String) async throws {
        // Under no-referrer a browser sends `Origin: null` with a form of our own page, which the check then refuses.
        try await edge { router in
            router.get("/page") { _, _ in "page" }
        }.test(.router) { client in
            try await client.execute(uri: path, method: .get) { response in
                #expect(HTTPField.Name("Referrer-Policy").flatMap { response.headers[$0] } == "same-origin")
            }
        }
    }
}

import Foundation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ServiceKit

/// Pages of the console that send what they take to Intake.
struct SiblingTests {
    private static func request(_ authority: String, _ headers: HTTPFields = [:]) -> Request {
        Request(
            head: HTTPRequest(
                method: .post, scheme: "http", authority: authority, path: "/", headerFields: headers),
            body: RequestBody(buffer: ByteBuffer()))
    }

    @Test(
        "Its origin is the configured one, or the proxy's name, or the same host under its own port",
        arguments: [
            ("127.0.0.1:8081", [:], nil, "http://127.0.0.1:8080"),
            ("City.Example:8081", [:], nil, "http://city.example:8080"),
            ("[::1]:8081", [:], nil, "http://[::1]:8080"),
            (
                "intake:8081", ["X-Forwarded-Host": "city.example", "X-Forwarded-Proto": "https"], nil,
                "https://city.example"
            ),
            ("127.0.0.1:8081", [:], "https://staff.example", "https://staff.example"),
        ] as [(String, [String: String], String?, String)])
    func origin(authority: String, given: [String: String], configured: String?, expected: String) {
        let sibling = Sibling("console", configured: configured, base: 8080, data: "/nowhere")
        var headers: HTTPFields = [:]
        for (name, value) in given { headers[HTTPField.Name(name)!] = value }
        #expect(sibling.origin(for: Self.request(authority, headers)) == expected)
    }

    @Test("Under free ports it is found in endpoints.json, and nowhere else")
    func free() throws {
        let folder = try TemporaryFolder()
        let sibling = Sibling("console", configured: nil, base: 0, data: folder.path)
        #expect(sibling.origin(for: Self.request("127.0.0.1:4711")) == nil)
        let entry = Endpoints.Entry(service: "console", instance: "console-0", url: "http://0.0.0.0:4712", pid: 1)
        try Endpoints.publish(entry, data: folder.path)
        #expect(sibling.origin(for: Self.request("127.0.0.1:4711")) == "http://127.0.0.1:4712")
    }

    @Test(
        "An address that is no origin is a fault that names its variable",
        arguments: ["intake", "ftp://a", "https://a/b", "http://a;b"])
    func setting(text: String) {
        let error = #expect(throws: SettingsError.self) {
            try Settings.read(service: "console", environment: ["CASELOOP_INTAKE_URL": text])
        }
        #expect(error?.faults.first?.hasPrefix("CASELOOP_INTAKE_URL") == true)
    }

    @Test("Pages of that origin may write with their cookie and read the answer, errors too; no other page may")
    func pages() async throws {
        let pair = TokenKeyPair()
        let verifier = try await TokenVerifier(publicKeyPEM: pair.publicPEM)
        let minter = try await TokenMinter(privateKeyPEM: pair.privatePEM)
        let actor = Actor(subject: "u", name: "坐席", role: .operator)
        let token = try await minter.mint(actor, now: .systemNow(), validFor: .hours(1))
        let console = Sibling("console", configured: "http://pages.example:8080", base: 0, data: "/nowhere")
        let app = HTTPEdge(service: "intake", logger: quiet, options: .init(pages: console)).application { router in
            router.group().add(middleware: StaffOnly(verifier, pages: console)).post("/v1/reports") { _, _ in "taken" }
        }
        try await app.test(.router) { client in
            for (origin, isOurs) in [
                ("http://pages.example:8080", true), ("http://evil.example", false), ("null", false),
            ] {
                let asked = try await client.execute(
                    uri: "/v1/reports", method: .options,
                    headers: [.origin: origin, .accessControlRequestMethod: "POST"])
                #expect((asked.headers[.accessControlAllowOrigin] == origin) == isOurs)
                #expect((asked.status == .noContent) == isOurs)
                let cookie = "\(PageLogin.cookie)=\(token)"
                let sent = try await client.execute(
                    uri: "/v1/reports", method: .post, headers: [.origin: origin, .cookie: cookie])
                #expect(sent.status == (isOurs ? .ok : .forbidden))
                #expect((sent.headers[.accessControlAllowCredentials] == "true") == isOurs)
                let nobody = try await client.execute(uri: "/v1/reports", method: .post, headers: [.origin: origin])
                #expect(nobody.status == .unauthorized)
                #expect((nobody.headers[.accessControlAllowOrigin] != nil) == isOurs)
            }
        }
    }
}

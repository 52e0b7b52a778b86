import Foundation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JWTKit
import Testing

@testable import ServiceKit

struct AuthTests {
    private let pair = TokenKeyPair()
    private let dispatcher = Actor(
        subject: "u-7", name: "王某", role: .dispatcher, unit: UnitCode("410803-zx"), place: PlaceCode("410803"))

    private func app(_ verifier: TokenVerifier?) async throws -> Application<EdgeResponder> {
        let login = try await PageLogin(verifier, now: { noon })
        return edge { router in
            login.add(to: router)
            let staff = router.group().add(middleware: StaffOnly(verifier, now: { noon }))
            staff.get("/me") { _, context in try context.staff.name }
            staff.post("/act") { _, context in try context.require(.dispatcher, .center).subject }
            staff.get("/lead") { _, context in try context.require(.unitHead).name }
            staff.get("/there") { _, context in
                try context.require(covering: HomeKey("410883001")!).name
            }
            router.group().add(middleware: StaffOnly(verifier, otherwise: .login, now: { noon })).get("/tasks") {
                _, _ in "tasks"
            }
        }
    }

    private func token(
        _ actor: Actor? = nil, from: TokenKeyPair? = nil, issued: Instant = noon, for duration: Duration = .hours(8)
    ) async throws -> String {
        try await TokenMinter(privateKeyPEM: (from ?? pair).privatePEM).mint(
            actor ?? dispatcher, now: issued, validFor: duration)
    }

    @Test("A minted token is verified into the same person")
    func roundTrip() async throws {
        let verifier = try await TokenVerifier(publicKeyPEM: pair.publicPEM)
        #expect(try await verifier.verify(try await token(), now: noon) == dispatcher)
    }

    @Test("A token ends at the second it says")
    func expiry() async throws {
        let verifier = try await TokenVerifier(publicKeyPEM: pair.publicPEM)
        let token = try await token(for: .seconds(60))
        #expect(try await verifier.verify(token, now: noon + .milliseconds(59_999)) == dispatcher)
        await #expect(throws: TokenFault.expired) { try await verifier.verify(token, now: noon + .seconds(60)) }
    }

    @Test("Forged, malformed and repurposed tokens are refused")
    func forged() async throws {
        let verifier = try await TokenVerifier(publicKeyPEM: pair.publicPEM)
        let good = try await token()
        let parts = good.split(separator: ".").map(String.init)
        let none = Data(#"{"alg":"none"}"#.utf8).base64EncodedString().replacing("=", with: "")
        let hs = Data(#"{"alg":"HS256"}"#.utf8).base64EncodedString().replacing("=", with: "")
        let bad: [String] = [
            "", "a", "a.b", "a.b.c", "...", "\(parts[0]).\(parts[1]).",
            "\(parts[0]).\(parts[1]).\(String(parts[2].reversed()))",
            "\(parts[0]).\(parts[1])x.\(parts[2])", "\(none).\(parts[1]).", "\(none).\(parts[1]).\(parts[2])",
            "\(hs).\(parts[1]).\(parts[2])", try await token(from: TokenKeyPair()),
            String(repeating: "a", count: 100_000),
            try await token(Actor.rule("x")), try await token(issued: noon + .hours(2)),
        ]
        for token in bad {
            let fault = await #expect(throws: TokenFault.self) { try await verifier.verify(token, now: noon) }
            #expect(fault != .expired)
        }
    }

    @Test("Without a token, expired, forged: 401 with the challenge; wrong role or place: 403 with the rule")
    func statuses() async throws {
        let verifier = try await TokenVerifier(publicKeyPEM: pair.publicPEM)
        let (good, old) = (try await token(), try await token(issued: noon - .hours(9)))
        try await app(verifier).test(.router) { client in
            for (header, rule) in [
                (nil, "auth.missing"), ("Basic eDp5", "auth.invalid"), ("Bearer", "auth.invalid"),
                ("Bearer x.y.z", "auth.invalid"),
                ("Bearer \(old)", "auth.expired"),
            ] {
                var headers: HTTPFields = [:]
                headers[.authorization] = header
                let response = try await client.execute(uri: "/me", method: .get, headers: headers)
                #expect(response.status == .unauthorized)
                #expect(response.headers[.wwwAuthenticate]?.hasPrefix("Bearer realm=") == true)
                #expect(try response.problem.rule == rule)
            }
            let headers: HTTPFields = [.authorization: "Bearer \(good)"]
            #expect(try await client.execute(uri: "/me", method: .get, headers: headers).status == .ok)
            #expect(try await client.execute(uri: "/act", method: .post, headers: headers).status == .ok)
            let role = try await client.execute(uri: "/lead", method: .get, headers: headers)
            #expect(role.status == .forbidden)
            #expect(try role.problem.rule == "auth.role")
            #expect(try role.problem.fix.contains("单位主要领导"))
            let place = try await client.execute(uri: "/there", method: .get, headers: headers)
            #expect(place.status == .forbidden)
            #expect(try place.problem.rule == "auth.place")
        }
    }

    @Test("Without a public key staff endpoints are closed with 503")
    func closed() async throws {
        try await app(nil).test(.router) { client in
            let response = try await client.execute(uri: "/me", method: .get)
            #expect(response.status == .serviceUnavailable)
        }
    }

    @Test("A page trades the token for a cookie; writes with it need this site's origin; logout takes it away")
    func page() async throws {
        let verifier = try await TokenVerifier(publicKeyPEM: pair.publicPEM)
        let token = try await token()
        try await app(verifier).test(.router) { client in
            let away = try await client.execute(uri: "/tasks", method: .get)
            #expect(away.status == .seeOther)
            #expect(away.headers[.location] == "/login?next=/tasks")
            let shown = try await client.execute(uri: "/login?next=/tasks", method: .get)
            #expect(
                String(buffer: shown.body).contains(#"name="next" value="&#x2F;tasks""#)
                    || String(buffer: shown.body).contains(#"value="/tasks""#))
            let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded", .origin: "http://localhost"]
            let login = try await client.execute(
                uri: "/login", method: .post, headers: form, body: ByteBuffer(string: "token=\(token)&next=%2Ftasks"))
            #expect(login.status == .seeOther)
            #expect(login.headers[.location] == "/tasks")
            let cookie = try #require(login.headers[.setCookie])
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains("Secure"))
            let held: HTTPFields = [.cookie: "\(PageLogin.cookie)=\(token)"]
            #expect(try await client.execute(uri: "/tasks", method: .get, headers: held).status == .ok)
            for (origin, status) in [
                (nil, 403), ("https://evil.example", 403), ("null", 403), ("http://localhost", 200),
            ] {
                var headers = held
                headers[.origin] = origin
                #expect(try await client.execute(uri: "/act", method: .post, headers: headers).status.code == status)
            }
            let out = try await client.execute(uri: "/logout", method: .post, headers: form)
            #expect(out.headers[.setCookie]?.contains("Max-Age=0") == true)
        }
    }

    @Test("Behind TLS the cookie is Secure")
    func secure() async throws {
        let verifier = try await TokenVerifier(publicKeyPEM: pair.publicPEM)
        let token = try await token()
        try await app(verifier).test(.router) { client in
            let login = try await client.execute(
                uri: "/login", method: .post,
                headers: [
                    .contentType: "application/x-www-form-urlencoded", .origin: "https://localhost",
                    .forwardedProto: "https",
                ],
                body: ByteBuffer(string: "token=\(token)"))
            #expect(login.headers[.setCookie]?.contains("Secure") == true)
        }
    }

    @Test(
        "Login leads to a path of this site only",
        arguments: ["//evil.example", "https://evil.example", "/\\evil", "javascript:1", "/a b"])
    func openRedirect(next: String) {
        #expect(next.sitePath == nil)
    }

    @Test("Key files are made once and readable by their owner alone")
    func keyFiles() async throws {
        let folder = try TemporaryFolder()
        let (secret, open) = try TokenKeyPair.ensure(in: "\(folder.path)/secrets")
        let mode = try FileManager.default.attributesOfItem(atPath: secret)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let before = try String(contentsOfFile: secret, encoding: .utf8)
        _ = try TokenKeyPair.ensure(in: "\(folder.path)/secrets")
        #expect(try String(contentsOfFile: secret, encoding: .utf8) == before)
        let token = try await TokenMinter(privateKeyFile: secret).mint(dispatcher, now: noon, validFor: .hours(1))
        #expect(try await TokenVerifier(publicKeyFile: open).verify(token, now: noon) == dispatcher)
        await #expect(throws: KeyFileError.self) { try await TokenVerifier(publicKeyFile: "\(folder.path)/none.pem") }
    }
}

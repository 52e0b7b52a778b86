import Contracts
import Foundation
import Governance
import ServiceKit
import Stacks
import Testing

@testable import ToolCore

extension FaultTests {
    @Test("Every endpoint of a live stack answers hostile input with a problem, and lives on", .timeLimit(.minutes(15)))
    func hostile() async throws {
        let stack = try await FaultStack.start(.init(count: 20, rate: 20, seed: FaultPlan.seed))
        try await stack.played()
        try await stack.run.until("an order") {
            try await Outcomes.read(TopicReader(settings: stack.kafka)).cases.contains { $0.value.ordered }
        }
        let found = try await Outcomes.read(TopicReader(settings: stack.kafka)).cases.first { $0.value.ordered }
        let (number, _) = try #require(found)
        let attacks = try await Hostility(stack, number).all
        var pids = try stack.run.pids
        for attack in attacks {
            let base = try #require(stack.addresses.url(of: attack.service))
            let answer = try await attack.send(to: base)
            if let fault = attack.fault(in: answer) { Issue.record("\(attack.name): \(fault)") }
        }
        stack.tell("\(attacks.count) hostile requests answered with problems")
        try await notHTTP(stack)
        // Nobody died of it, all are ready, and a good report still goes all the way.
        pids["up"] = nil
        for (name, pid) in pids { #expect(try stack.run.pids[name] == pid, "\(name) was started again") }
        for service in FaultPlan.services {
            #expect(await Readiness(addresses: stack.addresses).missing(service) == "")
        }
        let input = try Inputs.sample(3, in: stack.run.folder)
        _ = try await tool(["replay", input.path, "--data", stack.data.path], in: stack.run.folder)
        try await stack.audited()
        try await stack.stop()
    }

    /// What is not HTTP gets the server's bare 400, or a closed connection.
    private func notHTTP(_ stack: FaultStack) async throws {
        let inputs: [[UInt8]] = [
            Array("\u{16}\u{3}\u{1}\u{2}\u{0}hello tls\r\n\r\n".utf8), Array("GET\r\n\r\n".utf8),
            Array("GET / HTTP/9.9\r\n\r\n".utf8), Array("BREW / HTTP/1.1\r\n\r\n".utf8),
            Array("POST /v1/reports HTTP/1.1\r\nContent-Length: -1\r\n\r\n".utf8),
            Array("GET / HTTP/1.1\r\nX: \(String(repeating: "a", count: 100_000))\r\n\r\n".utf8),
        ]
        for service in FaultPlan.services {
            let url = try #require(stack.addresses.url(of: service))
            let port = try #require(URL(string: url)?.port)
            for bytes in inputs {
                let answer = BareConnection.exchange(bytes, port: port)
                let told =
                    answer.map { $0.isEmpty || $0.hasPrefix("HTTP/1.1 4") || $0.hasPrefix("HTTP/1.0 4") } ?? false
                #expect(told, "\(service): \(answer?.prefix(100) ?? "no connection")")
            }
        }
    }
}

/// The attacks of issue 2's acceptance, on every endpoint they apply to.
private struct Hostility {
    let number: CaseNumber
    let seat: String
    let head: String
    let handler: String
    let expired: String
    let forged: String
    let other: String

    init(_ stack: FaultStack, _ number: CaseNumber) async throws {
        self.number = number
        let minter = try await TokenMinter(privateKeyFile: StackKeys(data: stack.data).jwtPrivate)
        let thief = try await TokenMinter(privateKeyPEM: TokenKeyPair().privatePEM)
        let now = Instant.systemNow()
        let unit = try #require(try Reference.sample.units.all.first?.code)
        func mint(_ minter: TokenMinter, _ role: Role, at: Instant = now, place: String? = nil) async throws -> String {
            let actor = Actor(
                subject: "\(role)", name: "\(role)", role: role, unit: role == .operator ? nil : unit,
                place: place.flatMap { PlaceCode($0) })
            return try await minter.mint(actor, now: at, validFor: .seconds(600))
        }
        seat = try await mint(minter, .operator)
        head = try await mint(minter, .unitHead)
        handler = try await mint(minter, .handler)
        expired = try await mint(minter, .operator, at: now - .seconds(7200))
        forged = try await mint(thief, .operator)
        other = try await mint(minter, .gridWorker, place: "110101001")
    }

    var all: [Attack] { reports + commands + pages + everywhere }

    // MARK: Intake

    private func report(_ change: [String: Any?] = [:]) -> String {
        var report: [String: Any] = [
            "source": "hotline", "sourceKey": "hostile", "occurredAt": "2026-11-20T09:30:00+08:00",
            "place": "410803001", "text": "路灯不亮",
        ]
        for (name, value) in change { report[name] = value }
        let data = (try? JSONSerialization.data(withJSONObject: report)) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }

    private var reports: [Attack] {
        let far = "\(Instant.systemNow() + .seconds(90_000))"
        let bodies: [(String, Int, String?, String?)] = [
            ("", 400, "body.empty", nil), ("{", 400, "body.json", "$"), ("[]", 400, "field.type", nil),
            (#"{"source":"hotline","source":"web"}"#, 400, nil, nil), ("\u{FEFF}{}", 400, nil, nil),
            (report(["colour": "red"]), 400, "field.unknown", "colour"),
            (report(["place": "999999999"]), 400, "report.place.unknown", "place"),
            (report(["place": 410_803_001]), 400, "field.type", "place"),
            (report(["text": ["a"]]), 400, "field.type", "text"),
            (report(["occurredAt": far]), 400, "field.future", "occurredAt"),
            (report(["text": String(repeating: "长", count: 20_000)]), 400, "field.length", "text"),
            (report(["text": "a\u{0}b"]), 400, "field.control", "text"),
            (report(["title": "a\u{202E}b"]), 400, "field.control", "title"),
            (String(repeating: "x", count: 10_000_000), 413, "http.too_large", nil),
        ]
        var attacks = bodies.map {
            Attack(
                service: "intake", method: "POST", path: "/v1/reports", body: $0.0, token: seat, status: $0.1,
                rule: $0.2, field: $0.3)
        }
        attacks += ["PUT", "DELETE", "GET"].map {
            Attack(service: "intake", method: $0, path: "/v1/reports", token: seat, status: 405, rule: "http.method")
        }
        attacks += access("intake", "POST", "/v1/reports", report(), wrongRole: handler)
        attacks += access(
            "intake", "POST", "/v1/reports/batch", report(), wrongRole: handler, type: "application/x-ndjson")
        attacks += [
            Attack(service: "intake", method: "POST", path: "/v1/reports", body: report(), token: other, status: 403),
            Attack(
                service: "intake", method: "POST", path: "/v1/reports", body: report(), type: "text/xml", token: seat,
                status: 415),
            Attack(service: "intake", method: "GET", path: "/v1/reports/0000-0000-0000-0000", token: seat, status: 404),
            Attack(service: "intake", method: "GET", path: "/v1/reports/%00%ff..%2f", token: seat, status: 404),
            Attack(
                service: "intake", method: "POST", path: "/v1/reports/batch", body: "", type: "application/x-ndjson",
                token: seat, status: 400),
            Attack(
                service: "intake", method: "POST", path: "/v1/reports/batch",
                body: String(repeating: "{}\n", count: 6000), type: "application/x-ndjson", token: seat, status: 413),
            Attack(
                service: "intake", method: "POST", path: "/v1/reports/batch",
                body: String(repeating: "x", count: 10_000_000), type: "application/x-ndjson", token: seat, status: 413),
        ]
        return attacks
    }

    // MARK: Command edges

    private var commands: [Attack] {
        ["triage", "dispatch", "supervision", "console"].flatMap { service in
            let sign = "/v1/cases/\(number.text)/commands/order.sign"
            let progress = "/v1/cases/\(number.text)/commands/order.return"
            func post(_ path: String, _ body: String, _ status: Int, _ rule: String? = nil, _ field: String? = nil)
                -> Attack
            {
                Attack(
                    service: service, method: "POST", path: path, body: body, token: head, status: status, rule: rule,
                    field: field)
            }
            return [
                post(sign, "", 400, "body.empty"), post(sign, "{", 400, "body.json"), post(sign, "[]", 400),
                post(sign, #"{"colour":"red"}"#, 400, "field.unknown"),
                post(sign, #"{"number":"410803001-20261121-AAAAAA"}"#, 400),
                post(progress, #"{"proposed":7,"reason":"r"}"#, 400, nil, "proposed"),
                post(progress, #"{"proposed":"x y z","reason":"r"}"#, 400, nil, "proposed"),
                post(progress, #"{"reason":"r"}"#, 400, nil, "proposed"),
                post(progress, return20k, 400, nil, "reason"),
                post(progress, #"{"proposed":"410803-housing","reason":"a\u0000b"}"#, 400, nil, "reason"),
                post(sign, String(repeating: "x", count: 10_000_000), 413, "http.too_large"),
                post("/v1/cases/nonsense/commands/order.sign", "{}", 404),
                post("/v1/cases/\(number.text)/commands/order.explode", "{}", 404),
                post("/v1/cases/\(number.text)/commands/report.take", "{}", 404),
                Attack(service: service, method: "PUT", path: sign, body: "{}", token: head, status: 405),
                Attack(
                    service: service, method: "POST", path: sign, body: "{}", type: "text/plain", token: head,
                    status: 415),
                Attack(service: service, method: "POST", path: sign, body: "{}", token: other, status: 403),
            ] + access(service, "POST", sign, "{}", wrongRole: seat)
        }
    }

    private var return20k: String {
        #"{"proposed":"410803-housing","reason":"\#(String(repeating: "长", count: 20_000))"}"#
    }

    // MARK: Console

    private var pages: [Attack] {
        let lists = ["/v1/overview", "/v1/cases", "/v1/cases/\(number.text)", "/v1/me/tasks", "/v1/queue"]
        let forms = "/cases/\(number.text)/commands/order.sign"
        return lists.flatMap { path in
            [
                Attack(service: "console", method: "DELETE", path: path, token: seat, status: 405),
                Attack(service: "console", method: "GET", path: path, status: 401),
                Attack(service: "console", method: "GET", path: path, token: forged, status: 401),
                Attack(service: "console", method: "GET", path: path, token: expired, status: 401),
            ]
        } + [
            Attack(
                service: "console", method: "GET", path: "/v1/cases/410803001-20261121-AAAAAA", token: seat, status: 404
            ),
            Attack(service: "console", method: "GET", path: "/v1/cases/%F0%9F%92%A3", token: seat, status: 404),
            Attack(service: "console", method: "GET", path: "/v1/cases?page=-1", token: seat, status: 400),
            Attack(service: "console", method: "GET", path: "/v1/cases?colour=ultraviolet", token: seat, status: 400),
            Attack(service: "console", method: "POST", path: forms, body: "{", token: head, status: 400),
            Attack(service: "console", method: "POST", path: forms, body: "", token: head, status: 400),
            Attack(
                service: "console", method: "POST", path: forms, body: "key=1",
                type: "application/x-www-form-urlencoded",
                token: head, status: 400),
            Attack(
                service: "console", method: "POST", path: "/login", body: "token=%00",
                type: "application/x-www-form-urlencoded",
                status: 400),
            Attack(
                service: "console", method: "POST", path: "/login", body: "token=\(forged)",
                type: "application/x-www-form-urlencoded", status: 401),
            Attack(
                service: "console", method: "POST", path: "/login", body: String(repeating: "x", count: 10_000_000),
                type: "application/x-www-form-urlencoded", status: 413),
        ]
    }

    // MARK: All

    private var everywhere: [Attack] {
        FaultPlan.services.flatMap { service in
            [
                Attack(service: service, method: "GET", path: "/nowhere", status: 404, rule: "http.not_found"),
                Attack(service: service, method: "POST", path: "/metrics", body: "{}", status: 405),
                Attack(service: service, method: "PATCH", path: "/readyz", status: 405),
                Attack(service: service, method: "GET", path: "/..%2f..%2fetc/passwd", status: 404),
            ]
        }
    }

    /// Without a token, expired, forged, of the wrong role.
    private func access(
        _ service: String, _ method: String, _ path: String, _ body: String, wrongRole: String,
        type: String = "application/json"
    ) -> [Attack] {
        let tokens: [(String?, Int)] = [
            (nil, 401), (expired, 401), (forged, 401), (unsigned, 401), ("x", 401), (wrongRole, 403),
        ]
        return tokens.map {
            Attack(service: service, method: method, path: path, body: body, type: type, token: $0.0, status: $0.1)
        }
    }

    /// `alg: none`.
    private var unsigned: String {
        "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJhIiwibmFtZSI6ImEiLCJyb2xlIjoib3BlcmF0b3IiLCJleHAiOjQxMDI0NDQ4MDB9."
    }
}

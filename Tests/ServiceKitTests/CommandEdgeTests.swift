import CaseLog
import Contracts
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Synchronization
import Testing

@testable import ServiceKit

struct CommandEdgeTests {
    private let number = CaseNumber(
        home: HomeKey("410803001")!, day: CivilDate(year: 2026, month: 11, day: 21)!,
        reportId: UUID(uuidString: "0193509b-2a00-5c3e-9d5b-0f3a6b1c2d4e")!)
    private let actor = Actor(
        subject: "u-7", name: "王某", role: .unitHead, unit: UnitCode("zjj"), place: PlaceCode("410803"))
    private let pair = TokenKeyPair()

    private struct Fixed: TimeSource {
        func now() -> Instant { noon }
        func skew() -> Duration { .zero }
    }

    private typealias Answer = @Sendable (InputEnvelope) -> Reply?

    /// An edge with a decider at the other end of the log that answers as told.
    private func withEdge(
        _ log: MemoryLog = MemoryLog(partitions: 4), wait: Duration = .seconds(60),
        answer: @escaping Answer = { Reply(command: $0.id, status: .done, facts: []) },
        _ test: @Sendable @escaping (any TestClientProtocol, HTTPFields, MemoryLog) async throws -> Void
    ) async throws {
        let edge = CommandEdge(service: .console, log: log, time: Fixed(), options: .init(wait: wait), logger: quiet)
        log.onPublish { out in
            // The decider is as fast as can be: its reply lands before the edge hears that the command did.
            if out.topic == Topic.commands, let input = try? InputEnvelope(out.message), let reply = answer(input),
                let message = try? reply.message(from: .dispatch, at: noon)
            {
                log.append(LogOut(topic: Topic.replies, message: message))
            }
            return .land
        }
        let verifier = try await TokenVerifier(publicKeyPEM: pair.publicPEM)
        let token = try await TokenMinter(privateKeyPEM: pair.privatePEM).mint(
            actor, now: .systemNow(), validFor: .hours(1))
        let app = ServiceKitTests.edge { edge.add(to: $0, verifier: verifier) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await edge.run() }
            #expect(await eventually { edge.health == .ready })
            try await app.test(.router) { client in
                try await test(
                    client, [.authorization: "Bearer \(token)", .contentType: "application/json"], log)
            }
            group.cancelAll()
        }
    }

    private func path(_ name: String) -> String { "/v1/cases/\(number.text)/commands/\(name)" }

    private func sent(_ log: MemoryLog) throws -> [InputEnvelope] {
        try (0..<4).flatMap { try log.entries(Topic.commands, $0).map { try InputEnvelope($0.message) } }
    }

    @Test("A command that is done is answered 200 with its facts, and carries who, when, for whom and after what")
    func done() async throws {
        let fact = Element(id: UUID(), type: "order.signed", version: 1, data: Array(#"{"a":1}"#.utf8))
        let log = MemoryLog(partitions: 4)
        let partition = Partitioner.partition(of: number.home.text, count: 4)
        for _ in 0..<3 {
            log.append(LogOut(topic: Topic.cases, partition: partition, message: Message(key: [1], value: [2])))
        }
        let (number, actor) = (number, actor)
        try await withEdge(log, answer: { Reply(command: $0.id, status: .done, facts: [fact]) }) {
            client, headers, log in
            let response = try await client.execute(
                uri: "/v1/cases/\(number.text)/commands/order.sign", method: .post, headers: headers,
                body: ByteBuffer(string: "{}"))
            #expect(response.status == .ok)
            #expect(String(buffer: response.body).contains(#""type":"order.signed","v":1,"data":{"a":1}"#))
            let key = try #require(response.headers[.idempotencyKey].flatMap(UUID.init(uuidString:)))
            #expect(key.millisecondsOfV7 == noon.milliseconds)
            let input = try #require(try sent(log).first)
            #expect(
                input.id == Identifier.command(subject: "u-7", key: key, caseNumber: number.text, name: "order.sign"))
            #expect(input.to == .dispatch && input.key == "410803001" && input.subject == number.text)
            #expect(input.time == noon && input.actor == actor && input.after == 3 && input.source == .console)
        }
    }

    @Test("Asking again with the same key is the same command; another key, person, case or name is another one")
    func same() async throws {
        let key = CommandKey(now: noon).id.wire
        let uri = path("order.sign")
        try await withEdge { client, headers, log in
            var headers = headers
            headers[.idempotencyKey] = key
            for _ in 0..<2 {
                _ = try await client.execute(uri: uri, method: .post, headers: headers, body: ByteBuffer(string: "{}"))
            }
            #expect(try Set(sent(log).map(\.id)).count == 1)
            headers[.idempotencyKey] = nil
            _ = try await client.execute(uri: uri, method: .post, headers: headers, body: ByteBuffer(string: "{}"))
            #expect(try Set(sent(log).map(\.id)).count == 2)
        }
    }

    @Test(
        "Every outcome has its status",
        arguments: [
            (Reply.Status.refused, Refusal.Kind.conflict, 409), (.refused, .forbidden, 403), (.refused, .invalid, 422),
            (.refused, .notFound, 404), (.late, nil, 409), (.expired, nil, 410), (.parked, nil, 202),
        ] as [(Reply.Status, Refusal.Kind?, Int)])
    func outcomes(status: Reply.Status, kind: Refusal.Kind?, code: Int) async throws {
        let refusal = kind.map {
            Refusal(
                $0, "order.sign.not_dispatched", zh: "未派单", en: "not dispatched", fixZh: "先派单", fixEn: "dispatch first")
        }
        let uri = path("order.sign")
        try await withEdge(answer: { Reply(command: $0.id, status: status, facts: [], refusal: refusal) }) {
            client, headers, _ in
            let response = try await client.execute(
                uri: uri, method: .post, headers: headers, body: ByteBuffer(string: "{}"))
            #expect(response.status.code == code)
            #expect(response.headers[.commandID] != nil)
            if code >= 400 {
                #expect(
                    try response.problem.rule == (refusal?.rule ?? (code == 410 ? "command.expired" : "command.late")))
            }
        }
    }

    @Test("Without a reply in time it is 202 with the place to look and the key to ask again with")
    func pending() async throws {
        let (uri, number) = (path("order.sign"), number)
        try await withEdge(wait: .milliseconds(30), answer: { _ in nil }) { client, headers, _ in
            let response = try await client.execute(
                uri: uri, method: .post, headers: headers, body: ByteBuffer(string: "{}"))
            #expect(response.status == .accepted)
            #expect(response.headers[.location] == "/v1/cases/\(number.text)")
            #expect(response.headers[.idempotencyKey] != nil)
        }
    }

    @Test(
        "Hostile commands are refused before anything is published",
        arguments: [
            ("order.sign", "{\"x\":1}", nil, 400, "field.unknown"), ("order.return", "{}", nil, 400, "field.missing"),
            ("order.return", #"{"proposed":"坏","reason":"x"}"#, nil, 400, "field.format"),
            ("order.return", #"{"proposed":"a","reason":7}"#, nil, 400, "field.type"),
            ("order.return", #"{"proposed":"a","reason":"a\u0000"}"#, nil, 400, "field.control"),
            ("order.sign", #"{"number":"410803001-20261121-XXXXXX"}"#, nil, 400, "command.number"),
            ("order.sign", "[]", nil, 400, "field.type"), ("order.sign", "", nil, 400, "body.empty"),
            ("order.steal", "{}", nil, 404, "command.unknown"), ("report.take", "{}", nil, 404, "command.unknown"),
            ("order.sign", "{}", "7", 400, "command.key"),
            ("order.sign", "{}", "2f1c6e0a-7d1e-4c55-9a52-0b8f6a1d2c3e", 400, "command.key"),
            ("order.sign", "{}", "ffffffff-ffff-7fff-bfff-ffffffffffff", 400, "command.key"),
        ] as [(String, String, String?, Int, String)])
    func hostile(name: String, body: String, key: String?, status: Int, rule: String) async throws {
        let uri = path(name)
        try await withEdge { client, headers, log in
            var headers = headers
            headers[.idempotencyKey] = key
            let response = try await client.execute(
                uri: uri, method: .post, headers: headers, body: ByteBuffer(string: body))
            #expect(response.status.code == status)
            #expect(try response.problem.rule == rule)
            #expect(try sent(log).isEmpty)
        }
    }

    @Test("A wrong case number is 404, a case elsewhere 403, no token 401")
    func strangers() async throws {
        let elsewhere = CaseNumber(home: HomeKey("410883001")!, day: number.day, reportId: UUID())
        let uri = path("order.sign")
        try await withEdge { client, headers, log in
            let requests: [(String, HTTPFields, Int)] = [
                ("/v1/cases/410803001-20261121-K7Q2M/commands/order.sign", headers, 404),
                ("/v1/cases/\(elsewhere.text)/commands/order.sign", headers, 403),
                (uri, [.contentType: "application/json"], 401),
            ]
            for (uri, headers, status) in requests {
                let response = try await client.execute(
                    uri: uri, method: .post, headers: headers, body: ByteBuffer(string: "{}"))
                #expect(response.status.code == status)
            }
            #expect(try sent(log).isEmpty)
        }
    }

    @Test("A telephone number in a note does not reach the log")
    func masked() async throws {
        let uri = path("order.return")
        try await withEdge { client, headers, log in
            _ = try await client.execute(
                uri: uri, method: .post, headers: headers,
                body: ByteBuffer(string: #"{"proposed":"410803-zjj","reason":"请打13912345678"}"#))
            let input = try #require(try sent(log).first)
            #expect(!String(decoding: input.element.data, as: UTF8.self).contains("13912345678"))
        }
    }

    @Test("While the broker is away it is 503, and nobody is left waiting")
    func broker() async throws {
        let uri = path("order.sign")
        try await withEdge { client, headers, log in
            log.broker(LogFault(.retry, "down"))
            let response = try await client.execute(
                uri: uri, method: .post, headers: headers, body: ByteBuffer(string: "{}"))
            #expect(response.status == .serviceUnavailable)
            #expect(response.headers[.retryAfter] != nil)
            #expect(try response.problem.rule == "command.unpublished")
            log.broker(nil)
            let again = try await client.execute(
                uri: uri, method: .post, headers: headers, body: ByteBuffer(string: "{}"))
            #expect(again.status == .ok)
        }
    }

    @Test("A role that never may is told so before anything is published")
    func role() async throws {
        let uri = path("return.refuse")
        try await withEdge { client, headers, log in
            let response = try await client.execute(
                uri: uri, method: .post, headers: headers, body: ByteBuffer(string: #"{"reason":"x"}"#))
            #expect(response.status == .forbidden)
            #expect(try response.problem.rule == "auth.role")
            #expect(try sent(log).isEmpty)
        }
    }

    @Test("Every command a person may give has a service that decides it")
    func services() {
        let table = CommandServices.standard
        // Edges and deciders give these; points have a page of their own.
        let own = [
            "report.take", "draw.enrol", "revisit.draw", "suggestion.make", "rating.give", "point.issue",
            "point.revoke",
        ]
        #expect(table.names == Command.types.filter { !own.contains($0) })
        #expect(
            table["case.assess"] == .triage && table["order.sign"] == .dispatch && table["case.verify"] == .dispatch)
    }

    @Test("All who wait for one command get its reply; a place is given back")
    func desk() async {
        let desk = ReplyDesk()
        let id = UUID()
        let (first, second) = (desk.take(id), desk.take(id))
        let reply = Reply(command: id, status: .done, facts: [])
        async let one = desk.wait(first, atMost: .seconds(60))
        desk.deliver(reply)
        #expect(await one == reply)
        #expect(await desk.wait(second, atMost: .seconds(60)) == reply)
        #expect(desk.count == 0)
        #expect(await desk.wait(desk.take(UUID()), atMost: .milliseconds(10)) == nil)
        #expect(desk.count == 0)
    }
}

import CaseLog
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import IntakeCore

@Suite("The endpoints of Intake")
struct IntakeRoutesTests {
    @Test("A report gets 201 with receipt, id and Location; the same body again 200 with the first receipt")
    func acceptedThenRepeated() async throws {
        let counter = try await Counter(Desk())
        let first = try await counter.send(.post, "/v1/reports", report())
        #expect(first.status == .created)
        let acceptance = try first.decoded(Acceptance.self)
        #expect(first.headers[.location] == "/v1/reports/\(acceptance.receipt)")
        #expect(acceptance.state == "accepted" && acceptance.receipt.count == 19)
        let again = try await counter.send(.post, "/v1/reports", report())
        #expect(again.status == .ok)
        #expect(try again.decoded(Acceptance.self).receipt == acceptance.receipt)
    }

    @Test("The same key with another body gets 409 that names what differs")
    func conflict() async throws {
        let counter = try await Counter(Desk())
        _ = try await counter.send(.post, "/v1/reports", report())
        let other = try await counter.send(
            .post, "/v1/reports", report(["text": #""别的事""#, "contact": #"{"phone":"13812345678"}"#]))
        let problem = try other.decoded(ProblemDocument.self)
        #expect(other.status == .conflict)
        #expect(problem.rule == "report.conflict" && problem.field == "text")
        #expect(problem.detail.contains("text, contact.phone"))
        #expect(!other.text.contains("13812345678"))
    }

    @Test("A receipt tells accepted, then published; typed with small letters and without dashes, too")
    func receipt() async throws {
        let desk = try Desk()
        let counter = try await Counter(desk)
        let receipt = try await counter.send(.post, "/v1/reports", report()).decoded(Acceptance.self).receipt
        let typed = receipt.lowercased().replacing("-", with: "")
        let before = try await counter.send(.get, "/v1/reports/\(typed)")
        #expect(try before.decoded(Acceptance.self).state == "accepted")
        let log = MemoryLog(partitions: 2)
        let relay = EdgeRelay(store: desk.store.edge, log: log, clock: .continuous, logger: quiet)
        async let _: Void = relay.run()
        let deadline = ContinuousClock.now.advanced(by: .seconds(60))
        while !desk.store.edge.outbox().isDrained, ContinuousClock.now < deadline { await Task.yield() }
        let after = try await counter.send(.get, "/v1/reports/\(receipt)")
        #expect(try after.decoded(Acceptance.self).state == "published")
        let unknown = try await counter.send(.get, "/v1/reports/0000-0000-0000-0000")
        #expect(unknown.status == .notFound)
        #expect(try unknown.decoded(ProblemDocument.self).rule == "report.receipt.unknown")
    }

    @Test(
        "Hostile input gets a problem that names field, rule and fix, and the service lives on",
        arguments: [
            ("", 400, "body.empty", nil), ("{", 400, "body.json", "$"), ("[]", 400, "field.type", "$"),
            (report(["colour": "1"]), 400, "field.unknown", "colour"),
            (report(["contact": #"{"wechat":"x"}"#]), 400, "field.unknown", "contact.wechat"),
            (report(["text": nil]), 400, "field.missing", "text"),
            (report(["text": "1"]), 400, "field.type", "text"),
            (report(["text": #"" ""#]), 400, "field.empty", "text"),
            (report(["text": "\"\(String(repeating: "字", count: 20_000))\""]), 400, "field.length", "text"),
            (report(["title": #""a\u0000b""#]), 400, "field.control", "title"),
            (report(["text": #""a\u202Eb""#]), 400, "field.control", "text"),
            (report(["place": #""4108""#]), 400, "report.place.unknown", "place"),
            (report(["place": #""41080300""#]), 400, "field.format", "place"),
            (report(["source": #""carrier-pigeon""#]), 400, "report.source.unknown", "source"),
            (report(["sourceKey": #""13812345678""#]), 400, "report.source_key.personal", "sourceKey"),
            (report(["occurredAt": #""2026-11-21T12:02:00+08:00""#]), 400, "field.future", "occurredAt"),
            (report(["occurredAt": #""yesterday""#]), 400, "field.format", "occurredAt"),
            (report(["occurredAt": #""0001-01-01T00:00:00+08:00""#]), 400, "field.past", "occurredAt"),
            (String(repeating: "x", count: 10_000_000), 413, "http.too_large", nil),
        ] as [(String, Int, String, String?)])
    func hostile(body: String, status: Int, rule: String, field: String?) async throws {
        let counter = try await Counter(Desk())
        let response = try await counter.send(.post, "/v1/reports", body)
        let problem = try response.decoded(ProblemDocument.self)
        #expect(response.status.code == status && problem.status == status)
        #expect(problem.rule == rule)
        if let field { #expect(problem.field == field) }
        #expect(!problem.fix.isEmpty && problem.fix != rule)
        #expect(try await counter.send(.post, "/v1/reports", report()).status == .created)
    }

    @Test(
        "Who may report: seats, grid workers in their place, nobody without a token",
        arguments: [
            (Actor?.some(.seat), "410803002", 201), (.some(.gridWorker), "410803001", 201),
            (.some(.gridWorker), "410803002", 403), (.some(.handler), "410803001", 403), (nil, "410803001", 401),
        ] as [(Actor?, String, Int)])
    func roles(actor: Actor?, place: String, status: Int) async throws {
        let counter = try await Counter(Desk())
        let response = try await counter.send(.post, "/v1/reports", report(["place": "\"\(place)\""]), by: actor)
        #expect(response.status.code == status)
    }

    @Test("An expired or forged token is refused")
    func badTokens() async throws {
        let (counter, other) = (try await Counter(Desk()), try await Counter(Desk()))
        let expired = try await counter.token(.seat, validFor: .seconds(-1))
        let forged = try await other.token(.seat)
        for token in [expired, forged] {
            #expect(try await counter.send(.post, "/v1/reports", report(), token: token).status == .unauthorized)
        }
    }

    @Test("The wrong method is told the right one; the wrong type, too")
    func methodAndType() async throws {
        let counter = try await Counter(Desk())
        let deleted = try await counter.send(.delete, "/v1/reports")
        #expect(deleted.status == .methodNotAllowed && deleted.headers[.allow] == "POST")
        #expect(
            try await counter.send(.post, "/v1/reports", report(), type: "text/plain").status == .unsupportedMediaType)
    }

    @Test("With the disk budget used up the answer is 503 with Retry-After, and a known report keeps its receipt")
    func budget() async throws {
        let counter = try await Counter(Desk(diskBudget: 200_000))
        let text = "\"\(String(repeating: "路灯不亮。", count: 1_000))\""
        var status = HTTPResponse.Status.created
        var number = 0
        while status == .created, number < 100 {
            number += 1
            status = try await counter.send(
                .post, "/v1/reports", report(["sourceKey": "\"K-\(number)\"", "text": text])
            ).status
        }
        #expect(status == .serviceUnavailable && number > 3)
        let refused = try await counter.send(.post, "/v1/reports", report(["sourceKey": #""K-new""#]))
        #expect(refused.headers[.retryAfter] == "5")
        #expect(try refused.decoded(ProblemDocument.self).rule == "edge.budget_used")
        let known = try await counter.send(.post, "/v1/reports", report(["sourceKey": #""K-1""#, "text": text]))
        #expect(known.status == .ok)
    }

    @Test("The outbox tells how much only this replica knows")
    func outbox() async throws {
        let counter = try await Counter(Desk())
        _ = try await counter.send(.post, "/v1/reports", report())
        #expect(try await counter.send(.get, "/v1/outbox").text.hasPrefix(#"{"pending":1,"held":0,"drained":false,"#))
    }
}

import CaseLog
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import ServiceKit
import Testing

@testable import IntakeCore

@Suite("A batch of reports in NDJSON")
struct IntakeBatchTests {
    private struct Line: Decodable {
        var line: Int
        var status: Int
        var receipt: String?
        var rule: String?
        var field: String?
    }

    private func send(_ counter: Counter, _ lines: [String]) async throws -> [Line] {
        let response = try await counter.send(
            .post, "/v1/reports/batch", lines.joined(separator: "\n") + "\n", type: "application/x-ndjson")
        #expect(response.status == .ok)
        return try response.text.split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    @Test("One result a line, in order; a bad line does not touch the others")
    func mixed() async throws {
        let counter = try await Counter(Desk())
        let lines = try await send(
            counter,
            [
                report(), "{broken", report(["sourceKey": #""H-2""#, "place": #""999999999""#]), "", report(),
                report(["text": #""别的""#]), report(["sourceKey": #""H-3""#]),
                report(["text": "\"\(String(repeating: "字", count: 30_000))\""]),
            ])
        #expect(lines.map(\.line) == Array(1...8))
        #expect(lines.map(\.status) == [201, 400, 400, 400, 200, 409, 201, 413])
        #expect(lines.map(\.rule)[1...3] == ["body.json", "report.place.unknown", "body.empty"])
        #expect(lines[0].receipt == lines[4].receipt)
        #expect(counter.desk.store.edge.outbox().pending == 2)
    }

    @Test("Five thousand lines are taken in a few transactions, one more line is refused")
    func limits() async throws {
        let counter = try await Counter(Desk())
        let lines = (0..<5_000).map { report(["sourceKey": "\"N-\($0)\""]) }
        let results = try await send(counter, lines)
        #expect(results.count == 5_000 && results.allSatisfy { $0.status == 201 })
        #expect(counter.desk.store.edge.outbox().commits == 10)
        let tooMany = try await counter.send(
            .post, "/v1/reports/batch", (lines + [report()]).joined(separator: "\n"), type: "application/x-ndjson")
        #expect(tooMany.status == .contentTooLarge)
        #expect(try tooMany.decoded(ProblemDocument.self).rule == "batch.lines")
    }

    @Test(
        "An empty batch and more than 8 MiB are refused",
        arguments: [("", 400), (String(repeating: "x", count: 8_388_609), 413)])
    func size(body: String, status: Int) async throws {
        let response = try await Counter(Desk()).send(
            .post, "/v1/reports/batch", body, type: "application/x-ndjson")
        #expect(response.status.code == status)
    }

    @Test("Every text of Intake stands in the catalogue, in both languages")
    func texts() throws {
        let catalogue = try #require(IntakeText.catalogue)
        #expect(catalogue.keys == Set(IntakeText.allCases.map(\.rawValue)))
    }
}

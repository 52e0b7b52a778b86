import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import IntakeCore
@testable import ServiceKit

@Suite("How many reports a source may send")
struct SourceLimitTests {
    @Test("A source over its limit is told when to come again; another source does not wait")
    func perSource() {
        let limits = SourceLimits()
        let start = ContinuousClock.now
        for _ in 0..<60 { #expect(limits.take("web", perMinute: 60, now: start) == nil) }
        #expect(limits.take("web", perMinute: 60, now: start) == .seconds(1))
        #expect(limits.take("hotline", perMinute: 60, now: start) == nil)
        #expect(limits.take("web", perMinute: 60, now: start + .milliseconds(1001)) == nil)
        #expect(limits.take("web", perMinute: 60, now: start + .milliseconds(1002)) != nil)
    }

    @Test("A long silence saves up one minute's worth and no more; no limit is no limit")
    func burst() {
        let limits = SourceLimits()
        let start = ContinuousClock.now
        let later = start + .seconds(3600)
        _ = limits.take("web", perMinute: 10, now: start)
        #expect((0..<12).count { _ in limits.take("web", perMinute: 10, now: later) == nil } == 10)
        #expect((0..<100).allSatisfy { _ in limits.take("grid", perMinute: nil, now: start) == nil })
    }

    @Test(
        "The setting reads as it is documented",
        arguments: [
            ("reference", "web", 600), ("off", "web", nil), ("off,web=30", "web", 30), ("off,web=30", "app", nil),
            ("hotline=6000, web=off", "web", nil), ("hotline=6000,web=off", "app", 600),
        ] as [(String, String, Int?)])
    func setting(text: String, source: String, limit: Int?) throws {
        #expect(try #require(SourceLimitRule(text)).limit(of: source, perMinute: 600) == limit)
    }

    @Test("What is no limit is refused by name", arguments: ["web=0", "web=", "=5", "on", "web=1=2"])
    func wrong(text: String) {
        let error = #expect(throws: SettingsError.self) {
            try Settings.read(service: "intake", environment: ["CASELOOP_SOURCE_LIMITS": text])
        }
        #expect(error?.faults.first?.hasPrefix("CASELOOP_SOURCE_LIMITS") == true)
    }

    @Test("429 names the source and carries Retry-After; in a batch the other source's lines are taken")
    func answers() async throws {
        let counter = try await Counter(Desk(perMinute: ["hotline": 2]))
        for key in 1...2 {
            let taken = try await counter.send(.post, "/v1/reports", report(["sourceKey": "\"L-\(key)\""]))
            #expect(taken.status == .created)
        }
        let refused = try await counter.send(.post, "/v1/reports", report(["sourceKey": "\"L-3\""]))
        #expect(refused.status == .tooManyRequests)
        #expect(refused.headers[.retryAfter].flatMap { Int($0) }.map { $0 >= 1 && $0 <= 30 } == true)
        #expect(String(buffer: refused.body).contains("report.source.limit"))
        let lines = [
            report(["sourceKey": "\"L-4\""]), report(["source": "\"grid\"", "sourceKey": "\"G-1\""]),
        ].joined(separator: "\n")
        let batch = try await counter.send(.post, "/v1/reports/batch", lines, type: "application/x-ndjson")
        let answers = String(buffer: batch.body).split(separator: "\n")
        #expect(answers.count == 2 && answers[0].contains("429") && answers[1].contains("201"))
        #expect(batch.headers[.retryAfter] != nil)
    }
}

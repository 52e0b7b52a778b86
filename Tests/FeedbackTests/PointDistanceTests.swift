import CaseLog
import Contracts
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import ServiceKit
import Support
import Testing
import Vault

@testable import FeedbackEdge

@Suite("A phone far from the point is tagged, never refused (domain.md §5)")
struct PointDistanceTests {
    private static let window = GeoPoint("35.2391,113.4180")!
    private static let located = Fact.pointIssued(
        .init(point: Samples.point, unit: Samples.housing, location: window, at: Samples.at, basis: Samples.basis))

    /// The record that a form with these fields makes, as the log would have it.
    private func record(
        _ site: FeedbackSite, _ act: ScanAct, _ fields: [String: String], from location: GeoPoint? = Self.window
    ) throws -> (envelope: InputEnvelope, text: String) {
        var all = ["act": act.rawValue, "text": "好", "key": CommandKey(now: Samples.at).id.uuidString]
        all.merge(fields) { $1 }
        let body = all.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        let text = body.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed) ?? ""
        let draft = try ScanDraft(try #require(JSONTree.urlEncodedForm(Array(text.utf8))), now: Samples.at)
        let entry = try site.store.prepare(
            draft, at: Samples.point, KnownPoint(location: location), traceparent: nil)
        let message = try entry.records.report.message
        return (try InputEnvelope(message), String(decoding: message.value ?? [], as: UTF8.self))
    }

    @Test(
        "An appeal says near, far in whole kilometres, or nothing; never where the phone was",
        arguments: [
            (at("35.2391"), 0), (at("35.2435"), 0), (at("35.2437", "113.4180", "400"), 0), (at("35.2660"), 3),
            (at("35.2391", "113.4180", "9000"), nil), ([:], nil), (["latitude": "35.2660"], nil),
        ] as [([String: String], Int?)])
    func told(_ fields: [String: String], _ kilometres: Int?) async throws {
        let site = try await FeedbackSite()
        for act in [ScanAct.report, .problem] {
            let (envelope, text) = try record(site, act, fields)
            let report: Report = try envelope.element.body()
            #expect(report.appeal.pointDistanceKm == kilometres)
            #expect(!text.contains("35.2") && !text.contains("113.4") && !text.contains("latitude"))
            let unmeasured = try record(site, act, fields, from: nil)
            #expect(try unmeasured.envelope.element.body(as: Report.self).appeal.pointDistance == .untold)
        }
    }

    @Test(
        "A position that is none counts as not told, and the report is taken",
        arguments: [
            at("NaN"), at("inf"), at("91"), at("-91"), at("35.2391", "181"), at("35.2391", "NaN"),
            at("35.2391", "113.4180", "-1"), at("35.2391", "113.4180", "nan"), at("北纬35度"), at(""),
            at(String(repeating: "9", count: 500)),
        ])
    func forged(_ fields: [String: String]) async throws {
        let site = try await FeedbackSite()
        try site.reader.take([Self.located])
        let report: Report = try record(site, .problem, fields).envelope.element.body()
        #expect(report.appeal.pointDistance == .untold)
        let path = try site.path()
        var form = ["act": "problem", "text": "好", "key": try site.key(try await site.get(path))]
        form.merge(fields) { $1 }
        #expect(try await site.post(path, form).status == .seeOther)
    }

    @Test("Suggestions and ratings say nothing of it")
    func others() async throws {
        let site = try await FeedbackSite()
        for (act, more) in [(.suggest, [:]), (.rate, ["score": "fair"])] as [(ScanAct, [String: String])] {
            let (_, text) = try record(site, act, at("35.2660").merging(more) { $1 })
            #expect(!text.contains("istance") && !text.contains("35.26"))
        }
    }

    @Test("Sent again from elsewhere it is the same report, with the same receipt")
    func resent() async throws {
        let site = try await FeedbackSite()
        try site.reader.take([Self.located])
        let path = try site.path()
        let form = ["act": "problem", "text": "好", "key": try site.key(try await site.get(path))]
        let sent = try await [[:], at("35.2391"), at("35.2660")].asyncMap {
            try await site.post(path, form.merging($0) { $1 })
        }
        #expect(sent.allSatisfy { $0.status == .seeOther })
        #expect(Set(sent.map { $0.headers[.location] }).count == 1)
        #expect(site.store.edge.outbox().pending == 1)
    }

    @Test("Only a point with a location asks: the page says what and why in both languages, and brings the script")
    func page() async throws {
        let site = try await FeedbackSite()
        let path = try site.path()
        #expect(try await site.get(path).text.contains("locate") == false)
        try site.reader.take([Self.located])
        for (language, words) in [("zh-CN", "不记您在哪里。不同意也能提交"), ("en", "never where you are. You can refuse")] {
            let page = try await site.app.test(.router) {
                try await $0.execute(uri: path, method: .get, headers: [.acceptLanguage: language])
            }
            #expect(page.text.contains(words) && page.text.contains("<script src=\"/static/locate.js\" defer>"))
            #expect(page.headers[.contentSecurityPolicy]?.contains("script-src 'self';") == true)
            #expect(!page.text.contains("35.23"), "where the point is stays with staff")
        }
        let script = try await site.get("/static/locate.js")
        #expect(script.status == .ok && script.headers[.contentType]?.hasPrefix("text/javascript") == true)
    }

    @Test("The receipt's page never tells it")
    func receipt() async throws {
        let site = try await FeedbackSite()
        var appeal = Samples.appeal()
        appeal.pointDistanceKm = 3
        try site.reader.take([
            .caseOpened(
                .init(number: Samples.number, appeal: appeal, kind: .appeal, at: Samples.at, basis: Samples.basis))
        ])
        let page = try await site.get("/r/\(try site.store.receipt(of: Samples.report).compact)")
        #expect(page.status == .ok && !page.text.contains("公里"))
    }
}

/// What the script adds to a form.
private func at(_ latitude: String, _ longitude: String = "113.4180", _ accuracy: String = "20") -> [String: String] {
    ["latitude": latitude, "longitude": longitude, "accuracy": accuracy]
}

extension Sequence {
    /// One after the other.
    fileprivate func asyncMap<Made>(_ make: (Element) async throws -> Made) async rethrows -> [Made] {
        var made: [Made] = []
        for one in self { made.append(try await make(one)) }
        return made
    }
}

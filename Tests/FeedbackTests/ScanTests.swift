import CaseLog
import Contracts
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import QR
import ServiceKit
import Support
import Testing
import Vault

@testable import FeedbackEdge

@Suite("What is sent from a point")
struct ScanTests {
    private static let issued = Fact.pointIssued(
        .init(point: Samples.point, unit: Samples.housing, at: Samples.at, basis: Samples.basis))

    private func entry(
        _ act: ScanAct, _ score: RatingScore? = nil, of unit: UnitCode? = nil
    ) async throws -> (topic: String, envelope: InputEnvelope) {
        let site = try await FeedbackSite()
        let key = CommandKey(now: Samples.at).id.uuidString
        let fields = "act=\(act.rawValue)&text=好&key=\(key)" + (score.map { "&score=\($0.rawValue)" } ?? "")
        let text = fields.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed) ?? ""
        let draft = try ScanDraft(try #require(JSONTree.urlEncodedForm(Array(text.utf8))), now: Samples.at)
        let out = try site.store.prepare(draft, at: Samples.point, KnownPoint(unit: unit), traceparent: nil)
            .records.report
        return (out.topic, try InputEnvelope(out.message))
    }

    @Test("Events and problems go to Triage as appeals; only a problem at a unit's point complains about the unit")
    func appeals() async throws {
        for (act, against) in [(ScanAct.report, UnitCode?.none), (.problem, Samples.housing)] {
            let (topic, envelope) = try await entry(act, of: Samples.housing)
            #expect(topic == Topic.reports)
            let report: Report = try envelope.element.body()
            #expect(report.appeal.against == against)
        }
        let (_, envelope) = try await entry(.problem)
        let board: Report = try envelope.element.body()
        #expect(board.appeal.against == nil)
    }

    @Test("Suggestions and ratings go to Feedback's own rules, under the point's township")
    func commands() async throws {
        let (topic, envelope) = try await entry(.suggest)
        #expect(topic == Topic.commands && envelope.to == .feedback && envelope.key == "410803001")
        guard case .makeSuggestion(let make) = try envelope.element.body(as: Contracts.Command.self) else {
            Issue.record("\(envelope.element.type)")
            return
        }
        #expect(make.point == Samples.point && make.report == envelope.id && make.sentAt == envelope.time)
        let rating = try await entry(.rate, .dissatisfied)
        guard case .giveRating(let give) = try rating.envelope.element.body(as: Contracts.Command.self) else {
            Issue.record("\(rating.envelope.element.type)")
            return
        }
        #expect(give.score == .dissatisfied)
    }

    @Test("The page of a unit's point names the unit; once revoked, the code is refused with 410 and nothing is taken")
    func revoked() async throws {
        let site = try await FeedbackSite()
        let path = try site.path()
        try site.reader.take([Self.issued])
        let page = try await site.get(path)
        let unit = try #require(try Reference.sample.units[Samples.housing])
        #expect(page.text.contains(unit.name))
        try site.reader.take([
            .pointRevoked(.init(point: Samples.point, reason: "撤销", at: Samples.at, basis: Samples.basis))
        ])
        #expect(try await site.get(path).status == .gone)
        let fields = ["act": "problem", "text": "好", "key": try site.key(page)]
        #expect(try await site.post(path, fields).status == .gone)
        #expect(site.store.edge.outbox().pending == 0)
        let other = try await site.get(site.path(4))
        #expect(other.status == .ok)
    }

    @Test("A rating without a choice is refused by its field")
    func score() async throws {
        let site = try await FeedbackSite()
        let path = try site.path()
        let key = try site.key(try await site.get(path))
        let answer = try await site.post(path, ["act": "rate", "text": "好", "key": key])
        #expect(answer.status == .badRequest && answer.text.contains("满意程度"))
    }

    @Test("The receipt of a suggestion tells how far it is, and after publication the reply; never its text")
    func receipt() async throws {
        let site = try await FeedbackSite()
        let way = Samples.facts.filter { $0.type.hasPrefix("suggestion.") }
        let path = "/r/\(try site.store.receipt(of: Samples.report).compact)"
        for (fact, state) in zip(way, ["已收到", "已论证", "已采纳", "已落地", "已公布"]) {
            try site.reader.take([fact])
            let page = try await site.get(path)
            #expect(page.text.contains(state), "\(fact.type)")
            #expect(!page.text.contains("建议在公园"))
            #expect(page.text.contains("两台直饮水机") == (fact.type == "suggestion.published"))
        }
        let rated = Samples.facts.filter { $0.type == "rating.given" }
        try site.reader.take(rated)
        let page = try await site.get("/r/\(try site.store.receipt(of: Samples.second).compact)")
        #expect(page.text.contains("评价已记录") && !page.text.contains("等得有点久"))
    }

    @Test("The public page shows the four counters and what was published, nothing that anybody wrote (row 76)")
    func published() async throws {
        let site = try await FeedbackSite()
        let empty = try await site.get("/suggestions")
        #expect(empty.status == .ok && empty.text.contains("还没有公布"))
        try Samples.facts.filter { $0.type.hasPrefix("suggestion.") }.forEach { try site.reader.take([$0]) }
        let page = try await site.get("/suggestions")
        for count in ["收到建议", "采纳", "落地举措", "解决"] {
            #expect(page.text.contains("<b class=\"num\">1</b> \(count)"), "\(count)")
        }
        #expect(page.text.contains("采纳 1/1,样本不足") && page.text.contains("两台直饮水机"))
        #expect(!page.text.contains("建议在公园") && !page.text.contains("{{"))
    }

    @Test("A photo goes with a report, by its name only; it is kept without metadata before the receipt is given")
    func photo() async throws {
        let site = try await FeedbackSite()
        let path = try site.path()
        let png = try QRPicture("photo").png()
        for (act, count) in [("suggest", 0), ("report", 1), ("problem", 1)] {
            let key = try site.key(try await site.get(path))
            let answer = try await site.post(path, ["act": act, "text": "路灯坏了", "key": key], photo: png)
            #expect(answer.status == .seeOther, "\(answer.text)")
            #expect(site.photos.count == count)
        }
        #expect(site.store.edge.outbox().pending == 3)
        let key = try site.key(try await site.get(path))
        let open = try await site.post(path, ["act": "report", "text": "没有照片", "key": key], photo: [])
        #expect(open.status == .seeOther)
    }

    @Test("What is no photo is refused by its field, and nothing of the form is taken")
    func noPhoto() async throws {
        let site = try await FeedbackSite()
        let path = try site.path()
        let png = try QRPicture("photo").png()
        for raw in [Array("<svg/>".utf8), Array(png.prefix(png.count / 2))] {
            let key = try site.key(try await site.get(path))
            let answer = try await site.post(path, ["act": "report", "text": "路灯坏了", "key": key], photo: raw)
            #expect(answer.status == .unprocessableContent && answer.text.contains("重新选择照片"))
        }
        #expect(site.store.edge.outbox().pending == 0 && site.photos.isEmpty)
    }
}

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
import Synchronization
import Testing
import Vault

@testable import FeedbackEdge

@Suite("The public pages")
struct FeedbackTests {
    private static let filled = ["act": "problem", "text": "充电桩坏了一周。", "phone": ""]

    @Test("A genuine code shows the four acts and the place; no cookie, no script without a location (row 74)")
    func form() async throws {
        let site = try await FeedbackSite()
        let page = try await site.get(site.path())
        #expect(page.status == .ok)
        for act in ["report", "rate", "problem", "suggest"] { #expect(page.text.contains("value=\"\(act)\"")) }
        #expect(page.text.contains("向阳社区"))
        #expect(!page.text.contains("<script") && !page.text.contains("{{"))
        #expect(page.headers[.setCookie] == nil)
    }

    @Test("A forged code is refused with 403, what is no code with 404; nothing can be sent there (§5)")
    func forged() async throws {
        let site = try await FeedbackSite()
        let genuine = try site.path()
        let forged = String(genuine.dropLast()) + (genuine.last == "7" ? "8" : "7")
        let page = try await site.get(forged)
        #expect(page.status == .forbidden)
        #expect(page.text.contains("不是真的"))
        let sent = try await site.post(forged, Self.filled)
        #expect(sent.status == .forbidden)
        let strange = try await site.get("/q/hello")
        #expect(strange.status == .notFound)
    }

    @Test("What is sent gets a receipt that tells its state; sent twice it is taken once, with another text refused")
    func take() async throws {
        let site = try await FeedbackSite()
        let path = try site.path()
        var fields = Self.filled
        fields["key"] = try site.key(try await site.get(path))
        let first = try await site.post(path, fields)
        #expect(first.status == .seeOther)
        let receipt = try #require(first.headers[.location])
        #expect(receipt.wholeMatch(of: /\/r\/[0-9A-Z]{16}/) != nil)
        let again = try await site.post(path, fields)
        #expect(again.headers[.location] == receipt)
        fields["text"] = "别的事"
        let other = try await site.post(path, fields)
        #expect(other.status == .conflict)
        let page = try await site.get(receipt)
        #expect(page.status == .ok && page.text.contains("已收到"))
        #expect(!page.text.contains("充电桩"))
        let unknown = try await site.get("/r/0000000000000000")
        #expect(unknown.status == .notFound)
        #expect(site.store.edge.outbox().pending == 1)
    }

    @Test(
        "Who is asked for a number is told whose pseudonym it becomes, what for, how long, and how to object (PIPL 17)",
        arguments: [
            ("zh-CN", ["综治中心", "同一人反复反映", "随案件保存", "可以不留", "12345"]),
            ("en", ["the governance center", "again and again", "kept with the case", "need not", "12345"]),
        ])
    func notice(_ language: String, _ words: [String]) async throws {
        let site = try await FeedbackSite()
        let path = try site.path()
        let page = try await site.app.test(.router) {
            try await $0.execute(uri: path, method: .get, headers: [.acceptLanguage: language])
        }
        for word in words { #expect(page.text.contains(word), "\(word)") }
    }

    @Test("Telephone and numbers in the text are sealed, never in the report")
    func masked() async throws {
        let site = try await FeedbackSite()
        let key = CommandKey(now: Samples.at).id.uuidString
        let form = Array("act=problem&text=call+13812345678&phone=13912345678&key=\(key)".utf8)
        let draft = try ScanDraft(try #require(JSONTree.urlEncodedForm(form)), now: Samples.at)
        let point = try #require(QRPoint("410803001004.3"))
        let records = try site.store.prepare(draft, at: point, traceparent: nil).records
        let report = String(decoding: records.report.message.value ?? [], as: UTF8.self)
        #expect(!report.contains("13812345678") && !report.contains("13912345678"))
        #expect(report.contains("反映问题"))
        let persons = try PersonKey(ReceiptSecret(Array(repeating: 7, count: 32)))
        let person = try #require(try persons.token(phone: "139 1234 5678", idNumber: nil))
        #expect(report.contains("\"personToken\":\"\(person)\""), "the same as at every other edge")
        let sealed = String(decoding: try #require(records.sealed).message.value ?? [], as: UTF8.self)
        #expect(!sealed.contains("13912345678"))
    }

    @Test(
        "A faulty form is refused by its field",
        arguments: [
            ["act": "steal"], ["text": ""], ["key": "x"], ["text": String(repeating: "长", count: 1001)],
            ["surprise": "1"],
        ])
    func faulty(_ change: [String: String]) async throws {
        let site = try await FeedbackSite()
        let path = try site.path()
        var fields = Self.filled
        fields["key"] = try site.key(try await site.get(path))
        fields.merge(change) { $1 }
        let answer = try await site.post(path, fields)
        #expect(answer.status == .badRequest)
        #expect(site.store.edge.outbox().pending == 0)
    }

    @Test("A flooded code is limited without blocking others")
    func limits() {
        let limits = ScanLimits()
        for _ in 0..<6 { #expect(limits.admits(code: "a", peer: "1", now: Samples.at)) }
        #expect(!limits.admits(code: "a", peer: "1", now: Samples.at))
        #expect(limits.admits(code: "a", peer: "2", now: Samples.at))
        #expect(limits.admits(code: "b", peer: "1", now: Samples.at))
        #expect(limits.admits(code: "a", peer: "1", now: Samples.at + .seconds(60)))
        for peer in 0..<100 { _ = limits.admits(code: "c", peer: "p\(peer)", now: Samples.at) }
        #expect(!limits.admits(code: "c", peer: "new", now: Samples.at))
        #expect(limits.admits(code: "d", peer: "new", now: Samples.at))
    }

    @Test("Within 14 days of closing the holder of the receipt may have it reopened, with a reason")
    func reopen() async throws {
        let site = try await FeedbackSite()
        try StatusTests.closed.forEach { try site.reader.take([$0]) }
        let receipt = try site.store.receipt(of: Samples.report).compact
        let page = try await site.get("/r/\(receipt)")
        #expect(page.text.contains("解决了吗") && page.text.contains("已修复。"))
        let key = try site.key(page)
        let blank = try await site.post("/r/\(receipt)/reopen", ["key": key, "reason": ""])
        #expect(blank.status == .badRequest)
        let answer = try await site.post("/r/\(receipt)/reopen", ["key": key, "reason": "还有两台没修,电话 13812345678"])
        #expect(answer.status == .seeOther)
        let given = site.given.commands.withLock { $0 }
        #expect(given.map(\.number) == [Samples.number])
        #expect(given.first?.reason.contains("13812345678") == false)
    }

    @Test("Every text of the catalogue has a key, and every text a template asks for exists")
    func texts() throws {
        let catalogue = try #require(FeedbackText.catalogue)
        #expect(catalogue.keys == Set(FeedbackText.allCases.map(\.rawValue)))
        let names = Set(FeedbackText.allCases.map { "\($0)" })
        let folder = FeedbackText.bundle.bundleURL.appending(path: "Resources").path
        for file in try FileManager.default.contentsOfDirectory(atPath: folder) where file.hasSuffix(".mustache") {
            let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            for match in text.matches(of: /\{\{t\.([A-Za-z0-9]+)\}\}/) {
                #expect(names.contains(String(match.1)), "\(file): t.\(match.1)")
            }
        }
    }
}

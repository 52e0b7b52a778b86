import Contracts
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import ServiceKit
import Support
import Testing

@testable import ConsoleCore

/// 上报: the form of hotline operators and grid workers.
struct ReportFormTests {
    private static let worker = Actor(
        subject: "g", name: "网格员", role: .gridWorker, place: PlaceCode("410803001004"))

    private func search(_ actor: Actor, _ query: String, limit: Int = 20) -> [PlaceSearch.Hit] {
        PlaceSearch(reference: Fixture.reference, actor: actor, today: CivilDate("2026-11-21")!).find(
            query, limit: limit)
    }

    @Test(
        "The form is for those who take reports (domain.md §3.2, receive)",
        arguments: [
            (Role.operator, true), (.center, true), (.gridWorker, true), (.gridLeader, true), (.handler, false),
            (.unitHead, false), (.supervisor, false), (.revisitor, false), (.systemAdmin, false),
        ])
    func roles(role: Role, may: Bool) async throws {
        let site = try await Site()
        try await site.test { client in
            let actor = Samples.actor(role, unit: role == .handler || role == .unitHead ? Samples.housing : nil)
            let page = try await site.get(client, "/report", actor)
            #expect(page.status == (may ? .ok : .forbidden))
            let home = try await site.get(client, "/tasks", actor)
            let isLinked = ["/report\"", "&#x2F;report\""].contains { home.text.contains($0) }
            #expect(isLinked == may)
            #expect(try await site.get(client, "/v1/places?q=x", actor).status == (may ? .ok : .forbidden))
            #expect(try await site.get(client, "/report", nil).status == .seeOther)
            #expect(try await site.get(client, "/v1/places", nil).status == .unauthorized)
        }
    }

    @Test("It renders in both languages without a missing text; only who writes for a caller is asked for contact data")
    func renders() async throws {
        let site = try await Site()
        try await site.test { client in
            for (language, words) in [("zh-CN", Language.zh), ("en", .en)] {
                let desk = try await site.get(client, "/report", Samples.actor(.operator), language: language)
                #expect(desk.text.contains("contact.phone") && desk.text.contains("hotline"))
                let grid = try await site.get(client, "/report", Self.worker, language: language)
                #expect(!grid.text.contains("contact.phone") && grid.text.contains("value=\"grid\""))
                // What the person is told who is asked for a number, and who is not (PIPL 17).
                let (told, untold) = (
                    ReportText.personNotice.text(words), ReportText.noPersonNotice.text(words)
                )
                #expect(desk.text.contains(told) && !desk.text.contains(untold))
                #expect(grid.text.contains(untold) && !grid.text.contains(told))
                for page in [desk, grid] {
                    #expect(!page.text.contains("{{") && page.text.contains("</html>"))
                    for key in ReportText.allCases { #expect(!page.text.contains(">\(key.rawValue)<")) }
                    #expect(!page.text.contains(" style=") && !page.text.contains("<script>"))
                    #expect(page.headers[.contentSecurityPolicy]?.contains("script-src 'self';") == true)
                }
            }
        }
    }

    @Test(
        "The catalogues have every key, every text a template asks for exists, and a button says the command's own name"
    )
    func texts() throws {
        #expect(try #require(ReportText.catalogue).keys == Set(ReportText.allCases.map(\.rawValue)))
        let names = Set(ReportText.allCases.map { "\($0)" })
        let folder = try #require(ConsoleText.folder)
        let page = try String(contentsOfFile: "\(folder)/report.mustache", encoding: .utf8)
        for match in page.matches(of: /\{\{r\.([A-Za-z0-9]+)\}\}/) { #expect(names.contains(String(match.1))) }
        let script = try ["report.js", "report-places.js"].map {
            try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)
        }.joined()
        for match in script.matches(of: /(?:say\("|texts\.)([A-Za-z]+)/) {
            #expect(ReportText.script(.zh)[String(match.1)] != nil, "\(match.1)")
        }
        #expect(try #require(CommandLabels.catalogue).keys == Set(CommandName.allCases.map(\.rawValue)))
        for name in CommandName.allCases {
            #expect(CommandLabels.text(name, .zh) == name.title)
            #expect(CommandLabels.text(name, .en) != name.rawValue.replacing(".", with: " "))
        }
    }

    @Test("The service worker lies at the root, where it may keep the form")
    func worker() async throws {
        let site = try await Site()
        try await site.test { client in
            let file = try await client.execute(uri: "/report-worker.js", method: .get)
            #expect(file.status == .ok && file.headers[.contentType]?.hasPrefix("text/javascript") == true)
        }
    }

    // MARK: Places

    @Test(
        "A place is found by name, other name, code, or several words",
        arguments: [
            ("李封街道", "410803001"), ("李封街道办事处", "410803001"), ("410803001004", "410803001004"), ("向阳社区", "410803001004"),
            ("李封 向阳 第二网格", "410803001004002"), ("中站区", "410803"),
        ])
    func finds(query: String, code: String) {
        #expect(search(Samples.actor(.operator), query).first?.code == code)
    }

    @Test("A worker's own places come first, and places where Intake would refuse him do not come at all")
    func own() {
        let all = search(Self.worker, "网格", limit: 300)
        let own = all.prefix { $0.own }
        #expect(!own.isEmpty && own.allSatisfy { $0.code.hasPrefix("410803001004") })
        #expect(all.dropFirst(own.count).allSatisfy { !$0.own && $0.code.hasPrefix("410803001") })
        #expect(search(Self.worker, "王封").isEmpty)
        #expect(search(Self.worker, "").first?.code == "410803001004")
    }

    @Test("Who has no place of his own has that of his unit first")
    func unit() {
        let actor = Actor(subject: "o", name: "坐席", role: .operator, unit: UnitCode("410803-housing"))
        #expect(search(actor, "社区").first?.code.hasPrefix("410803") == true)
    }

    @Test("A code that is no longer in force is not offered")
    func past() { #expect(!search(Samples.actor(.operator), "李封", limit: 300).contains { $0.code == "410803005" }) }

    @Test(
        "Strange queries find nothing and break nothing",
        arguments: [
            "<script>", "' OR 1=1 --", "%", "\u{0}", "李封\u{202E}", String(repeating: "长", count: 5000),
            "9999999999999999999999",
        ])
    func hostile(query: String) async throws {
        #expect(search(Samples.actor(.operator), query).isEmpty)
        let site = try await Site()
        try await site.test { client in
            let escaped = query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            let answer = try await site.get(
                client, "/v1/places?q=\(escaped.prefix(2000))&limit=-5", Samples.actor(.operator))
            #expect(answer.status == .ok && !answer.text.contains("<script>"))
        }
    }

    @Test("A hostile name of a person stays text on the form")
    func hostilePerson() async throws {
        let site = try await Site()
        let actor = Actor(subject: "\"><script>alert(1)</script>", name: "<img src=x>", role: .operator)
        try await site.test { client in
            let page = try await site.get(client, "/report", actor)
            #expect(page.status == .ok && !page.text.contains("<script>alert") && !page.text.contains("<img src=x"))
        }
    }

    // MARK: Where it went

    @Test("Who handed a report in is told its case, once there is one that is his to see")
    func whereabouts() async throws {
        let site = try await Site()
        let elsewhere = Actor(subject: "x", name: "x", role: .operator, place: PlaceCode("410804"))
        try await site.test { client in
            func number(_ actor: Actor) async throws -> String {
                try await site.get(client, "/v1/appeals/\(Samples.report.uuidString)", actor).text
            }
            #expect(try await !number(Samples.actor(.operator)).contains("number"))
            try await site.fixture.bring(to: .assessed)
            #expect(try await number(Samples.actor(.operator)).contains(Samples.number.text))
            #expect(try await !number(elsewhere).contains(Samples.number.text))
            #expect(try await site.get(client, "/v1/appeals/x'y", Samples.actor(.operator)).status == .notFound)
        }
    }

    @Test("A live page is told only of what its reader may see, and only of what is new")
    func live() async throws {
        let fixture = try Fixture()
        let here = Scope(Samples.actor(.center))
        let there = Scope(Actor(subject: "x", name: "x", role: .center, place: PlaceCode("410804")))
        func change(_ last: Int64?, _ scope: Scope) async throws -> LiveChange {
            try await fixture.read { try LiveChange.read(since: last, scope, in: $0) }
        }
        let first = try await change(nil, here)
        #expect(first == LiveChange(version: 0, isSeen: true))
        try await fixture.bring(to: .assessed)
        let second = try await change(first.version, here)
        #expect(second.isSeen && second.version > 0)
        #expect(try await !change(second.version, here).isSeen)
        #expect(try await !change(first.version, there).isSeen)
    }
}

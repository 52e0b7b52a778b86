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

@Suite("The page of devices 感知设备 (domain.md rows 25-28)")
struct DevicePageTests {
    private static let first = CivilDate("2026-01-01")!
    private static let since = first.adding(days: 30)
    private static let address = "source=wander&from=2026-01-01&since=2026-01-31&through=2026-03-01"

    /// The case that a signal opens.
    private static func opened(_ source: String, home: HomeKey = Samples.home, _ id: UUID = UUID()) -> Fact {
        var appeal = Samples.appeal(id)
        (appeal.source, appeal.home, appeal.place, appeal.enteredBy) = (source, home, home.place, nil)
        let number = CaseNumber(home: home, day: first, reportId: id, length: 12)
        return .caseOpened(.init(number: number, appeal: appeal, kind: .person, at: Samples.at, basis: Samples.basis))
    }

    /// 108 calls in the thirty days before, 3 in the thirty days after.
    private func site() async throws -> Site {
        let site = try await Site()
        for day in 0..<30 {
            let calls = (0..<(day < 18 ? 4 : 3)).map { _ in Self.opened("wander") }
            try await site.fixture.land(calls, at: Instant(Self.first.adding(days: day), hour: 9))
        }
        for day in [35, 47, 58] {
            try await site.fixture.land(Self.opened("wander"), at: Instant(Self.first.adding(days: day), hour: 23))
        }
        return site
    }

    private func answer(_ site: Site, _ client: any TestClientProtocol, _ query: String, _ actor: Actor) async throws
        -> (status: HTTPResponse.Status, body: [String: Any], text: String)
    {
        let token = try await site.token(actor)
        let answer = try await client.execute(
            uri: "/v1/devices?\(query)", method: .get, headers: [.authorization: "Bearer \(token)"])
        let text = String(buffer: answer.body)
        let body = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return (answer.status, body ?? [:], text)
    }

    @Test("Every text of the catalogue has a key, and every text the template asks for exists")
    func texts() throws {
        let catalogue = try #require(DeviceText.catalogue)
        #expect(catalogue.keys == Set(DeviceText.allCases.map(\.rawValue)))
        let names = Set(DeviceText.allCases.map { "\($0)" })
        let text = try String(contentsOfFile: try #require(ConsoleText.folder) + "/devices.mustache", encoding: .utf8)
        for match in text.matches(of: /\{\{d\.([A-Za-z0-9]+)\}\}/) { #expect(names.contains(String(match.1))) }
    }

    @Test("The calls of each day are bars, and their mean before and from a day on prints 3.6 and 0.1 (§5 000)")
    func page() async throws {
        let site = try await site()
        try await site.test { client in
            for language in ["zh-CN", "en"] {
                let page = try await site.get(
                    client, "/devices?\(Self.address)", Samples.actor(.center), language: language)
                #expect(page.status == .ok)
                #expect(page.text.contains(">3.6<") && page.text.contains(">0.1<"))
                #expect(page.text.contains(language == "en" ? "108 in 30 days" : "108 件 ÷ 30 天"))
                #expect(page.text.components(separatedBy: "<rect").count == 34)
                #expect(page.text.components(separatedBy: "class=\"after\"").count == 4)
                #expect(!page.text.contains("{{") && !page.text.contains(" style="))
            }
            #expect(try await site.get(client, "/devices", Samples.actor(.center)).status == .ok)
        }
    }

    @Test("The JSON has the same: each day's count, both means with sum and days, and what is registered of each kind")
    func json() async throws {
        let site = try await site()
        try await site.test { client in
            let (status, body, _) = try await answer(site, client, Self.address, Samples.actor(.center))
            #expect(status == .ok)
            let counts = try #require(body["counts"] as? [Int])
            #expect(counts.count == 60 && counts[0] == 4 && counts[29] == 3 && counts[30] == 0 && counts[58] == 1)
            let (before, after) = (body["before"] as? [String: Any], body["after"] as? [String: Any])
            #expect(before?["mean"] as? String == "3.6" && before?["sum"] as? Int == 108)
            #expect(after?["mean"] as? String == "0.1" && after?["days"] as? Int == 30)
            let kinds = try #require(body["kinds"] as? [[String: Any]])
            let wander = try #require(kinds.first { $0["source"] as? String == "wander" })
            let known = Fixture.reference.devices.all.count { $0.channel == "wander" }
            #expect((wander["inForce"] as? Int ?? 0) + (wander["ended"] as? Int ?? 0) == known)
        }
    }

    @Test(
        "A signal counts once however often it is joined or moved, on its first day; another source is another series")
    func once() async throws {
        let site = try await Site()
        let id = UUID()
        let opened = Self.opened("wander", id)
        guard case .caseOpened(let body) = opened else { return }
        try await site.fixture.land(opened, at: Instant(Self.first, hour: 9))
        let joined = ReportAttached(
            number: Samples.number, appeal: body.appeal, opening: false, at: Samples.at, basis: Samples.basis)
        try await site.fixture.land(.reportAttached(joined), at: Instant(Self.first.adding(days: 1), hour: 9))
        try await site.fixture.land(Self.opened("bell"), at: Instant(Self.first, hour: 9))
        let span = SignalSpan(
            source: "wander", since: Self.first.adding(days: 1), from: Self.first, through: Self.first.adding(days: 2),
            today: Self.first)
        let series = try await site.fixture.read { try span.read(Scope(Samples.actor(.center)), in: $0) }
        #expect(series.counts == [1, 0, 0])
        try await site.test { client in
            let bells = try await answer(
                site, client, "source=bell&from=2026-01-01&since=2026-01-02&through=2026-01-03", Samples.actor(.center))
            #expect(bells.body["counts"] as? [Int] == [1, 0, 0])
            let police = try await answer(
                site, client, "source=police110&since=2026-01-02", Samples.actor(.center))
            #expect(police.status == .ok && police.body["source"] as? String == "police110")
        }
    }

    @Test("Districts see their own; a township is not told its few, and other roles nothing")
    func readers() async throws {
        let site = try await site()
        var (elsewhere, township) = (Samples.actor(.center), Samples.actor(.center))
        elsewhere.place = PlaceCode("410804")
        township.place = PlaceCode("410803001")
        try await site.test { [elsewhere, township] client in
            let other = try await answer(site, client, Self.address, elsewhere)
            #expect(other.status == .ok && other.body["registered"] as? Int == 0)
            #expect((other.body["counts"] as? [Int])?.allSatisfy { $0 == 0 } == true)
            let small = try await answer(site, client, Self.address, township)
            #expect(small.status == .forbidden && small.text.contains("devices.small_cells"))
            #expect(try await !site.get(client, "/cases", township).text.contains("href=\"/devices\""))
            #expect(try await site.get(client, "/cases", Samples.actor(.center)).text.contains("href=\"/devices\""))
            for role in [Role.handler, .unitHead, .gridWorker, .operator] {
                let refused = try await answer(
                    site, client, Self.address, Samples.actor(role, unit: Samples.housing))
                #expect(refused.status == .forbidden, "\(role)")
            }
        }
    }

    @Test(
        "What cannot be shown is refused with its field",
        arguments: [
            ("source=pigeon", "source"), ("since=2026-02-30", "since"), ("from=2026-03-01&since=2026-01-01", "since"),
            ("from=2024-01-01&since=2026-01-01", "since"),
        ])
    func wrong(_ query: String, _ field: String) async throws {
        let site = try await Site()
        try await site.test { client in
            let refused = try await answer(site, client, query, Samples.actor(.center))
            #expect(refused.status == .badRequest && refused.body["field"] as? String == field)
        }
    }

    @Test("Without a wish the day in question lies thirty days back, with thirty days before it")
    func standard() {
        let today = Self.first.adding(days: 100)
        let span = SignalSpan(source: "bell", since: nil, from: nil, through: nil, today: today)
        #expect(span.days == 60 && span.through == today && span.since == Self.first.adding(days: 71))
        let future = SignalSpan(source: "bell", since: today.adding(days: 3), from: nil, through: nil, today: today)
        #expect(future.isWhole && future.through == future.since)
    }
}

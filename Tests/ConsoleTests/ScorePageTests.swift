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

@Suite("The pages of 考核 and 每日通报 (rows 70-72)")
struct ScorePageTests {
    private static let at = ScoreScene.at
    private static let worker = Actor(
        subject: "w-1", name: "赵网格", role: .gridWorker, place: PlaceCode("410803001004"))

    /// Housing and city management have five each, of two grid workers; one of them verified what the other reported.
    private func site() async throws -> Site {
        let site = try await Site()
        let mine = ScoreScene(5, worker: "w-1")
        let other = ScoreScene(5, unit: Samples.cityManagement, worker: "w-2", place: "410803002001")
        for scene in [mine, other] {
            try await site.fixture.land(scene.opened(), at: Self.at)
            try await site.fixture.land(scene.issued(), at: Self.at)
        }
        try await site.fixture.land(other.finished(Self.at + .hours(1)), at: Self.at + .hours(1))
        try await site.fixture.land(
            other.verified(Self.at + .hours(2), count: 3, by: .person(Self.worker)), at: Self.at + .hours(2))
        return site
    }

    @Test("Units, grid workers and places each have their cards; the largest first, the rates with their denominators")
    func cards() async throws {
        let site = try await site()
        try await site.test { client in
            for (subject, names) in [
                ("unit", ["住房和城乡建设局", "410803-citymgmt"]), ("worker", ["赵网格", "w-2"]), ("place", ["李封街道"]),
            ] {
                for language in ["zh-CN", "en"] {
                    let page = try await site.get(
                        client, "/scores?of=\(subject)&month=2026-11", Samples.actor(.center), language: language)
                    #expect(page.status == .ok)
                    #expect(!page.text.contains("{{") && !page.text.contains(" style="))
                    for name in names { #expect(page.text.contains(name), "\(subject): \(name)") }
                    #expect(page.text.contains("60 %") && page.text.contains("3 / 5"))
                }
            }
        }
    }

    @Test("The JSON carries numerator, denominator, n and minimum sample, and no percentage below it")
    func json() async throws {
        let site = try await site()
        try await site.test { client in
            let token = try await site.token(Samples.actor(.center))
            let answer = try await client.execute(
                uri: "/v1/scores?of=unit&month=2026-11", method: .get, headers: [.authorization: "Bearer \(token)"])
            #expect(answer.status == .ok)
            let text = String(buffer: answer.body)
            #expect(text.contains("\"seal\"") && text.contains("\"formula\":\(Formulas.version)"))
            let body = try #require(
                JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            let cards = try #require(body["cards"] as? [[String: Any]])
            let done = try #require(cards.first { $0["subject"] as? String == Samples.cityManagement.text })
            let rates = try #require(done["rates"] as? [String: [String: Any]])
            #expect(rates["closing"]?["percent"] as? String == "60 %")
            #expect(rates["closing"]?["numerator"] as? Int == 3 && rates["closing"]?["denominator"] as? Int == 5)
            #expect(rates["coverage"]?["percent"] == nil && rates["coverage"]?["minimum"] as? Int == Rate.minimum)
        }
    }

    @Test("A unit sees its own card and no other; a grid worker himself; who has no case rights nothing")
    func scopes() async throws {
        let site = try await site()
        let head = Samples.actor(.unitHead, unit: Samples.housing)
        try await site.test { client in
            let page = try await site.get(client, "/scores?month=2026-11", head)
            #expect(page.status == .ok && page.text.contains("住房和城乡建设局"))
            #expect(!page.text.contains("410803-citymgmt"))
            let refused = try await site.get(client, "/scores?of=worker", head)
            #expect(refused.status == .badRequest)
            let own = try await site.get(client, "/scores?month=2026-11", Self.worker)
            #expect(own.text.contains("赵网格") && !own.text.contains("w-2"))
            let admin = try await site.get(client, "/scores", Samples.actor(.systemAdmin))
            #expect(admin.status == .forbidden)
            let wrong = try await site.get(client, "/scores?month=2026-13", Samples.actor(.center))
            #expect(wrong.status == .badRequest)
        }
    }

    @Test("The bulletin says who was online, reported and handled that day; who was not is named, too")
    func bulletin() async throws {
        let site = try await site()
        let day = Self.at.day
        let query = ScoreQuery(Scope(Samples.actor(.center)), Fixture.reference.channels)
        let today = try await site.fixture.read { try Bulletin.read(day, query, in: $0) }
        #expect(today.workers.map(\.subject) == ["w-1", "w-2"])
        #expect(today.workers.map(\.reported) == [5, 5] && today.workers.map(\.acts) == [3, 0])
        #expect(today.online == Formulas.online(2, of: 2) && today.online.percent == nil)
        #expect(today.averages.after.description == "1.4" && today.averages.before.description == "0.0")
        #expect(today.matters["w-2"]?.closed == 3)
        let next = try await site.fixture.read { try Bulletin.read(day.adding(days: 1), query, in: $0) }
        #expect(next.workers.map(\.days) == [0, 0])
        let gone = try await site.fixture.read { try Bulletin.read(day.adding(days: 40), query, in: $0) }
        #expect(gone.workers.isEmpty)
        try await site.test { client in
            for language in ["zh-CN", "en"] {
                let page = try await site.get(
                    client, "/bulletin?day=2026-11-22", Samples.actor(.center), language: language)
                #expect(page.status == .ok && page.text.contains("赵网格"))
                #expect(page.text.contains(language == "en" ? "not online" : "未上线") && !page.text.contains("{{"))
            }
            let token = try await site.token(Samples.actor(.center))
            let answer = try await client.execute(
                uri: "/v1/bulletin?day=2026-11-21", method: .get, headers: [.authorization: "Bearer \(token)"])
            #expect(String(buffer: answer.body).contains("\"acts\":3"))
        }
    }

    @Test("A petition, a major accident and a police matter each reset the zero of their place, and of no other (三零)")
    func zeros() async throws {
        let fixture = try Fixture()
        let quiet = ScoreScene(1, source: "hotline", place: "410803002001")
        let start = Self.at - .naturalDays(10)
        try await fixture.land(quiet.opened(start), at: start)
        let petition = ScoreScene(2, source: "petition", worker: nil)
        let accident = ScoreScene(
            1, kind: .safety, gravity: .major, source: "sensor", worker: nil, place: "410803002001")
        for scene in [petition, accident] { try await fixture.land(scene.opened(), at: Self.at) }
        let zeros = try await fixture.sheet(.place).zeros
        let today = Self.at.day
        let first = try #require(zeros["410803001"])
        #expect(first.map(\.kind) == ZeroKind.allCases)
        #expect(first.map { $0.counter.days(on: today) } == [0, 10, 10] && first.map(\.count) == [2, 0, 0])
        let second = try #require(zeros["410803002"])
        #expect(second.map { $0.counter.days(on: today) } == [10, 0, 10] && second.map(\.count) == [0, 1, 0])
        // The month after it goes on counting; only a case resets it.
        let next = try await fixture.sheet(.place, ScoreScene.month.next).zeros
        #expect(next["410803001"]?.first?.counter.days(on: today.adding(days: 20)) == 20)
        #expect(next["410803001"]?.first?.count == 0)
    }

    @Test("A month is said to be frozen with version and checksum, before that until when it runs")
    func state() async throws {
        let fixture = try Fixture()
        let sheet = try await fixture.sheet(.unit)
        let values = ScoreValues(names: Names(reference: Fixture.reference, language: .zh), now: Self.at)
        let frozen = values.values(sheet, subjects: [.unit], isFrozen: true)["state"] as? String
        #expect(frozen?.contains("公式第 \(Formulas.version) 版") == true && frozen?.contains(sheet.snapshot.seal) == true)
        let running = values.values(sheet, subjects: [.unit], isFrozen: false)["state"] as? String
        #expect(running?.contains("12月1日 06:00") == true)
    }
}

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

@testable import ConsoleCore

@Suite("A code that was scanned far from its point 距点位较远 (domain.md §5)")
struct FarScanTests {
    private static let path = "/cases/\(Samples.number.text)"

    private func appeal(_ kilometres: Int?) -> Appeal {
        var appeal = Samples.appeal()
        appeal.source = "qr"
        appeal.pointDistanceKm = kilometres
        return appeal
    }

    private func opened(_ appeal: Appeal) -> Fact {
        .caseOpened(.init(number: Samples.number, appeal: appeal, kind: .appeal, at: Samples.at, basis: Samples.basis))
    }

    /// Registers the point of the samples at a location as it was typed.
    private static func form(_ location: String) -> [String: String] {
        ["key": CommandKey(now: .systemNow()).id.uuidString, "point": Samples.point.description, "location": location]
    }

    @Test("Whoever places and supervises a case is told on its page and in the queue, in both languages")
    func told() async throws {
        let site = try await Site()
        let sent = appeal(3)
        try await site.fixture.land(
            opened(sent),
            .reportQueued(
                .init(number: Samples.number, appeal: sent, candidates: [], at: Samples.at, basis: Samples.basis)))
        try await site.test { client in
            for role in [Role.dispatcher, .supervisor, .analyst, .center] {
                for path in [Self.path, "/queue"] {
                    let page = try await site.get(client, path, Samples.actor(role))
                    #expect(page.text.contains("手机距点位约 3 公里,请核实是否在现场扫码"), "\(role) \(path)")
                }
            }
            let english = try await site.get(client, Self.path, Samples.actor(.center), language: "en")
            #expect(english.text.contains("about 3 km from the point"))
            let token = try await site.token(Samples.actor(.center))
            let answer = try await client.execute(
                uri: "/v1/cases/\(Samples.number.text)", method: .get, headers: [.authorization: "Bearer \(token)"])
            #expect(String(buffer: answer.body).contains("\"pointDistanceKm\":3"))
        }
    }

    @Test("The dispatcher sees it beside the case that he has before him")
    func tasks() async throws {
        let site = try await Site()
        for facts in Path.to(.assessed) {
            try await site.fixture.land(
                facts.map { fact in
                    if case .caseOpened = fact { return opened(appeal(2)) }
                    return fact
                })
        }
        try await site.test { client in
            let page = try await site.get(
                client, "/tasks?case=\(Samples.number.text)", Samples.actor(.dispatcher))
            #expect(page.text.contains("手机距点位约 2 公里"))
        }
    }

    @Test("Near its point, or where the phone told nothing, there is nothing to say", arguments: [nil, 0] as [Int?])
    func silent(_ kilometres: Int?) async throws {
        let site = try await Site()
        try await site.fixture.land(opened(appeal(kilometres)))
        try await site.test { client in
            let page = try await site.get(client, Self.path, Samples.actor(.center))
            #expect(page.status == .ok && !page.text.contains("手机距点位"))
        }
    }

    @Test("The unit that handles the case does not learn it: it would say something of the reporter")
    func hidden() async throws {
        let site = try await Site()
        for facts in Path.to(.handling) {
            try await site.fixture.land(
                facts.map { fact in
                    if case .caseOpened = fact { return opened(appeal(3)) }
                    return fact
                })
        }
        try await site.test { client in
            let handler = try await site.get(client, Self.path, Samples.actor(.handler, unit: Samples.housing))
            #expect(handler.status == .ok && !handler.text.contains("手机距点位"))
            let supervisor = try await site.get(client, Self.path, Samples.actor(.supervisor))
            #expect(supervisor.text.contains("手机距点位约 3 公里"))
        }
    }

    @Test("A point is registered with its location, which its row shows; what is none is refused with what is wrong")
    func points() async throws {
        let site = try await Site()
        let location = try #require(GeoPoint("35.2391,113.4180"))
        try await site.fixture.land(
            .pointIssued(
                .init(
                    point: Samples.point, unit: Samples.housing, location: location, at: Samples.at,
                    basis: Samples.basis)))
        let center = Samples.actor(.center)
        let address = "/points/commands/point.issue"
        try await site.test { client in
            let page = try await site.get(client, "/points", center)
            #expect(page.text.contains("35.239100,113.418000") && page.text.contains("name=\"location\""))
            _ = try await site.submit(client, at: address, center, Self.form("35.2391, 113.4180"))
            _ = try await site.submit(client, at: address, center, Self.form(""))
            let refused = try await site.submit(client, at: address, center, Self.form("113.4180,35.2391"))
            let cookie = try #require(refused.headers[.setCookie]?.split(separator: ";").first.map(String.init))
            let told = try await site.get(client, "/points", center, flash: cookie)
            #expect(told.text.contains("纬度须在 -90 到 90 之间"))
        }
        #expect(
            site.sent.commands.map(\.command) == [
                .issuePoint(.init(point: Samples.point, location: location)), .issuePoint(.init(point: Samples.point)),
            ])
    }
}

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

struct CommandPostTests {
    private static let head = Samples.actor(.unitHead, unit: Samples.housing)
    private static var key: String { CommandKey(now: .systemNow()).id.uuidString.lowercased() }

    @Test("A double click is one command: both carry the key of the page")
    func twice() async throws {
        let site = try await Site()
        try await site.fixture.bring(to: .dispatched)
        let key = Self.key
        try await site.test { client in
            for _ in 0..<2 {
                let answer = try await site.submit(client, .sign, Self.head, ["key": key, "back": "/tasks"])
                #expect(answer.status == .seeOther)
                #expect(answer.headers[.location] == "/tasks")
            }
        }
        #expect(
            site.sent.commands.map(\.command) == Array(repeating: .signOrder(.init(number: Samples.number)), count: 2))
        #expect(Set(site.sent.commands.map(\.key)).count == 1)
    }

    @Test("A refusal comes back with its rule and what to do instead")
    func refused() async throws {
        let site = try await Site()
        try await site.fixture.bring(to: .dispatched)
        site.sent.refuse(
            Refusal(.conflict, "order.return.designated", zh: "已指定", en: "designated", fixZh: "请签收", fixEn: "sign it"))
        try await site.test { client in
            let answer = try await site.submit(
                client, .returnOrder, Self.head,
                ["key": Self.key, "proposed": Samples.cityManagement.text, "reason": "不属职责"])
            #expect(answer.status == .seeOther)
            let cookie = try #require(answer.headers[.setCookie]?.split(separator: ";").first.map(String.init))
            let page = try await site.get(client, "/cases/\(Samples.number.text)", Self.head, flash: cookie)
            #expect(page.text.contains("已指定") && page.text.contains("请签收"))
            #expect(page.text.contains("order.return.designated"))
        }
    }

    @Test("A form that lacks something is told at once and reaches nobody")
    func incomplete() async throws {
        let site = try await Site()
        try await site.fixture.bring(to: .dispatched)
        try await site.test { client in
            let answer = try await site.submit(client, .returnOrder, Self.head, ["key": Self.key, "reason": "x"])
            #expect(answer.headers[.setCookie]?.contains(Flash.cookie) == true)
        }
        #expect(site.sent.commands.isEmpty)
    }

    @Test("Only pages of this site may post, only with a fresh key, only the role's own commands")
    func guards() async throws {
        let site = try await Site()
        try await site.fixture.bring(to: .dispatched)
        try await site.test { client in
            let fields = ["key": Self.key]
            #expect(
                try await site.submit(client, .sign, Self.head, fields, origin: "http://evil.example").status
                    == .forbidden)
            #expect(try await site.submit(client, .sign, Self.head, fields, origin: nil).status == .forbidden)
            #expect(try await site.submit(client, .sign, Self.head, ["key": "1"]).status == .badRequest)
            #expect(try await site.submit(client, .sign, Self.head, [:]).status == .badRequest)
            _ = try await site.submit(client, .verify, Self.head, ["key": Self.key])
            #expect(try await site.submit(client, .accept, Self.head, fields).status == .notFound)
            let elsewhere = Actor(
                subject: "x", name: "x", role: .unitHead, unit: Samples.housing, place: PlaceCode("410804"))
            #expect(try await site.submit(client, .sign, elsewhere, fields).status == .forbidden)
        }
        #expect(site.sent.commands.isEmpty)
    }

    @Test("The way back is a page of ours, whatever the form says")
    func back() async throws {
        let site = try await Site()
        try await site.fixture.bring(to: .dispatched)
        try await site.test { client in
            let answer = try await site.submit(client, .sign, Self.head, ["key": Self.key, "back": "//evil.example"])
            #expect(answer.headers[.location] == "/cases/\(Samples.number.text)")
        }
    }
}

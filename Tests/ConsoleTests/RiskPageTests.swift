import Contracts
import Foundation
import Governance
import HTTPTypes
import ServiceKit
import Support
import Testing

@testable import ConsoleCore

@Suite("Risk warnings on the pages")
struct RiskPageTests {
    private static let number = Samples.number

    private func warned() async throws -> Site {
        let site = try await Site()
        try await site.fixture.bring(to: .signed)
        try await site.fixture.land(Path.sample("warning.raised"))
        return site
    }

    @Test("Every text of the catalogue has a key, and every text a template asks for exists")
    func texts() throws {
        let catalogue = try #require(RiskText.catalogue)
        #expect(catalogue.keys == Set(RiskText.allCases.map(\.rawValue)))
        let names = Set(RiskText.allCases.map { "\($0)" })
        let text = try String(contentsOfFile: try #require(ConsoleText.folder) + "/warnings.mustache", encoding: .utf8)
        for match in text.matches(of: /\{\{r\.([A-Za-z0-9]+)\}\}/) { #expect(names.contains(String(match.1))) }
        #expect(RiskModelKind.allCases.allSatisfy { RiskText.kind($0, .en) != $0.title })
    }

    @Test("Every fact about a warning is a sentence in both languages", arguments: [Language.zh, .en])
    func sentences(_ language: Language) throws {
        let names = Names(reference: Fixture.reference, language: language)
        for type in ["warning.raised", "warning.confirmed", "warning.cleared"] {
            let said = Sentences(names: names, now: Samples.at).sentence(Path.sample(type))
            #expect(said.contains("多源汇聚") && !said.contains("{"), "\(said)")
        }
    }

    @Test("The list says which model, why, what to do and how far it is; the case offers the next step")
    func list() async throws {
        let site = try await warned()
        let analyst = Samples.actor(.analyst)
        try await site.test { client in
            let page = try await site.get(client, "/warnings", analyst)
            #expect(page.status == .ok)
            for text in ["多源汇聚", "提级响应", "触发,待确认", Self.number.text] {
                #expect(page.text.contains(text), "\(text)")
            }
            let one = try await site.get(client, "/cases/\(Self.number.text)", analyst)
            #expect(one.text.contains("commands/warning.confirm") && one.text.contains("commands/warning.clear"))
        }
        try await site.fixture.land(Path.sample("warning.confirmed"))
        try await site.fixture.land(Path.sample("warning.cleared"))
        try await site.test { client in
            let page = try await site.get(client, "/warnings", analyst)
            #expect(page.text.contains("已解除"))
            let one = try await site.get(client, "/cases/\(Self.number.text)", analyst)
            #expect(!one.text.contains("commands/warning."))
        }
    }

    @Test("A handling unit does not see the list", arguments: [Role.handler, .unitHead, .gridWorker])
    func forbidden(_ role: Role) async throws {
        let site = try await warned()
        try await site.test { client in
            let page = try await site.get(client, "/warnings", Samples.actor(role, unit: Samples.housing))
            #expect(page.status == .forbidden)
            #expect(!page.text.contains("href=\"/warnings\""))
        }
    }
}

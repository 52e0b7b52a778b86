import Contracts
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Photos
import QR
import ServiceKit
import Support
import Testing

@testable import ConsoleCore

@Suite("Suggestions, points, photos and codes on the pages")
struct SuggestionPageTests {
    private static let way = Samples.facts.filter { $0.type.hasPrefix("suggestion.") }
    private static let path = "/suggestions/\(Samples.number.text)"

    private func site(_ count: Int) async throws -> Site {
        let site = try await Site()
        for fact in Self.way.prefix(count) { try await site.fixture.land(fact) }
        return site
    }

    @Test("Every text of the catalogue has a key, and every text a template asks for exists")
    func texts() throws {
        let catalogue = try #require(SuggestionText.catalogue)
        #expect(catalogue.keys == Set(SuggestionText.allCases.map(\.rawValue)))
        let names = Set(SuggestionText.allCases.map { "\($0)" })
        let folder = try #require(ConsoleText.folder)
        for file in try FileManager.default.contentsOfDirectory(atPath: folder) where file.hasSuffix(".mustache") {
            let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            for match in text.matches(of: /\{\{s\.([A-Za-z0-9]+)\}\}/) {
                #expect(names.contains(String(match.1)), "\(file): s.\(match.1)")
            }
        }
        for stage in SuggestionStage.allCases { #expect(SuggestionText(rawValue: "stage.\(stage.rawValue)") != nil) }
        for command in SuggestionCommand.allCases {
            #expect(SuggestionText.command(command.rawValue, .zh) != nil)
        }
    }

    @Test("Every fact of Feedback is a sentence in both languages")
    func sentences() throws {
        let types = ["case.complained", "rating.given", "point.issued", "point.revoked"]
        for fact in Self.way + Samples.facts.filter({ types.contains($0.type) }) {
            for language in [Language.zh, .en] {
                let names = Names(reference: Fixture.reference, language: language)
                let text = Sentences(names: names, now: Samples.at).sentence(fact)
                #expect(!text.contains(fact.type) && !text.contains("{"), "\(text)")
            }
        }
    }

    @Test("Whoever argues, decides or publishes has the suggestion among his tasks, with its button and deadline")
    func tasks() async throws {
        for (count, role, name) in [(1, Role.analyst, "论证"), (2, .deputyLeader, "决定采纳与否"), (4, .center, "公布")] {
            let site = try await site(count)
            try await site.test { client in
                let page = try await site.get(client, "/tasks", Samples.actor(role))
                #expect(page.text.contains(Self.path) && page.text.contains(name) && page.text.contains("5 个工作日"))
                let data = try await site.get(client, "/v1/me/tasks", Samples.actor(role))
                #expect(data.text.contains("\"suggestions\":[{"))
                let other = try await site.get(client, "/tasks", Samples.actor(.gridWorker))
                #expect(!other.text.contains(Self.path))
            }
        }
    }

    @Test("The list shows the four counters, and to each what he may do next (row 76)")
    func list() async throws {
        let site = try await site(5)
        try await site.test { client in
            let page = try await site.get(client, "/suggestions", Samples.actor(.center))
            #expect(page.status == .ok)
            #expect(page.text.contains("样本不足 (1/1)") && page.text.contains("公园直饮水") && page.text.contains("已公布"))
            #expect(!page.text.contains("{{"))
        }
        let early = try await self.site(1)
        try await early.test { client in
            let analyst = try await early.get(client, "/suggestions", Samples.actor(.analyst))
            #expect(analyst.text.contains("增设直饮水点") && analyst.text.contains("<td>论证</td>"))
            let unit = try await early.get(
                client, "/suggestions", Samples.actor(.unitHead, unit: Samples.cityManagement))
            #expect(!unit.text.contains("增设直饮水点"))
        }
    }

    @Test("A step's form becomes its command; the form of a step that is not one's own is not there")
    func step() async throws {
        let site = try await site(2)
        try await site.test { client in
            let analyst = try await site.get(client, Self.path, Samples.actor(.expert))
            #expect(analyst.text.contains("suggestion.argue") && !analyst.text.contains("suggestion.decide"))
            let center = Samples.actor(.deputyLeader)
            let page = try await site.get(client, Self.path, center)
            #expect(page.text.contains("suggestion.decide") && page.text.contains("建议在公园增设直饮水点"))
            let key = CommandKey(now: .systemNow()).id.uuidString
            let fields = ["key": key, "verdict": "partly", "reason": "先试点", "unit": Samples.cityManagement.text]
            let answer = try await site.submit(client, at: "\(Self.path)/commands/suggestion.decide", center, fields)
            #expect(answer.status == .seeOther && answer.headers[.location] == Self.path)
        }
        let decide = DecideSuggestion(
            number: Samples.number, verdict: .partly, reason: "先试点", unit: Samples.cityManagement)
        #expect(site.sent.commands.map(\.command) == [.decideSuggestion(decide)])
    }

    @Test("The center registers and revokes points; nobody else sees them")
    func points() async throws {
        let site = try await Site()
        try await site.fixture.land(Path.sample("point.issued"))
        try await site.fixture.land(Path.sample("rating.given"))
        try await site.test { client in
            #expect(try await site.get(client, "/points", Samples.actor(.analyst)).status == .forbidden)
            let center = Samples.actor(.center)
            let page = try await site.get(client, "/points", center)
            #expect(page.text.contains(Samples.point.description) && page.text.contains("基本满意 1"))
            let key = CommandKey(now: .systemNow()).id.uuidString
            let revoke = ["key": key, "point": Samples.point.description, "reason": "窗口撤销"]
            let answer = try await site.submit(client, at: "/points/commands/point.revoke", center, revoke)
            #expect(answer.status == .seeOther)
            let wrong = ["key": key, "point": "410803", "reason": "x"]
            let refused = try await site.submit(client, at: "/points/commands/point.revoke", center, wrong)
            #expect(refused.status == .seeOther)
        }
        #expect(
            site.sent.commands.map(\.command) == [.revokePoint(.init(point: Samples.point, reason: "窗口撤销"))])
    }

    @Test("A photo is shown to who sees the case, by the case's own address only")
    func photo() async throws {
        let site = try await Site()
        let photo = try Photo(QRPicture("photo").png())
        _ = try FolderPhotos(folder: site.fixture.folder + "/blobs").put(photo)
        var appeal = Samples.appeal()
        appeal.photos = [photo.hash]
        try await site.fixture.land(
            .caseOpened(
                .init(number: Samples.number, appeal: appeal, kind: .appeal, at: Samples.at, basis: Samples.basis)))
        let path = "/cases/\(Samples.number.text)/photos/"
        try await site.test { client in
            let center = Samples.actor(.center)
            let page = try await site.get(client, "/cases/\(Samples.number.text)", center)
            #expect(page.text.contains(path + photo.hash))
            let shown = try await site.get(client, path + photo.hash, center)
            #expect(shown.status == .ok && shown.headers[.contentType] == "image/png")
            #expect(shown.headers[.contentSecurityPolicy]?.contains("sandbox") == true)
            var far = center
            far.place = PlaceCode("410802")
            #expect(try await site.get(client, path + photo.hash, far).status == .notFound)
            let other = String(repeating: "0", count: 64)
            #expect(try await site.get(client, path + other, center).status == .notFound)
            #expect(try await site.get(client, path + photo.hash, nil).status != .ok)
        }
    }

    @Test("The scanner says which point a photographed code is, and whether it is genuine, revoked or forged")
    func scanner() async throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/zbarimg") else { return }
        let site = try await Site()
        let genuine = "https://example.org/q/\(try PointCode(Samples.point, secret: Site.points))"
        try await site.test { client in
            #expect(try await scan(genuine, site, client).contains("真码,尚未登记"))
            try await site.fixture.land(Path.sample("point.issued"))
            #expect(try await scan(genuine, site, client).contains("所属"))
            #expect(try await scan(String(genuine.dropLast()) + "!", site, client).contains("不是点位码"))
            let forged = String(genuine.dropLast()) + (genuine.last == "7" ? "8" : "7")
            #expect(try await scan(forged, site, client).contains("伪造"))
            try await site.fixture.land(Path.sample("point.revoked"))
            #expect(try await scan(genuine, site, client).contains("已作废"))
        }
    }

    private func scan(_ text: String, _ site: Site, _ client: any TestClientProtocol) async throws -> String {
        var body = ByteBuffer(
            string: "--b0\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n\r\n")
        body.writeBytes(try QRPicture(text).png())
        body.writeString("\r\n--b0--\r\n")
        let headers: HTTPFields = [
            .accept: "text/html", .acceptLanguage: "zh-CN", .contentType: "multipart/form-data; boundary=b0",
            .cookie: "caseloop_token=\(try await site.token(Samples.actor(.gridWorker)))",
            .origin: "http://localhost",
        ]
        let answer = try await client.execute(uri: "/scanner", method: .post, headers: headers, body: body)
        return String(buffer: answer.body)
    }
}

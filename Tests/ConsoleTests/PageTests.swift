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

struct PageTests {
    static let roles: [Actor] = [
        Samples.actor(.center), Samples.actor(.analyst), Samples.actor(.dispatcher),
        Samples.actor(.handler, unit: Samples.housing), Samples.actor(.gridWorker), Samples.actor(.revisitor),
    ]

    @Test("Every page renders for every stage, role and language, without a missing text", arguments: Path.stages)
    func stages(_ stage: Stage) async throws {
        let site = try await Site()
        try await site.fixture.bring(to: stage)
        let parts = FactText.allCases.map(\.rawValue) + ChoiceText.allCases.map(\.rawValue)
        let keys = (ConsoleText.allCases.map(\.rawValue) + parts).filter { $0.contains(".") }
        try await site.test { client in
            for actor in Self.roles {
                for language in actor.role == .center ? ["zh-CN", "en"] : ["zh-CN"] {
                    for path in ["/", "/tasks", "/cases", "/cases/\(Samples.number.text)", "/queue"] {
                        let page = try await site.get(client, path, actor, language: language)
                        if page.status == .seeOther || page.status == .forbidden || page.status == .notFound {
                            continue
                        }
                        #expect(page.status == .ok, "\(path) \(actor.role)")
                        #expect(!page.text.contains("{{") && page.text.contains("</html>"))
                        for key in keys { #expect(!page.text.contains(">\(key)<"), "\(path): \(key)") }
                        #expect(!page.text.contains(" style=") && !page.text.contains("<script>"))
                    }
                }
            }
        }
    }

    @Test("The case page offers exactly the commands that the table permits now", arguments: Path.stages)
    func commands(_ stage: Stage) async throws {
        let site = try await Site()
        try await site.fixture.bring(to: stage)
        try await site.test { client in
            for actor in Self.roles {
                let page = try await site.get(client, "/cases/\(Samples.number.text)", actor)
                guard page.status == .ok else { continue }
                let detail = try await site.fixture.read { try CaseDetail.read(Samples.number, Scope(actor), in: $0) }
                let allowed = TaskQuery.allowed(try #require(detail).columns, actor, now: .systemNow())
                for command in CommandName.allCases {
                    #expect(
                        page.text.contains("/commands/\(command.rawValue)\"") == allowed.contains(command),
                        "\(stage) \(actor.role) \(command)")
                }
            }
        }
    }

    @Test("Hostile text is shown, never run")
    func hostile() async throws {
        let site = try await Site()
        let hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{t.brand}}"
        var appeal = Samples.appeal()
        appeal.title = hostile
        appeal.text = hostile
        appeal.sourceKey = hostile
        let basis = Basis.rule(Reason(rule: hostile, text: hostile, inputs: [hostile]))
        try await site.fixture.land(
            .caseOpened(.init(number: Samples.number, appeal: appeal, kind: .appeal, at: Samples.at, basis: basis)),
            .reportQueued(
                .init(number: Samples.number, appeal: appeal, candidates: [hostile], at: Samples.at, basis: basis)))
        try await site.test { client in
            for path in ["/", "/tasks", "/cases", "/cases/\(Samples.number.text)", "/queue"] {
                let page = try await site.get(client, path, Samples.actor(.center))
                #expect(page.status == .ok)
                #expect(!page.text.contains("<script>alert") && !page.text.contains("<img"))
            }
            let search = try await site.get(
                client, "/cases?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", Samples.actor(.center))
            #expect(search.status == .ok && !search.text.contains("<script>alert"))
        }
    }

    @Test("No page and no answer shows which appeals are of one person, not even to the center")
    func persons() async throws {
        let site = try await Site()
        var appeal = Samples.appeal()
        appeal.personToken = "SOMEBODY"
        try await site.fixture.land(
            .caseOpened(
                .init(number: Samples.number, appeal: appeal, kind: .appeal, at: Samples.at, basis: Samples.basis)),
            .reportQueued(
                .init(number: Samples.number, appeal: appeal, candidates: [], at: Samples.at, basis: Samples.basis)))
        let center = Samples.actor(.center)
        try await site.test { client in
            for path in ["/tasks", "/cases", "/cases/\(Samples.number.text)", "/queue"] {
                let page = try await site.get(client, path, center)
                #expect(page.status == .ok && !page.text.contains("SOMEBODY"), "\(path)")
            }
            let token = try await site.token(center)
            let answer = try await client.execute(
                uri: "/v1/cases/\(Samples.number.text)", method: .get, headers: [.authorization: "Bearer \(token)"])
            #expect(answer.status == .ok && !String(buffer: answer.body).contains("SOMEBODY"))
        }
    }

    @Test(
        "Without a token a page leads to the login and JSON says 401; without a right it is 403",
        arguments: [
            ("/", "/v1/overview"), ("/tasks", "/v1/me/tasks"), ("/cases", "/v1/cases"),
        ])
    func doors(page: String, data: String) async throws {
        let site = try await Site()
        try await site.test { client in
            let open = try await site.get(client, page, nil)
            #expect(open.status == .seeOther)
            #expect(open.headers[.location]?.hasPrefix("/login") == true)
            #expect(try await client.execute(uri: data, method: .get).status == .unauthorized)
            let admin = try await site.get(client, page, Samples.actor(.systemAdmin))
            #expect(admin.status == .forbidden && admin.text.contains("没有案件权限"))
        }
    }

    @Test(
        "A case outside one's range is not found, a wrong filter names its field",
        arguments: [
            ("/v1/cases/410803001-20261121-00000A", HTTPResponse.Status.notFound),
            ("/v1/cases?stage=nowhere", .badRequest),
            ("/v1/cases?colour=pink", .badRequest), ("/v1/cases?page=0", .badRequest), ("/v1/cases/%3Cx%3E", .notFound),
            ("/v1/cases?unit=%22", .badRequest), ("/v1/queue?page=x", .badRequest),
        ])
    func faults(path: String, status: HTTPResponse.Status) async throws {
        let site = try await Site()
        try await site.test { client in
            let token = try await site.token(Samples.actor(.center))
            let answer = try await client.execute(
                uri: path, method: .get, headers: [.authorization: "Bearer \(token)"])
            #expect(answer.status == status)
            #expect(answer.headers[.contentType]?.hasPrefix("application/problem+json") == true)
            #expect(String(buffer: answer.body).contains("\"fix\""))
        }
    }

    @Test("Every text of the catalogue has a key, and every text a template asks for exists")
    func texts() throws {
        let catalogue = try #require(ConsoleText.catalogue)
        let parts = FactText.allCases.map(\.rawValue) + ChoiceText.allCases.map(\.rawValue)
        #expect(catalogue.keys == Set(ConsoleText.allCases.map(\.rawValue) + parts))
        let names = Set(ConsoleText.allCases.map { "\($0)" })
        let folder = try #require(ConsoleText.folder)
        for file in try FileManager.default.contentsOfDirectory(atPath: folder) where file.hasSuffix(".mustache") {
            let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            for match in text.matches(of: /\{\{t\.([A-Za-z0-9]+)\}\}/) {
                #expect(names.contains(String(match.1)), "\(file): t.\(match.1)")
            }
        }
    }
}

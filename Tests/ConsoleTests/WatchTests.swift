import CaseLog
import Contracts
import Foundation
import Governance
import HTTPTypes
import ServiceKit
import Support
import Testing
import Vault

@testable import ConsoleCore

@Suite("What Supervision did, on the pages")
struct WatchTests {
    private static let number = Samples.number

    private func supervised() async throws -> Site {
        let site = try await Site()
        try await site.fixture.bring(to: .signed)
        try await site.fixture.land([Path.sample("case.reminded"), Path.sample("case.supervised")])
        return site
    }

    @Test("Every text of the watch's catalogue has a key, and every text a template asks for exists")
    func texts() throws {
        let catalogue = try #require(WatchText.catalogue)
        #expect(catalogue.keys == Set(WatchText.allCases.map(\.rawValue)))
        let names = Set(WatchText.allCases.map { "\($0)" })
        let folder = try #require(ConsoleText.folder)
        for file in try FileManager.default.contentsOfDirectory(atPath: folder) where file.hasSuffix(".mustache") {
            let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            for match in text.matches(of: /\{\{w\.([A-Za-z0-9]+)\}\}/) {
                #expect(names.contains(String(match.1)), "\(file): w.\(match.1)")
            }
        }
    }

    @Test("Every fact of Supervision is a sentence in both languages")
    func sentences() throws {
        for fact in Samples.facts where Transitions.step(fact.type)?.author == .supervision {
            for language in [Language.zh, .en] {
                let names = Names(reference: Fixture.reference, language: language)
                let said = Sentences(names: names, now: Samples.at).watch(fact)
                #expect(said != nil && said?.contains("{") == false, "\(fact.type): \(said ?? "nothing")")
            }
        }
    }

    @Test("A reminded and supervised case is marked and on the watch list")
    func marks() async throws {
        let site = try await supervised()
        try await site.test { client in
            let page = try await site.get(client, "/cases?watched=true", Samples.actor(.supervisor))
            #expect(page.status == .ok)
            #expect(page.text.contains(Self.number.text))
            #expect(page.text.contains("督办单 1") && page.text.contains("提醒单 1"))
        }
    }

    @Test("The printable form names number, unit, demand, due, cause and both recipients; an unknown one is not found")
    func form() async throws {
        let site = try await supervised()
        try await site.test { client in
            let path = "/cases/\(Self.number.text)"
            let page = try await site.get(client, path, Samples.actor(.supervisor))
            #expect(page.text.contains("\(path)/forms/\(Self.number.text)-D1"))
            let form = try await site.get(client, "\(path)/forms/\(Self.number.text)-D1", Samples.actor(.supervisor))
            #expect(form.status == .ok)
            for text in ["风险督办单", "\(Self.number.text)-D1", "请限期整改", "分管副区长", "3 个工作日", "提醒单办结"] {
                #expect(form.text.contains(text), "\(text)")
            }
            let none = try await site.get(client, "\(path)/forms/x", Samples.actor(.supervisor))
            #expect(none.status == .notFound)
        }
    }

    @Test(
        "The pack of a meeting has what is carried over, and every form of the period (rows 58-60)",
        arguments: ["day", "week"])
    func pack(_ kind: String) async throws {
        let site = try await supervised()
        let day = Samples.at + .naturalDays(1)
        let names = Names(reference: Fixture.reference, language: .zh)
        let pack = try await site.fixture.read { db in
            try Pack.read(#require(Pack.Kind(rawValue: kind)), Scope(Samples.actor(.supervisor)), now: day, in: db)
        }
        #expect(pack.sections.first { $0.name == .packCarried }?.total == 1)
        #expect(pack.sections.first { $0.name == .packLate }?.total == 1)
        #expect(pack.forms.count == (kind == "week" ? 2 : 0))
        #expect(!PackPage.values(pack, names, day).isEmpty)
        try await site.test { client in
            let page = try await site.get(client, "/packs/\(kind)", Samples.actor(.supervisor))
            #expect(page.status == .ok)
            #expect(page.text.contains("结转"))
        }
    }

    @Test(
        "What a unit answered to a 督办单 waits for the supervisor, is on the pack's agenda, and is printed when settled")
    func settling() async throws {
        let site = try await Site()
        try await site.fixture.bring(to: .handling)
        for type in ["case.supervised", "form.signed", "form.rectified"] {
            try await site.fixture.land(Path.sample(type))
        }
        let supervisor = Samples.actor(.supervisor)
        let pack = try await site.fixture.read { db in
            try Pack.read(.crisis, Scope(supervisor), now: Samples.at, in: db)
        }
        #expect(pack.agenda.map(\.why) == [.packUnsettled])
        try await site.test { client in
            let tasks = try await site.get(client, "/tasks", supervisor)
            #expect(tasks.text.contains("commands/form.settle"))
        }
        try await site.fixture.land(Path.sample("form.settled"))
        try await site.test { client in
            let tasks = try await site.get(client, "/tasks", supervisor)
            #expect(!tasks.text.contains("commands/form.settle"))
            let form = FormKind.supervision.number(Samples.number, 1)
            let printed = try await site.get(client, "/cases/\(Samples.number.text)/forms/\(form)", supervisor)
            #expect(printed.text.contains("现场看过,已修复"))
        }
    }

    @Test("A leader who was called has it first among his tasks, until somebody acknowledged")
    func acknowledge() async throws {
        let site = try await Site()
        try await site.fixture.bring(to: .assessed)
        try await site.fixture.land(Path.sample("case.major_reported"))
        let leader = Samples.actor(.deputyLeader)
        try await site.test { client in
            let page = try await site.get(client, "/tasks", leader)
            #expect(page.text.contains("case.acknowledge"))
        }
        try await site.fixture.land(Path.sample("case.acknowledged"))
        try await site.test { client in
            let page = try await site.get(client, "/tasks", leader)
            #expect(!page.text.contains("case.acknowledge"))
        }
    }

    @Test("A form waits for the unit's signature, then for what was done; the printed form shows both")
    func forms() async throws {
        let site = try await Site()
        try await site.fixture.bring(to: .handling)
        try await site.fixture.land(Path.sample("case.supervised"))
        let head = Samples.actor(.unitHead, unit: Samples.housing)
        let form = FormKind.supervision.number(Samples.number, 1)
        let page = "/cases/\(Samples.number.text)/forms/\(form)"
        try await site.test { client in
            let tasks = try await site.get(client, "/tasks", head)
            #expect(tasks.text.contains("commands/form.sign") && !tasks.text.contains("commands/form.rectify"))
            let printed = try await site.get(client, page, head)
            #expect(!printed.text.contains("整改反馈"))
        }
        try await site.fixture.land(Path.sample("form.signed"))
        try await site.test { client in
            let tasks = try await site.get(client, "/tasks", head)
            #expect(!tasks.text.contains("commands/form.sign") && tasks.text.contains("commands/form.rectify"))
        }
        try await site.fixture.land(Path.sample("form.rectified"))
        try await site.test { client in
            let printed = try await site.get(client, page, head)
            #expect(printed.text.contains("整改反馈") && printed.text.contains("已更换,试充正常"))
        }
    }

    @Test(
        "A revisitor reads the number of a task with one click, its entry in the book filled in; nobody else has that button"
    )
    func call() async throws {
        let site = try await Site()
        try await site.fixture.bring(to: .verified)
        try await site.test { client in
            let tasks = try await site.get(client, "/tasks", Samples.actor(.revisitor))
            #expect(
                tasks.text.contains("commands/vault.unseal") && tasks.text.contains("name=\"purpose\" value=\"电话回访\""))
            let other = try await site.get(client, "/tasks", Samples.actor(.center))
            #expect(!other.text.contains("拨打"))
        }
    }

    @Test("A proposed raise waits for the supervisor; a measure taken since withdraws it")
    func proposal() async throws {
        let site = try await Site()
        try await site.fixture.bring(to: .handling)
        let later = Samples.at + .naturalDays(14)
        let deadline = Samples.deadline
        try await site.fixture.land(
            .raiseProposed(
                .init(number: Self.number, level: .county, deadline: deadline, at: later, basis: Samples.basis)))
        #expect(try await site.fixture.view()?.raiseProposed == true)
        try await site.test { client in
            let page = try await site.get(client, "/tasks", Samples.actor(.supervisor))
            #expect(page.text.contains("case.raise_level"))
        }
        try await site.fixture.land(
            .orderProgressed(
                .init(
                    number: Self.number, order: Samples.order, kind: .measure, substantive: true, note: "x",
                    at: later + .hours(1), basis: Samples.basis)))
        #expect(try await site.fixture.view()?.raiseProposed == false)
    }
}

@Suite("Clear text is shown only to whoever stands in the book of unsealings")
struct UnsealedTests {
    private static let path = "/cases/\(Samples.number.text)/unsealed"

    /// A case whose reporter's data lie sealed in the vault.
    private func site() async throws -> Site {
        let site = try await Site()
        let token = try VaultToken.random()
        let content = SealedContent(name: "韩女士", phone: "13812345678", text: "原文在此")
        let record = try Sealer(key: site.ring.sealingKey)
            .seal(content, token: token, at: Samples.at.milliseconds)
        site.log.append(
            LogOut(
                topic: Topic.vault,
                message: Message(key: Array(token.description.utf8), value: try VaultEntry.sealed(record).json())))
        var appeal = Samples.appeal()
        appeal.vaultToken = token.description
        try await site.fixture.land(
            .caseOpened(
                .init(
                    number: Samples.number, appeal: appeal, kind: .appeal, at: Samples.at, basis: Samples.basis)))
        return site
    }

    private func entry(_ actor: Actor, at: Instant = .systemNow()) -> Fact {
        .vaultUnsealed(.init(number: Samples.number, purpose: "电话核实", at: at, basis: .person(actor, "电话核实")))
    }

    @Test("Nobody without an entry of his own, and an entry opens for a quarter of an hour only")
    func closed() async throws {
        let site = try await site()
        let actor = Samples.actor(.operator)
        var other = actor
        other.subject = "u-other"
        try await site.fixture.land(entry(other))
        try await site.fixture.land(entry(actor, at: .systemNow() - .minutes(16)))
        try await site.test { client in
            let page = try await site.get(client, Self.path, actor)
            #expect(page.status == .forbidden)
            #expect(!page.text.contains("13812345678"))
        }
    }

    @Test("With a fresh entry the data are shown and never kept; a unit's people never see them")
    func open() async throws {
        let site = try await site()
        let actor = Samples.actor(.operator)
        let handler = Samples.actor(.handler, unit: Samples.housing)
        try await site.fixture.land(entry(actor))
        try await site.fixture.land(entry(handler))
        try await site.test { client in
            let page = try await site.get(client, Self.path, actor)
            #expect(page.status == .ok)
            for text in ["韩女士", "13812345678", "原文在此", "电话核实"] { #expect(page.text.contains(text), "\(text)") }
            #expect(page.headers[.cacheControl] == "no-store")
            let closed = try await site.get(client, Self.path, handler)
            #expect(closed.status != .ok)
        }
    }

    @Test("The book lists who read whose data and what for, for discipline and center only")
    func book() async throws {
        let site = try await site()
        try await site.fixture.land(entry(Samples.actor(.operator)))
        try await site.test { client in
            let page = try await site.get(client, "/unsealings", Samples.actor(.discipline))
            #expect(page.status == .ok)
            for text in ["坐席", "电话核实", Samples.number.text] { #expect(page.text.contains(text), "\(text)") }
            let closed = try await site.get(client, "/unsealings", Samples.actor(.operator))
            #expect(closed.status == .forbidden)
        }
    }
}

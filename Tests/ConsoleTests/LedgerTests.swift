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

@Suite("重大风险问题台账 and 领导包案 on the pages (domain.md rows 19, 35)")
struct LedgerTests {
    private static let number = Samples.number

    private func lines(_ site: Site, _ query: LedgerQuery = LedgerQuery()) async throws -> [LedgerQuery.Line] {
        try await site.fixture.read { db in try query.fetch(Scope(Samples.actor(.center)), in: db).lines }
    }

    /// A yellow, complex case in somebody's hands: nothing that belongs on the ledger.
    private func ordinary() async throws -> Site {
        let site = try await Site()
        try await site.fixture.bring(to: .received)
        try await site.fixture.land(Self.assessed(.yellow, .complex))
        return site
    }

    private static func assessed(_ colour: Colour, _ gravity: Gravity) -> Fact {
        .caseAssessed(
            .init(
                number: number, itemName: "x", category: "x", kind: .safety, colour: colour, gravity: gravity,
                mode: .fast, track: .general, at: Samples.at, basis: Samples.basis))
    }

    @Test("Every text of the catalogue has a key, and every text a template asks for exists")
    func texts() throws {
        let catalogue = try #require(LedgerText.catalogue)
        #expect(catalogue.keys == Set(LedgerText.allCases.map(\.rawValue)))
        let names = Set(LedgerText.allCases.map { "\($0)" })
        let text = try String(contentsOfFile: try #require(ConsoleText.folder) + "/ledger.mustache", encoding: .utf8)
        for match in text.matches(of: /\{\{l\.([A-Za-z0-9]+)\}\}/) { #expect(names.contains(String(match.1))) }
    }

    @Test("An ordinary case is not on it; one that is 重大, red or orange, reported directly or sponsored is")
    func belongs() async throws {
        #expect(try await lines(ordinary()).isEmpty)
        let facts: [[Fact]] = [
            [Self.assessed(.yellow, .major)], [Self.assessed(.red, .complex)], [Self.assessed(.orange, .complex)],
            [Path.sample("case.major_reported")], [Path.sample("case.sponsored")],
        ]
        for facts in facts {
            let site = try await ordinary()
            try await site.fixture.land(facts)
            #expect(try await lines(site).count == 1, "\(facts.map(\.type))")
        }
    }

    @Test("What was once on it stays: a colour that is lowered, a sponsorship that ended, a case at its end")
    func stays() async throws {
        let site = try await ordinary()
        try await site.fixture.land(Self.assessed(.red, .complex))
        try await site.fixture.land(Self.assessed(.yellow, .complex))
        try await site.fixture.land(Path.sample("case.sponsored"))
        try await site.fixture.land(Path.sample("sponsor.ended"))
        let line = try #require(try await lines(site).first)
        #expect(line.view.colour == "yellow" && line.view.sponsor == nil)
        #expect(line.last?.type == "sponsor.ended")
        #expect(try await lines(site, LedgerQuery(isUnsponsored: true)).count == 1)
        try await site.fixture.land(Path.sample("case.withdrawn"))
        #expect(try await lines(site).isEmpty)
        #expect(try await lines(site, LedgerQuery(isWhole: true)).count == 1)
    }

    @Test("The last step is what somebody did: not a clock, not a refusal, not a look into the vault")
    func lastStep() async throws {
        let site = try await ordinary()
        try await site.fixture.land(Path.sample("case.sponsored"))
        try await site.fixture.land(Path.sample("vault.unsealed"))
        #expect(try await lines(site).first?.last?.type == "case.sponsored")
    }

    @Test("Leaders and those who command read page and file; a unit and the grid do not")
    func readers() async throws {
        let site = try await ordinary()
        try await site.fixture.land(Path.sample("case.sponsored"))
        try await site.test { client in
            for path in ["/ledger", "/ledger.csv?all=true"] {
                for role in LedgerPage.readers {
                    let page = try await site.get(client, path, Samples.actor(role))
                    #expect(page.status == .ok && page.text.contains(Self.number.text), "\(role) \(path)")
                    #expect(page.text.contains("张某 副区长"), "\(role) \(path)")
                }
                for role in [Role.handler, .unitHead, .gridWorker, .operator] {
                    let page = try await site.get(client, path, Samples.actor(role, unit: Samples.housing))
                    #expect(page.status == .forbidden, "\(role) \(path)")
                }
            }
            let page = try await site.get(client, "/ledger", Samples.actor(.center))
            #expect(page.text.contains("href=\"/ledger.csv?all=false&amp;unsponsored=false\""))
        }
    }

    @Test("Programs read the same as JSON, under either address: each case, its sponsor and its last step in words")
    func json() async throws {
        let site = try await ordinary()
        try await site.fixture.land(Path.sample("case.sponsored"))
        try await site.test { client in
            func read(_ path: String, _ role: Role) async throws -> TestResponse {
                let token = try await site.token(Samples.actor(role, unit: role == .unitHead ? Samples.housing : nil))
                return try await client.execute(
                    uri: path, method: .get,
                    headers: [.authorization: "Bearer \(token)", .accept: "application/json"])
            }
            for path in ["/v1/ledger", "/ledger"] {
                let answer = try await read(path, .center)
                #expect(answer.status == .ok && answer.headers[.contentType]?.hasPrefix("application/json") == true)
                let body = try #require(
                    JSONSerialization.jsonObject(with: Data(String(buffer: answer.body).utf8)) as? [String: Any])
                let line = try #require((body["lines"] as? [[String: Any]])?.first)
                let (matter, last) = (line["case"] as? [String: Any], line["last"] as? [String: Any])
                #expect(body["total"] as? Int == 1 && matter?["number"] as? String == Self.number.text)
                #expect((matter?["sponsor"] as? [String: Any])?["name"] as? String == "张某 副区长")
                #expect(last?["type"] as? String == "case.sponsored" && (last?["text"] as? String)?.isEmpty == false)
                #expect(try await read(path, .unitHead).status == .forbidden)
                let empty = try await read(path + "?unsponsored=true", .center)
                #expect(String(buffer: empty.body).contains("\"total\":0"))
            }
        }
    }

    @Test("The file begins with the mark that Excel wants, is CSV by its type, and is named by the day")
    func file() async throws {
        let site = try await ordinary()
        try await site.fixture.land(Path.sample("case.sponsored"))
        try await site.test { client in
            let file = try await site.get(client, "/ledger.csv", Samples.actor(.center))
            #expect(file.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(file.headers[.contentDisposition]?.hasPrefix("attachment; filename=\"ledger-") == true)
            #expect(Array(file.text.utf8.prefix(3)) == [0xEF, 0xBB, 0xBF])
            let rows = file.text.split(separator: "\r\n")
            #expect(rows.count == 2 && rows[0].contains("\"包案领导\",\"主办单位\""))
            #expect(rows.allSatisfy { $0.components(separatedBy: "\",\"").count == 13 })
        }
    }

    @Test(
        "No field is run as a formula, and quotes and lines stay in their field",
        arguments: [
            ("充电桩", "\"充电桩\""), ("", "\"\""), ("=1+1", "\"'=1+1\""), ("+86", "\"'+86\""), ("-1", "\"'-1\""),
            ("@sum", "\"'@sum\""), ("\tx", "\"'\tx\""), ("\r\n=1", "\"'\r\n=1\""), ("\u{FF1D}1", "\"'\u{FF1D}1\""),
            ("说\"好\",\n再说", "\"说\"\"好\"\",\n再说\""), ("a=1", "\"a=1\""),
        ])
    func formulas(_ text: String, _ wanted: String) {
        #expect(CSVTable.field(text) == wanted)
    }

    @Test("The sponsor finds his open cases among his tasks, the case page names him; others do not have them")
    func tasks() async throws {
        let site = try await ordinary()
        try await site.fixture.land(Path.sample("case.sponsored"))
        let own = Actor(subject: "u-leader", name: "张某", role: .sponsor, place: PlaceCode("410803"))
        try await site.test { client in
            let mine = try await site.get(client, "/tasks", own)
            #expect(mine.text.contains("我包的案") && mine.text.contains(Self.number.text))
            let other = try await site.get(client, "/tasks", Samples.actor(.sponsor))
            #expect(!other.text.contains("我包的案"))
            let one = try await site.get(client, "/cases/\(Self.number.text)", own)
            #expect(one.text.contains("包案领导") && one.text.contains("commands/sponsor.end"))
            #expect(one.text.contains("张某 副区长包案:群众反映强烈"))
        }
        try await site.fixture.land(Path.sample("sponsor.ended"))
        try await site.test { client in
            let mine = try await site.get(client, "/tasks", own)
            #expect(!mine.text.contains("我包的案"))
        }
    }

    @Test("Only the chief leader's form names another leader")
    func form() throws {
        let chief = try #require(CommandSheet.of(.sponsor, for: Samples.actor(.chiefLeader)))
        let body = ["leader": ["u-x"], "name": ["张某 副区长"], "reason": ["分工"]]
        #expect(
            try SheetBody(chief, posted: body).command(Self.number)
                == .sponsorCase(.init(number: Self.number, leader: "u-x", name: "张某 副区长", reason: "分工")))
        let deputy = try #require(CommandSheet.of(.sponsor, for: Samples.actor(.deputyLeader)))
        #expect(deputy.fields.map(\.path) == ["reason"])
    }
}

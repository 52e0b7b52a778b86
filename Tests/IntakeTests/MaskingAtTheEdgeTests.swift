import CaseLog
import Contracts
import Foundation
import Governance
import Testing
import Vault

@testable import IntakeCore

@Suite("What a report puts into the log")
struct MaskingAtTheEdgeTests {
    private let personal = report([
        "text": #""路灯不亮,请打13812345678找王五。身份证11010519491231002X。""#, "title": #""找13812345678""#,
        "address": #""向阳社区3号楼2单元""#,
        "contact": #"{"name":"王五","phone":"13812345678","address":"3号楼","idNumber":"11010519491231002X"}"#,
        "onBehalf": #"{"relation":"子女","reason":"母亲不会用手机,电话13912345678","name":"王小五","phone":"13912345678"}"#,
    ])

    @Test("Personal data goes sealed into the vault, and the report carries a token and masked text (domain.md §3.6)")
    func sealed() throws {
        let desk = try Desk()
        let (sealed, out) = try desk.records(personal)
        let vault = try #require(sealed)
        let appeal = try InputEnvelope(out.message).element.body(as: Report.self).appeal
        #expect(vault.topic == Topic.vault)
        #expect(vault.message.keyText == appeal.vaultToken)
        #expect(appeal.text.contains("[电话]") && appeal.text.contains("[身份证号]"))
        #expect(appeal.title == "找[电话]")
        #expect(appeal.onBehalf == OnBehalf(relation: "子女", reason: "母亲不会用手机,电话[电话]"))
        let content = try Opener(ring: desk.ring).open(VaultEntry(json: vault.message.value ?? []))
        #expect(content.name == "王五" && content.phone == "13812345678" && content.address == "3号楼")
        #expect(content.idNumber == "11010519491231002X" && content.text?.contains("13812345678") == true)
        #expect(content.extra["address"] == "向阳社区3号楼2单元" && content.extra["title"] == "找13812345678")
        #expect(content.extra["onBehalf.name"] == "王小五" && content.extra["onBehalf.phone"] == "13912345678")
    }

    @Test("No record of the log holds a phone number, an id number, a name or an address")
    func clean() throws {
        let (sealed, out) = try Desk().records(personal)
        for record in [sealed, out].compactMap({ $0 }) {
            let bytes = record.message.value ?? []
            #expect(!Masking.containsPersonalNumber(json: bytes))
            let text = String(decoding: bytes, as: UTF8.self)
            for word in ["王五", "王小五", "3号楼", "13812345678"] { #expect(!text.contains(word)) }
            for header in record.message.headers {
                #expect(!Masking.containsPersonalNumber(String(decoding: header.value ?? [], as: UTF8.self)))
            }
        }
    }

    @Test(
        "The report carries the person's token: the same in the next report of the same number, however it is written")
    func person() throws {
        let desk = try Desk()
        let first = try #require(try desk.appeal(personal).personToken)
        let next = report([
            "sourceKey": #""H-2""#, "place": #""410803002""#, "contact": #"{"name":"王五","phone":"+86 138 1234 5678"}"#,
        ])
        #expect(try desk.appeal(next).personToken == first)
        #expect(try desk.appeal(report(["contact": #"{"phone":"13712345678"}"#])).personToken != first)
        #expect(try desk.appeal(report()).personToken == nil)
        let sealed = String(decoding: try #require(desk.records(personal).sealed).message.value ?? [], as: UTF8.self)
        #expect(!sealed.contains(first))
    }

    @Test(
        "Handed in for somebody else, the person is whom it is about: the agent's number is not his (domain.md row 31)")
    func personOfAnAgent() throws {
        let agent = #"{"relation":"网格员","name":"小李","phone":"13912345678"}"#
        let desk = try Desk()
        #expect(try desk.appeal(report(["onBehalf": agent])).personToken == nil)
        let both = report(["onBehalf": agent, "contact": #"{"phone":"13812345678"}"#])
        #expect(try desk.appeal(both).personToken == desk.appeal(personal).personToken)
    }

    @Test("A name told in its own field is taken out of the free text as well")
    func nameInText() throws {
        #expect(try Desk().appeal(personal).text.contains("找[姓名]"))
    }

    @Test("A report without personal data seals nothing")
    func nothingToSeal() throws {
        let desk = try Desk()
        #expect(try desk.records(report()).sealed == nil)
        #expect(try desk.appeal(report()).vaultToken == nil)
    }

    @Test("The agent is recorded from the first report on: who typed it, for whom (domain.md §4 row 10)")
    func agent() throws {
        let appeal = try Desk().appeal(report(["onBehalf": #"{"relation":"网格员"}"#]), by: .gridWorker)
        #expect(appeal.enteredBy == "gw-1")
        #expect(appeal.onBehalf == OnBehalf(relation: "网格员"))
    }

    @Test("Without a title the text's first line makes one, and a cut never leaves a number behind")
    func title() throws {
        let desk = try Desk()
        #expect(try desk.appeal(report(["title": nil, "text": #""\n路灯不亮\n两周了""#])).title == "路灯不亮")
        let long = String(repeating: "路", count: 29) + "138123456789012"
        let cut = try desk.appeal(report(["title": nil, "text": "\"\(long)\""])).title
        #expect(!Masking.containsPersonalNumber(cut))
    }

    @Test(
        "The key is the home township of a place of any depth, else what is known of it",
        arguments: [
            ("410803001", "410803001"), ("410803001004", "410803001"), ("410803001004001001", "410803001"),
            ("410803", "410803~"),
        ])
    func home(place: String, key: String) throws {
        let out = try Desk().records(report(["place": "\"\(place)\""])).report
        #expect(out.message.keyText.hasPrefix(key))
        #expect(out.topic == Topic.reports)
    }

    @Test("The envelope says who, what and when")
    func envelope() throws {
        let envelope = try InputEnvelope(Desk().records(report()).report.message)
        #expect(envelope.source == .intake && envelope.time == Desk.now && envelope.element.type == Report.type)
        let home = try #require(HomeKey("410803001"))
        #expect(envelope.id == Identifier.report(source: "hotline", sourceKey: "H-1", home: home))
    }
}

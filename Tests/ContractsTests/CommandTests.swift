import Contracts
import Governance
import Support
import Testing

@Suite("Commands and reports on the wire")
struct CommandTests {
    @Test("A command comes back from its JSON as it was")
    func roundTrip() throws {
        let command = Command.returnOrder(
            .init(number: Samples.number, proposed: Samples.cityManagement, reason: "不属本单位职责"))
        #expect(command.type == "order.return")
        #expect(command.about == Samples.number)
        #expect(try Command(type: command.type, version: 1, json: command.json()) == command)
    }

    @Test("A command of an unknown name is refused with its name")
    func unknown() {
        #expect(throws: UnknownType(type: "order.sing")) {
            try Command(type: "order.sing", version: 1, json: Array("{}".utf8))
        }
    }

    @Test("A command that lacks a member is refused")
    func incomplete() {
        #expect(throws: DecodingError.self) {
            try Command(type: "order.return", version: 1, json: Array(#"{"number":"x"}"#.utf8))
        }
    }

    @Test("The person's token makes no other report of it, and one from before there were tokens is read")
    func person() throws {
        let plain = Report(Samples.appeal())
        var appeal = plain.appeal
        appeal.personToken = "T0KEN"
        #expect(Report(appeal).sameness() == plain.sameness())
        #expect(try !String(decoding: plain.json(), as: UTF8.self).contains("person"))
        #expect(try Report(type: Report.type, version: 1, json: Report(appeal).json()).appeal.personToken == "T0KEN")
    }

    @Test("How far the phone was makes no other report of it; one from before is read as untold, and so is a point")
    func distance() throws {
        let plain = Report(Samples.appeal())
        var appeal = plain.appeal
        appeal.pointDistanceKm = 3
        #expect(appeal.pointDistance == .far(kilometres: 3) && plain.appeal.pointDistance == .untold)
        #expect(Report(appeal).sameness() == plain.sameness())
        #expect(try !String(decoding: plain.json(), as: UTF8.self).contains("pointDistance"))
        #expect(try Report(type: Report.type, version: 1, json: Report(appeal).json()).appeal == appeal)
        let issue = Command.issuePoint(.init(point: Samples.point))
        #expect(try !String(decoding: issue.json(), as: UTF8.self).contains("location"))
        let located = Command.issuePoint(.init(point: Samples.point, location: GeoPoint("35.2391,113.418")))
        #expect(try String(decoding: located.json(), as: UTF8.self).contains("\"35.239100,113.418000\""))
        #expect(try Command(type: located.type, version: 1, json: located.json()) == located)
        let nowhere = Array(#"{"point":"410803001004.3","location":"95,0"}"#.utf8)
        #expect(throws: DecodingError.self) { try Command(type: issue.type, version: 1, json: nowhere) }
    }

    @Test("Who gave a command is not told which appeals are of one person; all else stays as it is")
    func withoutPerson() throws {
        var appeal = Samples.appeal()
        appeal.personToken = "SOMEBODY"
        let fact = Fact.caseOpened(
            .init(number: Samples.number, appeal: appeal, kind: .appeal, at: Samples.at, basis: Samples.basis))
        let told = try Element(id: Samples.report, fact).withoutPerson
        #expect(!String(decoding: told.data, as: UTF8.self).contains("SOMEBODY"))
        appeal.personToken = nil
        #expect(
            try told.body(as: Fact.self)
                == .caseOpened(
                    .init(number: Samples.number, appeal: appeal, kind: .appeal, at: Samples.at, basis: Samples.basis)))
        for fact in Samples.facts {
            let element = try Element(id: Samples.report, fact)
            #expect(element.withoutPerson == element)
        }
    }

    @Test("A report comes back from its JSON as it was and never carries a receipt")
    func report() throws {
        let report = Report(Samples.appeal())
        let json = try report.json()
        #expect(try Report(type: report.type, version: 1, json: json) == report)
        #expect(!String(decoding: json, as: UTF8.self).contains("receipt"))
    }
}

import Contracts
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

    @Test("A report comes back from its JSON as it was and never carries a receipt")
    func report() throws {
        let report = Report(Samples.appeal())
        let json = try report.json()
        #expect(try Report(type: report.type, version: 1, json: json) == report)
        #expect(!String(decoding: json, as: UTF8.self).contains("receipt"))
    }
}

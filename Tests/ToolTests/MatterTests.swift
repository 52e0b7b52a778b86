import Foundation
import Governance
import Testing

@testable import ToolCore

@Suite("A matter of the demo")
struct MatterTests {
    static let good = """
        title: 路灯不亮
        source: domain.md §3.2
        steps:
          - at: 2026-03-02 09:00
            report: a
            source: hotline
            place: "410803001004"
            text: 路灯不亮
          - {at: +30m, by: unitHead 410803-urban, on: a, do: order.sign, with: {delegate: {name: 王五, post: "7"}}}
          - {at: +24h}
        expect: |
          a 2026-03-02 09:00:00 case.opened
        """

    @Test("is read with its steps, its people and what it expects")
    func reads() throws {
        let matter = try MatterFile.read(Self.good, name: "01-lamp.yaml")
        #expect(matter.title == "路灯不亮")
        #expect(matter.expected == ["a 2026-03-02 09:00:00 case.opened"])
        #expect(matter.steps.count == 3)
        guard case .report(let report) = matter.steps[0].act, case .command(let command) = matter.steps[1].act else {
            Issue.record("the steps are \(matter.steps)")
            return
        }
        let body = try #require(JSONSerialization.jsonObject(with: Data(report.body)) as? [String: Any])
        #expect(body["place"] as? String == "410803001004")
        #expect(body["sourceKey"] as? String == "示例-01-lamp-a")
        #expect(command.actor.role == .unitHead)
        #expect(command.actor.unit?.text == "410803-urban")
        #expect(String(decoding: command.body, as: UTF8.self) == #"{"delegate":{"name":"王五","post":"7"}}"#)
        #expect(matter.steps[2].act == .wait)
        #expect(matter.steps[2].moment == .after(.seconds(86_400)))
    }

    @Test("reads a scan of a printed code: the point, the form's fields, and whether the code is forged")
    func scan() throws {
        let step = """
              - {at: +1m, scan: b, point: "410803001004.1", act: suggest, text: 加装凸面镜, forged: true, refused: code.forged}
            expect:
            """
        let text = Self.good.replacingOccurrences(of: "expect:", with: step)
        let matter = try MatterFile.read(text, name: "01-lamp.yaml")
        guard case .scan(let scan)? = matter.steps.last?.act else {
            Issue.record("the steps are \(matter.steps)")
            return
        }
        #expect(scan.label == "b" && scan.point.description == "410803001004.1")
        #expect(scan.forged && scan.refusal == "code.forged")
        #expect(String(decoding: scan.body, as: UTF8.self) == #"{"act":"suggest","text":"加装凸面镜"}"#)
        #expect(throws: ReferenceFaults.self) {
            try MatterFile.read(text.replacingOccurrences(of: "1004.1", with: "1004"), name: "01-lamp.yaml")
        }
    }

    @Test(
        "with a fault is refused with file, line and fix",
        arguments: [
            ("    source: hotline\n", "", 4, "缺少字段「source」"),
            ("at: +24h", "at: 24 h", 10, "不是时刻"),
            ("on: a", "on: b", 9, "没有名为「b」的来件"),
            ("by: unitHead 410803-urban", "by: boss", 9, "不是角色"),
            ("at: 2026-03-02 09:00", "at: +1m", 4, "第一步要写日期时刻"),
            ("text: 路灯不亮", "text: 路灯不亮\n    colour: red", 9, "未知字段「colour」"),
        ])
    func refuses(old: String, new: String, line: Int, what: String) {
        let text = Self.good.replacingOccurrences(of: old, with: new)
        let error = #expect(throws: ReferenceFaults.self) { try MatterFile.read(text, name: "01-lamp.yaml") }
        #expect(error?.faults.contains { $0.line == line && $0.what.contains(what) } == true, "\(error as Any)")
    }

    @Test("tells a fact in one line, with the part of a second only where there is one")
    func line() throws {
        let time = try #require(Instant("2026-03-09T14:31:00+08:00"))
        #expect(MatterLine.text("a", time, "order.signed") == "a 2026-03-09 14:31:00 order.signed")
        #expect(MatterLine.text("a", time + .milliseconds(5), "x") == "a 2026-03-09 14:31:00.005 x")
    }

    @Test("shows what is missing and what was not expected, in the order of the log")
    func difference() {
        #expect(MatterLine.difference(expected: ["a", "b", "c"], found: ["a", "x", "c"]) == ["- b", "+ x"])
        #expect(MatterLine.difference(expected: ["a"], found: ["a"]).isEmpty)
    }

    @Test("has its expectation replaced when it is recorded, and nothing else")
    func records() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "matter-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: url) }
        try Data(Self.good.utf8).write(to: url)
        try MatterFile.record(["a 2026-03-02 09:00:00 case.opened", "a 2026-03-02 09:30:00 order.signed"], in: url)
        let matter = try MatterFile.read(String(contentsOf: url, encoding: .utf8), name: "01-lamp.yaml")
        #expect(matter.expected.count == 2)
        #expect(matter.steps == (try MatterFile.read(Self.good, name: "01-lamp.yaml")).steps)
    }
}

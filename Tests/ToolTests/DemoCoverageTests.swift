import Foundation
import Governance
import Testing

@testable import ToolCore

/// What the matters of `demo/` say together; that each runs as it says is tested on a real stack.
@Suite("The demo's matters")
struct DemoCoverageTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "demo")

    private static func matters() throws -> [Matter] { try MatterFile.all(in: folder).map(\.matter) }

    /// What the log must say, of all matters: `case.warned meet soon`, `order.signed`.
    private static func expected() throws -> Set<String> {
        Set(
            try matters().flatMap(\.expected).map {
                $0.split(separator: " ").dropFirst(3).joined(separator: " ")
            })
    }

    @Test("play every transition of domain.md §3.2 that is built")
    func transitions() throws {
        let types = Set(try Self.expected().compactMap { $0.split(separator: " ").first.map(String.init) })
        for row in Transitions.table {
            let missing = row.facts.filter { !types.contains($0) }
            #expect(missing.isEmpty, "no matter of demo/ has \(missing) of \(row.command.rawValue): write one")
        }
    }

    @Test("let every clock of domain.md §3.3 that is built speak, at 70 % and at due")
    func clocks() throws {
        let said = try Self.expected()
        for rule in ClockRule.allCases {
            for point in CaseClock.Point.allCases {
                let word = "\(rule.rawValue) \(point.rawValue)"
                #expect(said.contains("case.warned \(word)"), "no matter of demo/ lets \(word) pass: write one")
            }
        }
    }

    @Test("end: every case is struck off, answered, redirected or withdrawn, and nothing is done after that")
    func ends() throws {
        let ends: Set = [
            "case.struck_off", "report.answered", "report.redirected", "case.withdrawn", "suggestion.published",
        ]
        let begins: Set = ["case.opened", "order.issued", "case.revived", "revisit.reopened", "suggestion.received"]
        for matter in try Self.matters() {
            #expect(!matter.expected.isEmpty, "\(matter.name) expects nothing: record it")
            var last: [Substring: String] = [:]
            for line in matter.expected.map({ $0.split(separator: " ") }) where line.count > 3 {
                let type = String(line[3])
                if ends.contains(type) || begins.contains(type) { last[line[0]] = type }
            }
            for (label, type) in last {
                #expect(ends.contains(type), "\(matter.name): \(label) does not come to its end, but to \(type)")
            }
        }
    }

    @Test("show a suggestion from the scan to its measure (row 76), and a forged code that is refused")
    func scans() throws {
        #expect(
            try Self.expected().isSuperset(of: SuggestionSteps.table.map(\.fact).filter { !$0.hasSuffix("decided") }))
        let refused = try Self.matters().flatMap(\.steps).contains {
            if case .scan(let scan) = $0.act { return scan.forged && scan.refusal != nil }
            return false
        }
        #expect(refused, "no matter of demo/ scans a forged code: write one")
    }

    @Test("let devices speak: some give their place and unit (rows 25, 27), and one is not registered")
    func devices() throws {
        struct Signal: Decodable {
            var source: String
            var device: String?
            var place: String?
        }
        let signals = try Self.matters().flatMap(\.steps).compactMap { step -> Signal? in
            guard case .report(let report) = step.act else { return nil }
            return try JSONDecoder().decode(Signal.self, from: Data(report.body))
        }.filter { $0.device != nil }
        let devices = try Reference.sample.devices
        let known = signals.filter { $0.device.flatMap { devices[$0] }?.channel == $0.source }
        #expect(Set(known.filter { $0.place == nil }.map(\.source)).isSuperset(of: ["sensor", "wander"]))
        #expect(signals.contains { $0.device.flatMap { devices[$0] } == nil })
        #expect(try Self.expected().contains("alarm.cleared 21 分 0 秒"), "14:10 to 14:31 of §5")
    }

    @Test("say what is invented, and where a matter comes from")
    func invented() throws {
        for (matter, url) in try MatterFile.all(in: Self.folder) {
            let text = try String(contentsOf: url, encoding: .utf8)
            #expect(text.contains("示例") && text.contains("source: domain.md"), "\(matter.name)")
        }
    }
}

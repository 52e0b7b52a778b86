import ArgumentParser
import Contracts
import Foundation
import Governance
import Kafka
import Testing

@testable import ToolCore

@Suite("A stack's parts")
struct StackTests {
    private func folder() throws -> URL {
        let url = FileManager.default.temporaryDirectory.appending(path: "caseloop-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    @Test("Keys are made once, readable by nobody else, and stay")
    func keys() throws {
        let keys = StackKeys(data: try folder())
        try keys.ensure()
        let first = try String(contentsOfFile: keys.jwtPrivate, encoding: .utf8)
        for path in [keys.jwtPrivate, keys.receiptSecret, keys.masterKeys] {
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(path)")
        }
        try keys.ensure()
        #expect(try String(contentsOfFile: keys.jwtPrivate, encoding: .utf8) == first)
    }

    @Test("Two stacks at once get different blocks of ports")
    func ports() {
        let (one, two) = (PortBlock.firstFree(), PortBlock.firstFree())
        #expect(one.base != two.base || one.base == 0)
    }

    @Test("Only the three newest run folders stay, and one that is held stays too")
    func runFolders() throws {
        let root = try folder()
        for name in ["run-1", "run-2", "run-3"] { _ = try RunFolder.fresh(under: root, named: name) }
        try FileManager.default.removeItem(at: root.appending(path: "run-1/pid"))
        _ = try RunFolder.fresh(under: root, named: "run-4")
        let left = try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
        #expect(left == ["run-2", "run-3", "run-4"])
    }

    @Test("The case log is kept for good, the vault is compacted, inputs a month")
    func topics() {
        let plans = Dictionary(
            uniqueKeysWithValues: Topics.plans(partitions: 12, replication: 3, minInSync: 2).map { ($0.name, $0) })
        #expect(Set(plans.keys) == Set(Topic.all))
        #expect(plans[Topic.cases]?.configs["retention.ms"] == "-1")
        #expect(plans[Topic.cases]?.configs["min.insync.replicas"] == "2")
        #expect(plans[Topic.vault]?.configs["cleanup.policy"] == "compact")
        #expect(plans[Topic.reports]?.configs["retention.ms"] == "2592000000")
    }

    @Test("Spans of a token's life", arguments: [("30m", 1800), ("12h", 43_200), ("7d", 604_800), ("9s", 9)])
    func spans(text: String, seconds: Int) { #expect(TokenCommand.span(text) == .seconds(seconds)) }

    @Test("What is no span is refused", arguments: ["", "h", "0h", "-1h", "12", "1w"])
    func badSpans(text: String) { #expect(TokenCommand.span(text) == nil) }

    @Test("Replicas are counted from one; the first has the service's own name")
    func replicas() throws {
        let services = ["triage", "dispatch"]
        let counts = try Replica.counts("triage=3, dispatch=1", of: services)
        let plan = StackPlan(
            services: services, replicas: counts, data: try folder(), partitions: 4, ports: .exactly(0), restarts: true)
        #expect(plan.processes.map(\.name) == ["triage", "triage-2", "triage-3", "dispatch"])
    }

    @Test(
        "Options that do not go together are refused before anything starts",
        arguments: [
            ["--once"], ["--replicas", "triage"], ["--replicas", "triage=0"], ["--replicas", "oracle=2"],
            ["--sample", "5"], ["--partitions", "0"], ["--port-base", "70000"], ["--services", ""],
        ])
    func options(words: [String]) {
        #expect(throws: (any Error).self) { try UpCommand.parse(words) }
    }
}

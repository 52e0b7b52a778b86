import CaseLog
import Contracts
import DispatchCore
import Foundation
import Stacks
import SupervisionCore
import Testing
import TriageCore

@testable import ToolCore

extension FaultTests {
    @Test(
        "The stores of a decider, removed in the middle of a replay, are folded again from the log",
        .timeLimit(.minutes(15)))
    func lostStores() async throws {
        var dice = Dice(FaultPlan.seed &+ 7)
        let stack = try await FaultStack.start(.init(count: 400, rate: 25, seed: FaultPlan.seed &+ 7))
        let losers: [(ServiceName, [String])] = [
            // No device speaks in a replay, and nobody mediates.
            (.triage, TriageDecider.schema.tables.filter { $0 != "triage_alarm" }),
            (.dispatch, DispatchDecider.schema.tables.filter { $0 != "dispatch_panel" }),
            (.supervision, SupervisionDecider.schema.tables),
        ]
        let moments = losers.map { _ in dice.moment(0.4...0.8) }.sorted()
        var before: [ServiceName: [String: Int]] = [:]
        for ((service, tables), moment) in zip(losers, moments) {
            try await stack.reach(moment)
            try await stack.run.until("rows in every table of \(service)") {
                try tables.allSatisfy { try TableCounts.read(stack.data, service, [$0]).values.contains { $0 > 0 } }
            }
            let hit = try await stack.strike(service.rawValue)
            for slot in try slots(stack.data, service) { try FileManager.default.removeItem(at: slot) }
            before[service] = try TableCounts.read(hit.copy, service, tables)
            try await stack.restarted(service.rawValue, after: hit.pid)
            stack.tell("stores of \(service) removed at \(hit.at)/\(stack.count)")
        }
        try await stack.played()
        try await stack.audited()
        for (service, tables) in losers {
            let after = try TableCounts.read(stack.data, service, tables)
            for table in tables {
                let (then, now) = (before[service]?[table] ?? 0, after[table] ?? 0)
                stack.tell("\(service) \(table): \(then) rows before, \(now) after; audit 0")
                #expect(then > 0 && now >= then, "\(service) \(table): \(then) before, \(now) after")
            }
        }
        try await stack.stop()
    }

    private func slots(_ data: URL, _ service: ServiceName) throws -> [URL] {
        let folder = data.appending(path: service.rawValue)
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .map { $0.appending(path: "stores") }.filter { FileManager.default.fileExists(atPath: $0.path) }
    }
}

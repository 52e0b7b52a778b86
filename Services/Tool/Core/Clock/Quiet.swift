import AsyncHTTPClient
import AuditCore
import CaseLog
import Contracts
import Foundation
import Governance
import NIOCore
import NIOHTTP1
import ServiceKit

/// Waits until a stack is at rest 静: every input decided, every round finished, nothing pending at an edge, and under a
/// steered clock every service has seen its time and every owner has found no timer left that is due. A driver publishes one
/// input, or sets the clock once, and waits for this: only then is a run exact and repeatable. It asks the services
/// (`/runtimez`), between two looks at the ends of the log that must agree; it reads no store.
struct Quiet: Sendable {
    let log: any Log
    /// Data folder of the stack.
    let data: URL

    /// - Parameter clock: the instant that a steered clock was set to; nil under the system's.
    /// - Throws: `InputFault` naming what was not at rest at the limit.
    func wait(clock: Instant? = nil, within limit: Duration = .seconds(60)) async throws {
        let deadline = ContinuousClock.now + limit
        let partitions = try await log.partitionCount(Topic.cases)
        var ends = try await LogEnds(log, partitions)
        while true {
            var behind = await behind(ends, clock)
            // What was set off meanwhile is an input like any other.
            let after = try await LogEnds(log, partitions)
            if behind.isEmpty {
                if after == ends { return }
                behind = ["records still arrive"]
            }
            ends = after
            guard ContinuousClock.now < deadline else {
                throw InputFault(
                    place: "quiet", detail: "not at rest after \(limit): \(behind.prefix(5).joined(separator: "; "))")
            }
            try await Task.sleep(for: .milliseconds(15))
        }
    }

    /// The processes of the stack that live.
    private var entries: [Endpoints.Entry] {
        ((try? Endpoints.read(data: data.path).endpoints) ?? []).filter { kill($0.pid, 0) == 0 }
    }

    /// Who has something left to do.
    private func behind(_ ends: LogEnds, _ clock: Instant?) async -> [String] {
        await withTaskGroup(of: (String, RuntimeView?).self) { group in
            for entry in entries { group.addTask { (entry.instance, await Self.view(entry)) } }
            var behind: [String] = []
            var live: [String: Set<Int32>] = [:]
            for await (name, view) in group {
                guard let view else {
                    behind.append("\(name) does not answer")
                    continue
                }
                behind += view.behind(name, clock, ends)
                if AuditedDeciders.services.contains(ServiceName(rawValue: view.service)) {
                    live[view.service, default: []].formUnion(view.partitions.map(\.partition))
                }
            }
            for (service, partitions) in live where partitions.count < ends.cases.count {
                behind.append("\(service) has \(partitions.count) of \(ends.cases.count) partitions")
            }
            return behind.sorted()
        }
    }

    private static func view(_ entry: Endpoints.Entry) async -> RuntimeView? {
        let request = HTTPClientRequest(url: "\(entry.url)/runtimez")
        guard let response = try? await HTTPClient.shared.execute(request, timeout: .seconds(5)),
            let body = try? await response.body.collect(upTo: 1 << 20)
        else { return nil }
        return try? JSONDecoder().decode(RuntimeView.self, from: Data(body.readableBytesView))
    }
}

/// Where the log ends, by partition.
struct LogEnds: Sendable, Equatable {
    var cases: [Int64] = []
    var reports: [Int64] = []
    var commands: [Int64] = []
}

extension LogEnds {
    /// Asks for all at once.
    init(_ log: any Log, _ partitions: Int32) async throws {
        async let cases = Self.ends(log, Topic.cases, partitions)
        async let reports = Self.ends(log, Topic.reports, partitions)
        async let commands = Self.ends(log, Topic.commands, partitions)
        self.init(cases: try await cases, reports: try await reports, commands: try await commands)
    }

    private static func ends(_ log: any Log, _ topic: String, _ partitions: Int32) async throws -> [Int64] {
        try await withThrowingTaskGroup(of: (Int, Int64).self) { group in
            for partition in 0..<partitions {
                group.addTask { (Int(partition), try await log.watermarks(topic, partition).high) }
            }
            var found = [Int64](repeating: 0, count: Int(partitions))
            for try await (partition, high) in group { found[partition] = high }
            return found
        }
    }
}

extension RuntimeView {
    /// What is left to do; `clock`: where a steered clock stands.
    func behind(_ name: String, _ clock: Instant?, _ ends: LogEnds) -> [String] {
        if let clock {
            guard let own = self.clock, own.source == .steered, let now = Instant(rfc3339: own.now) else {
                return ["\(name) has no steered clock: start it with CASELOOP_CLOCK=steered"]
            }
            if now < clock { return ["\(name) stands at \(now)"] }
        }
        if let pending, pending > 0 { return ["\(name) has \(pending) rows to send"] }
        return partitions.filter { !$0.isDone(ends) || !$0.hasLooked(clock, ends) }.map {
            "\(name) partition \($0.partition) \($0.isDone(ends) ? "has not looked at its timers" : "is not done")"
        }
    }
}

extension RuntimeView.Partition {
    /// Every input is decided and every round finished.
    fileprivate func isDone(_ ends: LogEnds) -> Bool {
        let at = Int(partition)
        guard ends.cases.indices.contains(at), phase == "live", !hasListed else { return false }
        return cases >= ends.cases[at] && commands >= ends.commands[at]
            && (reports.map { $0 >= ends.reports[at] } ?? true)
    }

    /// No timer is due at the clock's time, of what the log holds.
    fileprivate func hasLooked(_ clock: Instant?, _ ends: LogEnds) -> Bool {
        guard let clock else { return true }
        guard let lookedAt, let lookedTo else { return false }
        return lookedAt >= clock.milliseconds && lookedTo >= ends.cases[Int(partition)]
    }
}

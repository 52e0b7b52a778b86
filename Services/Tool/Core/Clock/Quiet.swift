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
/// input, or sets the clock once, and waits for this: only then is a run exact and repeatable.
struct Quiet: Sendable {
    let log: any Log
    /// Data folder of the stack.
    let data: URL

    /// - Parameter clock: the instant that a steered clock was set to; nil under the system's.
    /// - Throws: `InputFault` naming what was not at rest at the limit.
    func wait(clock: Instant? = nil, within limit: Duration = .seconds(60)) async throws {
        let deadline = ContinuousClock.now + limit
        let partitions = try await log.partitionCount(Topic.cases)
        while true {
            let services = entries
            let names = Set(services.map { ServiceName(rawValue: $0.service) })
            var wait = AuditWait(
                log: log, partitions: partitions, data: data, only: names, pause: .milliseconds(30))
            let left = max(deadline - .now, .zero)
            var behind = try await wait.settle(within: left) { _ in }
            if behind.isEmpty {
                let ends = try await ends(partitions)
                behind = try await late(services, clock, ends)
                // What a timer set off meanwhile is an input like any other.
                if behind.isEmpty, try await self.ends(partitions) == ends { return }
            }
            guard ContinuousClock.now < deadline else {
                throw InputFault(
                    place: "quiet", detail: "not at rest after \(limit): \(behind.prefix(5).joined(separator: "; "))")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// The processes of the stack that live.
    private var entries: [Endpoints.Entry] {
        ((try? Endpoints.read(data: data.path).endpoints) ?? []).filter { kill($0.pid, 0) == 0 }
    }

    private func ends(_ partitions: Int32) async throws -> [Int64] {
        let log = log
        return try await withThrowingTaskGroup(of: (Int, Int64).self) { group in
            for partition in 0..<partitions {
                group.addTask { (Int(partition), try await log.watermarks(Topic.cases, partition).high) }
            }
            var found = [Int64](repeating: 0, count: Int(partitions))
            for try await (partition, high) in group { found[partition] = high }
            return found
        }
    }

    /// Who has not seen the time yet, or has not looked at its timers since.
    private func late(_ services: [Endpoints.Entry], _ clock: Instant?, _ ends: [Int64]) async throws -> [String] {
        guard let clock else { return [] }
        var late: [String] = []
        for entry in services {
            guard let view = await view(entry) else {
                late.append("\(entry.instance) does not answer")
                continue
            }
            late += view.late(entry.instance, clock, ends)
        }
        return late
    }

    private func view(_ entry: Endpoints.Entry) async -> RuntimeView? {
        let request = HTTPClientRequest(url: "\(entry.url)/runtimez")
        guard let response = try? await HTTPClient.shared.execute(request, timeout: .seconds(5)),
            let body = try? await response.body.collect(upTo: 1 << 20)
        else { return nil }
        return try? JSONDecoder().decode(RuntimeView.self, from: Data(body.readableBytesView))
    }
}

extension RuntimeView {
    /// What has not caught up with a steered clock; `ends`: of `cases`, by partition.
    func late(_ name: String, _ instant: Instant, _ ends: [Int64]) -> [String] {
        guard let clock, clock.source == .steered, let now = Instant(rfc3339: clock.now) else {
            return ["\(name) has no steered clock: start it with CASELOOP_CLOCK=steered"]
        }
        if now < instant { return ["\(name) stands at \(now)"] }
        return partitions.filter { one in
            guard one.phase == "live", let at = one.lookedAt, let to = one.lookedTo,
                ends.indices.contains(Int(one.partition))
            else { return true }
            return at < instant.milliseconds || to < ends[Int(one.partition)]
        }.map { "\(name) partition \($0.partition) has not looked at its timers" }
    }
}

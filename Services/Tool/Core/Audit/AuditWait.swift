public import CaseLog
public import Contracts
public import Foundation
import Governance

/// Waits until every input is decided and every round finished. A decider's store tells exactly; where its folder is not
/// at hand the log tells of inputs, and what a decider passes over in silence is given time by a quiet of two seconds.
public struct AuditWait {
    let log: any Log
    let partitions: Int32
    let data: URL?
    private let asked: [(service: ServiceName, takesReports: Bool)]
    private let pause: Duration
    private var scans: [Int32: AnswerScan] = [:]

    /// Over a log, and the data folder of the stack where it is at hand.
    /// - Parameters:
    ///   - only: the deciders that run; nil = all there are.
    ///   - pause: between two looks.
    public init(
        log: any Log, partitions: Int32, data: URL?, only: Set<ServiceName>? = nil,
        pause: Duration = .milliseconds(150)
    ) {
        self.log = log
        self.partitions = partitions
        self.data = data
        self.pause = pause
        asked = AuditedDeciders.all.map { ($0.service, $0.takesReports) }.filter { only?.contains($0.0) ?? true }
    }

    /// - Returns: what is still not at rest when the time is up; nothing when all is.
    public mutating func settle(within limit: Duration, _ note: (String) -> Void) async throws -> [String] {
        let deadline = ContinuousClock.now + limit
        var before: [LogPlace] = []
        var since = ContinuousClock.now
        var told = ContinuousClock.now
        while true {
            let ends = try await ends()
            if ends != before { since = .now }
            // A crossing command may leave one partition while another was just found at rest: look twice.
            let twice = ends == before
            before = ends
            let (behind, exact) = try await behind(ends)
            if behind.isEmpty, twice, exact || ContinuousClock.now - since >= .seconds(2) {
                if try pending() == 0 { return [] }
                // A row that never leaves its edge is a finding, not a reason to give up.
                if ContinuousClock.now >= deadline { return [] }
            }
            guard ContinuousClock.now < deadline else { return behind.isEmpty ? ["records still arrive"] : behind }
            if ContinuousClock.now - told >= .seconds(5), let first = behind.first {
                note("waits for \(first)")
                told = .now
            }
            try await Task.sleep(for: pause)
        }
    }

    private func pending() throws -> Int {
        try data.map { try EdgeFiles.rows($0).count { $0.state == "pending" } } ?? 0
    }

    private func ends() async throws -> [LogPlace] {
        let log = log
        // All at once: one after the other, three dozen questions take a second and more.
        return try await withThrowingTaskGroup(of: LogPlace.self) { group in
            for partition in 0..<partitions {
                for topic in Topic.partitioned {
                    group.addTask { LogPlace(topic, partition, try await log.watermarks(topic, partition).high) }
                }
            }
            var found: [LogPlace] = []
            for try await place in group { found.append(place) }
            return found.sorted { ($0.topic, $0.partition) < ($1.topic, $1.partition) }
        }
    }

    private mutating func behind(_ ends: [LogPlace]) async throws -> (behind: [String], exact: Bool) {
        var (found, exact): ([String], Bool) = ([], true)
        let marks = Dictionary(uniqueKeysWithValues: ends.map { ("\($0.topic)/\($0.partition)", $0.offset) })
        for (service, takesReports) in asked {
            let stores = data.map { StoreFiles.states($0, service) } ?? [:]
            for partition in 0..<partitions {
                func end(_ topic: String) -> Int64 { marks["\(topic)/\(partition)"] ?? 0 }
                guard Topic.partitioned.contains(where: { end($0) > 0 }) else { continue }
                if let state = stores[partition] {
                    if state.cursor < end(Topic.cases) || state.todo > 0 || state.commands < end(Topic.commands)
                        || (takesReports && state.reports < end(Topic.reports))
                    {
                        found.append("\(service) partition \(partition)")
                    }
                    continue
                }
                exact = false
                var scan = scans[partition] ?? AnswerScan(partition: partition)
                let open = try await scan.unanswered(service, takesReports: takesReports, log)
                scans[partition] = scan
                if open > 0 { found.append("\(service) partition \(partition): \(open) inputs without an answer") }
            }
        }
        return (found, exact)
    }
}

/// Which inputs of one partition have an answer, from the log alone: those before the newest `ce_upto` that counts, and
/// those whose cause a record that counts has.
struct AnswerScan {
    let partition: Int32
    private var position = LogTail.Position()
    private var upto: [ServiceName: InputPositions] = [:]
    private var answered: Set<UUID> = []

    init(partition: Int32) { self.partition = partition }

    mutating func unanswered(_ service: ServiceName, takesReports: Bool, _ log: any Log) async throws -> Int {
        try await follow(log)
        let from = upto[service] ?? InputPositions()
        var open = try await unanswered(Topic.commands, from: from.commands, log) { message in
            guard let to = message[HeaderName.to].map(ServiceName.init(rawValue:)) else { return takesReports }
            return to == service || (takesReports && !ServiceName.deciders.contains(to))
        }
        if takesReports { open += try await unanswered(Topic.reports, from: from.reports, log) { _ in true } }
        return open
    }

    private mutating func follow(_ log: any Log) async throws {
        let ends = try await log.watermarks(Topic.cases, partition)
        position.cursor = max(position.cursor, ends.low)
        while position.cursor < ends.high {
            let entries = try await log.read(Topic.cases, partition, from: position.cursor, max: 2000)
            guard !entries.isEmpty else { break }
            for record in position.take(entries, partition: partition) {
                if record.headers.kind != .claim { upto[record.headers.owner.service] = record.headers.upto }
                if let cause = record.headers.cause { answered.insert(cause) }
            }
        }
    }

    private func unanswered(
        _ topic: String, from: Int64, _ log: any Log, where mine: (Message) -> Bool
    ) async throws -> Int {
        let ends = try await log.watermarks(topic, partition)
        var at = max(from, ends.low)
        var open = 0
        while at < ends.high {
            let entries = try await log.read(topic, partition, from: at, max: 2000)
            guard let last = entries.last else { return open + 1 }
            for entry in entries where mine(entry.message) {
                let input = AuditInput(entry, topic: topic, partition: partition)
                if !input.isRetry, !answered.contains(input.id) { open += 1 }
            }
            at = last.offset + 1
        }
        return open
    }
}

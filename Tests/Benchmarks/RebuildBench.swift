import CaseLog
import ConsoleCore
import Contracts
import DispatchCore
import Foundation
import Governance
import Logging
import TriageCore

/// A lost store folded from the log, on one core: Triage and Dispatch decide so many appeals on a log in memory, then
/// each service begins with an empty file. A restart with the file whole is measured beside it.
enum RebuildBench {
    static var appeals: Int {
        ProcessInfo.processInfo.environment["BENCH_APPEALS"].flatMap { Int($0) } ?? 3_000
    }

    static func run() async throws {
        let reference = try Reference.sample
        let log = MemoryLog(partitions: 1)
        let triage = TriageDecider(reference: reference)
        let dispatch = DispatchDecider(reference: reference)
        try await withScratch { folder in
            Bench.progress("\(appeals) appeals are being decided on")
            let decided = try await seconds { try await decide(triage, dispatch, log, folder) }
            let facts = try count(log)
            print(
                "Rebuild of a lost store: \(appeals) appeals, \(facts) facts, one partition on a log in memory, one core"
            )
            print(
                String(
                    format: "deciding them all took %.1f s: %.0f appeals/s through triage and dispatch", decided,
                    Double(appeals) / decided))
            print("             facts/s   µs a fact   seconds    restart, file whole")
            try await report("triage", facts) { try await owner(triage, log, folder) }
            try await report("dispatch", facts) { try await owner(dispatch, log, folder) }
            try await report("console", facts) { try await console(reference, log, folder) }
            print("")
        }
    }

    /// The second time the file is there.
    private static func report(_ name: String, _ facts: Int, _ rebuild: () async throws -> Double) async throws {
        let took = try await rebuild()
        let restart = try await rebuild()
        print(
            name.padding(toLength: 10, withPad: " ", startingAt: 0)
                + String(
                    format: "%10.0f   %9.1f   %7.2f    %.3f s", Double(facts) / took, took * 1e6 / Double(facts), took,
                    restart))
    }

    private static func count(_ log: MemoryLog) throws -> Int {
        try log.entries(Topic.cases, 0).reduce(0) { sum, entry in
            let elements = try CaseRecord(entry, partition: 0)?.elements() ?? []
            return sum + elements.count { !RuntimeType.all.contains($0.type) }
        }
    }

    private static func ports(_ log: MemoryLog) -> OwnerPorts {
        OwnerPorts(
            log: log, time: SystemTime(), token: { UUID().uuidString.lowercased() }, stillMember: { _ in true })
    }

    /// Publishes the appeals and lets both services decide until nothing is left.
    private static func decide(
        _ triage: TriageDecider, _ dispatch: DispatchDecider, _ log: MemoryLog, _ folder: URL
    ) async throws {
        for appeal in try Inputs.appeals(appeals) {
            let message = try InputEnvelope(
                report: appeal.id, Report(appeal), key: appeal.home.text, source: .intake, time: appeal.receivedAt
            ).message()
            _ = await log.publish([LogOut(topic: Topic.reports, partition: 0, message: message)])
        }
        try await drain(triage, log, folder.appending(path: "decide-triage.sqlite"))
        try await drain(dispatch, log, folder.appending(path: "decide-dispatch.sqlite"))
    }

    private static func drain<D: Decider>(_ decider: D, _ log: MemoryLog, _ file: URL) async throws {
        let store = try PartitionStore<D>(path: file.path, partition: 0)
        let owner = PartitionOwner(decider, store: store, partitions: 1, ports: ports(log))
        while true {
            switch await owner.step(.generous) {
            case .worked: continue
            case .idle: if await owner.phase == .live { return }
            case .backOff(let why): throw BenchError(text: why)
            case .ended: throw BenchError(text: "\(D.service) ended: \(await owner.phase.name)")
            }
        }
    }

    /// Seconds until a new owner has read the log to its end.
    private static func owner<D: Decider>(_ decider: D, _ log: MemoryLog, _ folder: URL) async throws -> Double {
        try await seconds {
            let file = folder.appending(path: "\(D.service.rawValue).sqlite")
            let store = try PartitionStore<D>(path: file.path, partition: 0)
            let owner = PartitionOwner(decider, store: store, partitions: 1, ports: ports(log))
            while true {
                let phase = await owner.phase
                if phase != .start, phase != .read { return }
                if case .ended = await owner.step(.generous) {
                    throw BenchError(text: "\(D.service) ended: \(await owner.phase.name)")
                }
            }
        }
    }

    /// Seconds until the read model has caught up.
    private static func console(_ reference: Reference, _ log: MemoryLog, _ folder: URL) async throws -> Double {
        let folder = folder.appending(path: "console")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var logger = Logger(label: "bench")
        logger.logLevel = .critical
        let service = try await ConsoleService(
            folder: folder.path, log: log, reference: { reference }, verifier: nil, logger: logger)
        return try await seconds {
            let reading = Task { try await service.reader.run() }
            defer { reading.cancel() }
            let end = ContinuousClock.now + .seconds(300)
            while service.reader.freshness.asOf == nil {
                guard ContinuousClock.now < end else { throw BenchError(text: "console has not caught up for 300 s") }
                try await Task.sleep(for: .milliseconds(2))
            }
        }
    }
}

import AuditCore
import CaseLog
import Contracts
import Simulation

/// The audit's rules over what a run left, retention undone.
enum AuditJudge {
    /// - Returns: the rules that do not hold, and the first offenders of each.
    static func offences(_ evidence: Evidence) async -> (rules: [String], details: [String]) {
        do {
            let seals = try await seals(evidence)
            let outcome = try await examineLog(KeptLog(topics: evidence.logs), seals: seals)
            guard outcome.status != 0 else { return ([], []) }
            return (outcome.failed.map { "audit: \($0)" }, outcome.rules.flatMap(\.first) + [outcome.problem ?? ""])
        } catch { return (["audit: cannot be made"], ["\(error)"]) }
    }

    /// The seal of the middle of the run: whatever came after it, the log must hold it.
    private static func seals(_ evidence: Evidence) async throws -> [SealFile] {
        guard !evidence.remembered.isEmpty else { return [] }
        let middle = KeptLog(topics: [Topic.cases: evidence.remembered])
        return [SealFile(name: "the middle of the run", seal: try await examineChain(middle).seal)]
    }
}

/// Everything that was ever in the topics, to be read from their start.
private struct KeptLog: Log {
    let topics: [String: [[LogEntry]]]

    func publish(_ batch: [LogOut]) async -> [Result<Int64, LogFault>] {
        batch.map { _ in .failure(LogFault(.stop, "this log is only read")) }
    }

    func read(
        _ topic: String, _ partition: Int32, from offset: Int64, max: Int
    ) async throws(LogFault) -> [LogEntry] {
        let all = try entries(topic, partition)
        guard offset >= 0, offset <= Int64(all.count) else { throw LogFault(.rebuild, "no offset \(offset)") }
        return Array(all.dropFirst(Int(offset)).prefix(max))
    }

    func watermarks(_ topic: String, _ partition: Int32) async throws(LogFault) -> Watermarks {
        Watermarks(low: 0, high: Int64(try entries(topic, partition).count))
    }

    func partitionCount(_ topic: String) async throws(LogFault) -> Int32 {
        guard let all = topics[topic] else { throw LogFault(.stop, "no topic \(topic)") }
        return Int32(all.count)
    }

    func wait(for places: [LogPlace], atMost limit: Duration) async {}

    private func entries(_ topic: String, _ partition: Int32) throws(LogFault) -> [LogEntry] {
        guard let all = topics[topic], all.indices.contains(Int(partition)) else {
            throw LogFault(.stop, "no partition \(topic)/\(partition)")
        }
        return all[Int(partition)]
    }
}

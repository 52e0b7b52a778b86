public import CaseLog
import Contracts
import Governance
import Vault

/// The chain of a whole log, and which seals it holds.
public struct ChainOutcome: Sendable {
    /// The log as it was read.
    public let seal: LogSeal
    /// The seals that were looked at.
    public let files: [SealFile]
    /// What some of them say and the log does not, one a file at most.
    public let differences: [SealDifference]

    /// 0 all hold, 1 one does not.
    public var status: Int32 { differences.isEmpty ? 0 : 1 }

    /// For the terminal: a line a file with its digest, to be compared with the paper's, and what differs below it.
    public var lines: [String] {
        let each = files.flatMap { file -> [String] in
            let found = differences.filter { $0.file == file.name }.map { "      \($0.what)" }
            let time = file.seal.logTime?.description ?? "-"
            return ["\(found.isEmpty ? "ok   " : "FAIL ") \(file.name)  \(time)  \(file.seal.digest.grouped)"] + found
        }
        let verdict =
            differences.isEmpty
            ? "核验通过 seals: the log holds all \(files.count)"
            : "核验不通过 seals: the log does not hold \(differences.count) of \(files.count)"
        return each + [verdict]
    }
}

/// Reads `cases` to where it ends now, computes its chain, and holds the seals against it. Nothing need be at rest: what
/// is appended meanwhile is not looked at.
/// - Parameter progress: told how many offsets of how many are read.
/// - Throws: `AuditProblem` when the log's beginning is gone or the broker falls silent; a fault of the broker.
public func examineChain(
    _ log: any Log, seals: [SealFile] = [], progress: (_ done: Int64, _ all: Int64) -> Void = { _, _ in }
) async throws -> ChainOutcome {
    var pass = try ChainPass(seals)
    var readings: [AuditReading] = []
    for partition in 0..<(try await log.partitionCount(Topic.cases)) {
        readings.append(try await AuditReading(log, Topic.cases, partition))
    }
    let all = readings.reduce(Int64(0)) { $0 + $1.end - $1.start }
    var before: Int64 = 0
    for var reading in readings {
        try pass.begin(reading.partition, at: reading.start)
        if let gone = pass.gone { throw AuditProblem(gone) }
        var writers = Writers()
        while let entries = try await reading.next() {
            for entry in entries {
                let record = CaseRecord(entry, partition: reading.partition)
                let counts = record.map { writers.accepts($0.headers) } ?? false
                try pass.take(entry, at: counts ? record?.headers.time : nil)
            }
            if let last = entries.last { progress(before + last.offset + 1 - reading.start, all) }
        }
        before += reading.end - reading.start
        pass.end(reading.partition, at: reading.end)
    }
    guard let seal = try pass.seal() else { throw AuditProblem(pass.gone ?? "the log has no chain") }
    return ChainOutcome(seal: seal, files: seals, differences: pass.differences())
}

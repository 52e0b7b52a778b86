import CaseLog
import Contracts
import Governance
import Vault

/// Grows the chain of each partition while `cases` is read, and looks at every sealed head on the way.
struct ChainPass {
    private let files: [SealFile]
    private var chain: LogChain
    /// The sealed heads that are still ahead in this partition, nearest first.
    private var ahead: ArraySlice<SealedHead> = []
    /// Those of each partition that was read, by offset.
    private var judged: [[SealedHead]] = []
    private var marks: [LogSeal.Mark] = []
    private var logTime: Instant?
    /// Where the log begins too late, and the way out: without its beginning there is no chain.
    private(set) var gone: String?

    init(_ files: [SealFile]) throws {
        self.files = files
        chain = try LogChain(topic: Topic.cases, partition: 0)
    }

    /// A partition's entries follow, the first at `start`.
    /// - Throws: `AuditProblem` when its beginning is gone and there are seals to be looked at.
    mutating func begin(_ partition: Int32, at start: Int64) throws {
        chain = try LogChain(topic: Topic.cases, partition: partition)
        if start > 0, gone == nil { gone = Self.begins(partition, at: start) }
        if let gone, !files.isEmpty { throw AuditProblem("the seals cannot be looked at: \(gone)") }
        var heads: [SealedHead] = []
        for file in files where file.seal.isWhole && file.seal.marks.indices.contains(Int(partition)) {
            let mark = file.seal.marks[Int(partition)]
            heads.append(SealedHead(file: file.name, next: mark.next, head: mark.head))
        }
        ahead = heads.sorted { $0.next < $1.next }[...]
        judged.append([])
    }

    /// The next entry; `time` is that of a record that counts.
    mutating func take(_ entry: LogEntry, at time: Instant?) throws {
        if let time { logTime = max(logTime ?? time, time) }
        guard gone == nil else { return }
        look(before: entry.offset)
        try chain.append(
            offset: entry.offset, key: entry.message.key,
            headers: entry.message.headers.map { (name: $0.name, value: $0.value) }, value: entry.message.value)
    }

    /// The partition's entries end before `end`.
    mutating func end(_ partition: Int32, at end: Int64) {
        look(before: end)
        while var head = ahead.popFirst() {
            head.standing = .beyond(end)
            judged[judged.endIndex - 1].append(head)
        }
        marks.append(LogSeal.Mark(partition: partition, next: end, head: chain.head))
    }

    /// Offsets may have gaps: a head holds from the last record before its offset on.
    private mutating func look(before offset: Int64) {
        while var head = ahead.first, head.next <= offset {
            ahead.removeFirst()
            head.standing = head.head == chain.head ? .holds : .differs
            judged[judged.endIndex - 1].append(head)
        }
    }

    /// The log as it was read; nil when its beginning is gone.
    func seal() throws -> LogSeal? { try gone == nil ? LogSeal(logTime: logTime, marks: marks) : nil }

    /// What the seals say and the log does not, one difference a file at most.
    func differences() -> [SealDifference] {
        files.compactMap { file in difference(file).map { SealDifference(file: file.name, what: $0) } }
    }

    private func difference(_ file: SealFile) -> String? {
        guard file.seal.isWhole else {
            return "the file was changed after it was written: its digest is not that of what it says"
        }
        guard file.seal.marks.count == marks.count else {
            return "was taken of a log with \(file.seal.marks.count) partitions, this one has \(marks.count)"
        }
        let bad = judged.indices.compactMap { partition -> String? in
            let heads = judged[partition]
            guard let head = heads.first(where: { $0.file == file.name && !$0.holds }) else { return nil }
            return "\(Topic.cases)/\(partition) " + head.difference(among: heads)
        }
        return bad.first.map { bad.count > 1 ? "\($0); and \(bad.count - 1) more partitions differ" : $0 }
    }

    private static func begins(_ partition: Int32, at start: Int64) -> String {
        """
        \(Topic.cases)/\(partition) begins at offset \(start), not at 0, so there is no chain. A LocalBroker keeps 5 MiB \
        a partition: take seals on a real Kafka whose \(Topic.cases) has retention.ms=-1 (`caseloop topics create` sets \
        it). There, records were deleted: restore the topic
        """
    }
}

/// A head that a seal has for one partition, and what became of it.
struct SealedHead: Equatable {
    enum Standing: Equatable {
        /// Not looked at yet, or the log has another one there.
        case differs
        case holds
        /// The log ends before it, at this offset.
        case beyond(Int64)
    }

    var file: String
    var next: Int64
    var head: ChainDigest
    var standing = Standing.differs

    var holds: Bool { standing == .holds }

    /// Where the log became another one, as closely as the heads of this partition tell.
    func difference(among heads: [SealedHead]) -> String {
        // A head that holds vouches for all before it: then it is this seal that is wrong.
        if let later = heads.first(where: { $0.holds && $0.next >= next }) {
            return "is as \(later.file) says, which reaches as far as this seal and holds: this one is of another log, "
                + "or made up"
        }
        let floor = heads.last { $0.holds }
        let start = floor.map { "\($0.next) (\($0.file))" }
        let ceiling = heads.first { !$0.holds && $0.next > (floor?.next ?? -1) } ?? self
        if case .beyond(let end) = ceiling.standing {
            return "ends at offset \(end), \(ceiling.file) was taken at \(ceiling.next): what stood there is gone"
                + (start.map { "; untouched up to \($0)" } ?? "")
        }
        return "is another log between offset \(start ?? "0") and \(ceiling.next) (\(ceiling.file))"
    }
}

/// Where the log is not what a seal says.
public struct SealDifference: Sendable, Equatable {
    /// The seal's file.
    public var file: String
    /// What differs.
    public var what: String
}

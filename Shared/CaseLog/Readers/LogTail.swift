import Contracts

/// Follows `cases` over all partitions without a group: hands on, in order within each partition, the records that
/// count. The reader keeps ``Position`` in the transaction that stores what the batch means.
public struct LogTail: Sendable {
    /// Where a reader stands in one partition.
    public struct Position: Sendable, Equatable, Codable {
        /// Next offset.
        public var cursor: Int64 = 0
        /// Identity of the record before it.
        public var before: String?
        /// The rows of writers there.
        public var writers = Writers()

        /// The start of a partition.
        public init() {}
    }

    /// What was read of one partition at once.
    public struct Batch: Sendable {
        /// The partition.
        public let partition: Int32
        /// The records that count, claims and progress among them.
        public let records: [CaseRecord]
        /// How many were void.
        public let void: Int
        /// Where the reader stands once the batch is stored.
        public let position: Position
    }

    private let log: any Log
    /// Where it stands, by partition.
    public private(set) var positions: [Int32: Position]

    /// A tail from these positions on. Partitions without one begin at 0.
    /// - Throws: ``StoreError`` when a position is not of this log, naming the way out.
    public init(_ log: any Log, from kept: [Int32: Position] = [:]) async throws {
        self.log = log
        positions = [:]
        for partition in 0..<(try await log.partitionCount(Topic.cases)) {
            let position = kept[partition] ?? Position()
            try await Self.check(log, partition, position)
            positions[partition] = position
        }
    }

    /// What there is now, at most `max` records a partition; empty when nothing is new.
    public mutating func poll(max: Int) async throws -> [Batch] {
        var batches: [Batch] = []
        for partition in positions.keys.sorted() {
            guard var position = positions[partition] else { continue }
            let entries = try await log.read(Topic.cases, partition, from: position.cursor, max: max)
            guard !entries.isEmpty else { continue }
            let records = position.take(entries, partition: partition)
            positions[partition] = position
            batches.append(
                Batch(
                    partition: partition, records: records, void: entries.count - records.count, position: position))
        }
        return batches
    }

    /// Returns when something may be new, at the latest after `limit`.
    public func wait(atMost limit: Duration) async {
        await log.wait(for: positions.map { LogPlace(Topic.cases, $0.key, $0.value.cursor) }, atMost: limit)
    }

    /// How many records lie ahead, by partition.
    public func lag() async throws -> [Int32: Int64] {
        try await withThrowingTaskGroup(of: (Int32, Int64).self) { group in
            for (partition, position) in positions {
                group.addTask { [log] in
                    (partition, try await log.watermarks(Topic.cases, partition).high - position.cursor)
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    private static func check(_ log: any Log, _ partition: Int32, _ position: Position) async throws {
        let ends = try await log.watermarks(Topic.cases, partition)
        if position.cursor < ends.low {
            throw StoreError(
                .hole,
                "\(Topic.cases)/\(partition) begins at offset \(ends.low), offset \(position.cursor) is needed: "
                    + "facts are missing for good")
        }
        let other = StoreError(
            .otherLog,
            "the store stands at offset \(position.cursor) of another \(Topic.cases)/\(partition): connect "
                + "to the right cluster, or delete the store; it is rebuilt from this log")
        guard position.cursor <= ends.high else { throw other }
        guard position.cursor > ends.low, let before = position.before else { return }
        for _ in 0..<50 {
            if let entry = try await log.read(Topic.cases, partition, from: position.cursor - 1, max: 1).first {
                guard CaseRecord.identity(entry) == before else { throw other }
                return
            }
            await log.wait(for: [LogPlace(Topic.cases, partition, position.cursor - 1)], atMost: .milliseconds(200))
        }
        throw LogFault(
            .retry, "the broker does not hand over \(Topic.cases)/\(partition) offset \(position.cursor - 1)")
    }
}

extension LogTail.Position {
    /// Moves past these entries.
    /// - Returns: those that count.
    public mutating func take(_ entries: [LogEntry], partition: Int32) -> [CaseRecord] {
        var counted: [CaseRecord] = []
        for entry in entries {
            if let record = CaseRecord(entry, partition: partition), writers.accepts(record.headers) {
                counted.append(record)
            }
        }
        if let last = entries.last {
            cursor = last.offset + 1
            before = CaseRecord.identity(last)
        }
        return counted
    }
}

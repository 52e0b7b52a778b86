import CaseLog
import Contracts

/// Reads one partition from its beginning to where it ended when the reading began.
struct AuditReading {
    let log: any Log
    let topic: String
    let partition: Int32
    /// The offset of the first entry that is kept.
    let start: Int64
    /// The offset after the last entry.
    let end: Int64
    private var position: Int64

    /// How long the broker may be silent.
    private static let patience = Duration.seconds(10)

    init(_ log: any Log, _ topic: String, _ partition: Int32) async throws {
        self.log = log
        self.topic = topic
        self.partition = partition
        let ends = try await log.watermarks(topic, partition)
        (start, position, end) = (ends.low, ends.low, ends.high)
    }

    /// How many partitions a topic has; nil when there is no such topic.
    static func partitions(_ log: any Log, _ topic: String) async throws -> Int32? {
        do { return try await log.partitionCount(topic) } catch {
            guard error.remedy == .stop else { throw error }
            return nil
        }
    }

    /// The next entries; nil at the end.
    mutating func next() async throws -> [LogEntry]? {
        // What compaction took from the end of `vault` never comes.
        let deadline = ContinuousClock.now + (topic == Topic.vault ? .seconds(1) : Self.patience)
        while position < end {
            let entries = try await log.read(topic, partition, from: position, max: 2000).filter { $0.offset < end }
            if let last = entries.last {
                position = last.offset + 1
                return entries
            }
            guard ContinuousClock.now < deadline else {
                if topic == Topic.vault { break }
                throw AuditProblem("the broker does not hand over \(topic)/\(partition) offset \(position) of \(end)")
            }
            await log.wait(for: [LogPlace(topic, partition, position)], atMost: .milliseconds(200))
        }
        await log.release(topic, partition)
        return nil
    }
}

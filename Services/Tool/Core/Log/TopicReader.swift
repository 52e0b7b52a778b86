import CaseLog
import Contracts
import Foundation
import Kafka

/// Reads topics from their beginning to where they end now.
struct TopicReader: Sendable {
    let settings: KafkaSettings

    /// Reads one topic, partition after partition, in the order of each.
    /// - Parameter only: one partition; nil = all.
    /// - Throws: `InputFault` when the broker does not hand over what it says it has; `KafkaError`.
    func read(
        _ topic: String, only: Int32? = nil, _ body: (ConsumedRecord) throws -> Void
    ) async throws {
        let reader = try Reader(settings: settings)
        do {
            for partition in try await partitions(topic) where only == nil || only == partition {
                try await read(topic, partition, reader, body)
            }
            await reader.close()
        } catch {
            await reader.close()
            throw error
        }
    }

    /// How many partitions a topic has.
    func partitions(_ topic: String) async throws -> Range<Int32> {
        let admin = try Admin(settings: settings)
        let topics = try await admin.topics()
        await admin.close()
        guard let count = topics[topic] else {
            throw InputFault(
                place: settings.bootstrapServers,
                detail: "has no topic \(topic): make them with `caseloop topics create`")
        }
        return 0..<Int32(count)
    }

    private func read(
        _ topic: String, _ partition: Int32, _ reader: Reader, _ body: (ConsumedRecord) throws -> Void
    ) async throws {
        let admin = try Admin(settings: settings)
        let marks = try await admin.watermarks(topic, partition)
        await admin.close()
        guard marks.high > marks.low else { return }
        let source = try await reader.open(topic, partition, from: .beginning)
        var silent = ContinuousClock.now + .seconds(10)
        while source.position < marks.high {
            let records = try source.poll(max: 1000)
            for record in records where record.offset < marks.high { try body(record) }
            if !records.isEmpty { silent = ContinuousClock.now + .seconds(10) }
            guard ContinuousClock.now < silent else {
                // A compacted end leaves no record at the last offsets.
                if topic == Topic.vault { break }
                throw InputFault(
                    place: "\(topic)/\(partition)",
                    detail: "stops at offset \(source.position) of \(marks.high): is the broker well?")
            }
            if records.isEmpty { await source.wait(until: min(silent, .now + .milliseconds(200))) }
        }
        await reader.close(source)
    }
}

extension Message {
    /// A record as the wire form sees it.
    init(_ record: ConsumedRecord) {
        self.init(
            key: record.key, value: record.value, headers: record.headers.map { Contracts.Header($0.name, $0.value) })
    }
}

/// Hands on the records of `cases` that count; one per run, because it keeps the writers of each partition.
struct CountingReader {
    private var writers: [Int32: Writers] = [:]
    /// How many were void.
    private(set) var void = 0

    /// The record, if it counts.
    mutating func take(_ record: ConsumedRecord) -> CaseRecord? {
        let entry = LogEntry(offset: record.offset, message: Message(record))
        guard let found = CaseRecord(entry, partition: record.partition),
            writers[record.partition, default: Writers()].accepts(found.headers)
        else {
            void += 1
            return nil
        }
        return found
    }
}

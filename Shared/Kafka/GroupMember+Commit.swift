import CRdKafka
import Synchronization

extension GroupMember {
    /// Stores positions with the group and waits for the broker's word.
    ///
    /// The broker takes it from any current member, so this shows that we still are one; it is no fence per partition.
    /// - Throws: `rejoin` (`isMembershipLost`) if we are not a member any more or the group is being shared out anew;
    ///   `wait` or `retry` if the broker could not be asked: nothing is known then.
    public func commit(_ offsets: [TopicPartition: Int64]) async throws(KafkaError) {
        guard !offsets.isEmpty else { return }
        let operation = "commit in \(group)"
        // Held until the answer is here: the queue must be gone before the client is.
        guard let raw = client.enter() else { throw .closed(operation) }
        defer { client.exit() }
        guard let asked = PendingCommit(raw, offsets) else { throw .closed(operation) }
        defer { asked.close() }
        let deadline = ContinuousClock.now + settings.requestTimeout
        while ContinuousClock.now < deadline {
            switch asked.answer(operation) {
            case .success?: return
            case .failure(let error)?: throw error
            case nil: break
            }
            if Task.isCancelled { throw .cancelled(operation) }
            await asked.signal.wait(until: deadline)
        }
        throw .timedOut(operation, after: settings.requestTimeout)
    }

    /// The positions stored with the group; partitions without one are left out.
    /// - Throws: `wait` or `retry` if the broker could not be asked.
    public func committed(
        _ partitions: [TopicPartition]
    ) async throws(KafkaError) -> [TopicPartition: Int64] {
        let operation = "committed in \(group)"
        let limit = settings.requestTimeout
        let client = client
        let result: Result<[TopicPartition: Int64], KafkaError>? = await Offload.run(within: limit + .seconds(2)) {
            client.use { raw in
                let list = PartitionList.make(partitions.map { ($0, Int64(RD_KAFKA_OFFSET_INVALID)) })
                defer { rd_kafka_topic_partition_list_destroy(list) }
                let code = rd_kafka_committed(raw, list, Int32(clamping: limit.wholeMs))
                guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { return .failure(KafkaError(code, operation)) }
                return .success(PartitionList.read(list).filter { $0.value >= 0 })
            } ?? .failure(.closed(operation))
        }
        guard let result else { throw .timedOut(operation, after: limit) }
        return try result.get()
    }
}

/// Partition lists of the library: they belong to whoever made them and are never kept.
enum PartitionList {
    static func make(
        _ offsets: some Collection<(TopicPartition, Int64)>
    ) -> UnsafeMutablePointer<rd_kafka_topic_partition_list_t>? {
        let list = rd_kafka_topic_partition_list_new(Int32(offsets.count))
        for (one, offset) in offsets {
            rd_kafka_topic_partition_list_add(list, one.topic, one.partition)?.pointee.offset = offset
        }
        return list
    }

    static func read(_ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?) -> [TopicPartition: Int64] {
        guard let list, list.pointee.cnt > 0 else { return [:] }
        var all: [TopicPartition: Int64] = [:]
        for one in UnsafeBufferPointer(start: list.pointee.elems, count: Int(list.pointee.cnt)) {
            all[TopicPartition(String(cString: one.topic), one.partition)] = one.offset
        }
        return all
    }

    /// The first error of a single partition in the list.
    static func error(
        _ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?, _ operation: String
    ) -> KafkaError? {
        guard let list, list.pointee.cnt > 0 else { return nil }
        for one in UnsafeBufferPointer(start: list.pointee.elems, count: Int(list.pointee.cnt))
        where one.err != RD_KAFKA_RESP_ERR_NO_ERROR {
            return KafkaError(one.err, "\(operation), \(String(cString: one.topic))/\(one.partition)")
        }
        return nil
    }
}

/// A commit on its way. Its answer comes on a queue of its own: the group's queue may be busy with a hand-over that
/// waits for this very commit.
private final class PendingCommit: @unchecked Sendable {  // the queue handle is thread-safe and immutable
    let signal = WakeSignal()
    private let queue: OpaquePointer

    init?(_ raw: OpaquePointer, _ offsets: [TopicPartition: Int64]) {
        guard let queue = rd_kafka_queue_new(raw) else { return nil }
        self.queue = queue
        rd_kafka_queue_cb_event_enable(
            queue,
            { _, opaque in
                guard let opaque else { return }
                Unmanaged<WakeSignal>.fromOpaque(opaque).takeUnretainedValue().raise()
            }, Unmanaged.passRetained(signal).toOpaque())
        let list = PartitionList.make(offsets.map { ($0.key, $0.value) })
        defer { rd_kafka_topic_partition_list_destroy(list) }
        rd_kafka_commit_queue(raw, list, queue, nil, nil)
    }

    func answer(_ operation: String) -> Result<Void, KafkaError>? {
        while let event = Event(polling: queue) {
            guard event.type == RD_KAFKA_EVENT_OFFSET_COMMIT else { continue }
            if let error = event.error(operation) { return .failure(error) }
            if let error = PartitionList.error(rd_kafka_event_topic_partition_list(event.raw), operation) {
                return .failure(error)
            }
            return .success(())
        }
        return nil
    }

    func close() {
        rd_kafka_queue_cb_event_enable(queue, nil, nil)
        Unmanaged.passUnretained(signal).release()
        rd_kafka_queue_destroy(queue)
    }
}

/// True for the first who asks.
final class OnceFlag: Sendable {
    private let raised = Mutex(false)

    func raise() -> Bool {
        raised.withLock { raised in
            defer { raised = true }
            return !raised
        }
    }
}

import CRdKafka
import Synchronization

/// One partition, read from an explicit position. Opened by ``Reader/open(_:_:from:signal:)``.
///
/// The library reads ahead up to a limit and then rests, so an owner that does not poll holds back nobody but itself.
public final class PartitionReader: @unchecked Sendable {  // the queue handle is used only under `state`
    struct State {
        /// nil once closed.
        var queue: QueueHandle?
        var pending: KafkaError?
        var position: Int64
        var packer = RecordPacker()
    }

    /// What is read.
    public let source: TopicPartition
    /// The offset reading started at (resolved if it was asked for as beginning or end).
    public let start: Int64
    /// The partition's end when it was opened.
    public let endAtOpen: Int64
    /// Raised when there may be records. It may be shared with other readers and raised by the owner itself.
    public let signal: WakeSignal

    private let client: Client
    private let topic: OpaquePointer
    let state: Mutex<State>

    /// Starts to fetch. Called by the reader on a thread that may block.
    init(
        _ source: TopicPartition, start: Int64, end: Int64, signal: WakeSignal, client: Client
    ) throws(KafkaError) {
        guard let topic = client.topic(source.topic), let queue = client.use({ rd_kafka_queue_new($0) }), let queue
        else { throw .closed("open \(source)") }
        self.source = source
        self.start = start
        endAtOpen = end
        self.signal = signal
        self.client = client
        self.topic = topic
        state = Mutex(State(queue: QueueHandle(raw: queue), position: start))
        // On the library's thread, under the queue's lock: only signals.
        rd_kafka_queue_cb_event_enable(
            queue,
            { _, opaque in
                guard let opaque else { return }
                Unmanaged<WakeSignal>.fromOpaque(opaque).takeUnretainedValue().raise()
            }, Unmanaged.passRetained(signal).toOpaque())
        let failed = rd_kafka_consume_start_queue(topic, source.partition, start, queue) != 0
        if failed {
            let code = rd_kafka_last_error()
            release()
            throw KafkaError(code, "open \(source)")
        }
    }

    /// The offset of the next record: one more than that of the last one polled.
    public var position: Int64 { state.withLock { $0.position } }

    /// The partition's end as of the last fetch, without asking the broker; nil before the first.
    public var lastKnownEnd: Int64? {
        client.use { raw -> Int64? in
            var low: Int64 = -1
            var high: Int64 = -1
            rd_kafka_get_watermark_offsets(raw, source.topic, source.partition, &low, &high)
            return high < 0 ? nil : high
        } ?? nil
    }

    /// Whether something was read ahead and waits to be polled.
    public var hasReadAhead: Bool { state.withLock { $0.queue.map { rd_kafka_queue_length($0.raw) > 0 } ?? false } }

    /// The records that are here now, at most `max`, in order. Never waits.
    ///
    /// - Throws: `stop` with `isHole` if the position is not in the log any more (or not yet); `retry` and `wait` for faults
    ///   the library heals by itself: go on polling. Records read before the error are returned first.
    public func poll(max: Int) throws(KafkaError) -> [ConsumedRecord] {
        let (records, error, more) = state.withLock { state in drain(&state, max) }
        // The library signals only when the queue was empty: whoever leaves something behind has to signal itself.
        if more { signal.raise() }
        if let error { throw error }
        return records
    }

    /// Waits until there may be records, until the deadline, or until the task is cancelled.
    public func wait(until deadline: ContinuousClock.Instant) async { await signal.wait(until: deadline) }

    /// Stops reading and drops what was read ahead.
    public func close() async {
        _ = await Offload.run(within: .seconds(10)) { self.closeBlocking() }
        signal.raise()
    }
}

extension PartitionReader {
    private func drain(_ state: inout State, _ max: Int) -> ([ConsumedRecord], KafkaError?, more: Bool) {
        guard let queue = state.queue?.raw else { return ([], .closed("poll \(source)"), false) }
        if let pending = state.pending {
            state.pending = nil
            return ([], pending, true)
        }
        // The length first: asking an empty queue costs a system call, and a queue of length 0 signals its next entry.
        var available = rd_kafka_queue_length(queue)
        guard available > 0, max > 0 else { return ([], nil, available > 0) }
        var records: [ConsumedRecord] = []
        records.reserveCapacity(min(available, max))
        withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<rd_kafka_message_t>?.self, capacity: 256) { buffer in
            while available > 0, records.count < max {
                let wanted = min(available, max - records.count, buffer.count)
                let got = rd_kafka_consume_batch_queue(queue, 0, buffer.baseAddress, wanted)
                guard got > 0 else { return }
                for case .some(let message) in buffer[..<got] {
                    take(message, &records, &state)
                    rd_kafka_message_destroy(message)
                }
                available = rd_kafka_queue_length(queue)
            }
        }
        let error = records.isEmpty ? state.pending : nil
        if error != nil { state.pending = nil }
        return (records, error, available > 0 || state.pending != nil)
    }

    /// One message, or the error in its place; records before an error are handed over first.
    private func take(
        _ message: UnsafeMutablePointer<rd_kafka_message_t>, _ records: inout [ConsumedRecord], _ state: inout State
    ) {
        guard message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
            // With an error set, the payload is its text.
            let error = KafkaError(
                message.pointee.err, "read \(source)",
                detail: rd_kafka_message_errstr(message).map { String(cString: $0) })
            state.pending = explained(error, state)
            return
        }
        // After a reconnect the library may hand over a record once more.
        guard message.pointee.offset >= state.position else { return }
        records.append(state.packer.record(copying: message, topic: source.topic))
        state.position = message.pointee.offset + 1
    }

    private func explained(_ error: KafkaError, _ state: borrowing State) -> KafkaError {
        guard error.isHole else { return error }
        var named = error
        named.detail =
            "offset \(state.position) of \(source) is not in the log: its records were removed, or the log is another one. "
            + error.detail
        return named
    }

    /// On a thread of our own: waits for the library's answer.
    func closeBlocking() {
        client.use { _ in
            guard state.withLock({ $0.queue != nil }) else { return }
            rd_kafka_consume_stop(topic, source.partition)
            release()
        }
    }

    private func release() {
        state.withLock { state in
            guard let queue = state.queue else { return }
            state.queue = nil
            rd_kafka_queue_cb_event_enable(queue.raw, nil, nil)
            Unmanaged.passUnretained(signal).release()
            rd_kafka_queue_destroy(queue.raw)
        }
    }
}

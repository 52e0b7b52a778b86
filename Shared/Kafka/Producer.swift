import CRdKafka
public import Logging
import Synchronization

/// Writes records: idempotent, acknowledged by all in-sync replicas, in order per partition.
///
/// A fatal error of the client ends that client only: its records fail with remedy `rewind`
/// and the next `send` uses a new one.
public final class Producer: Sendable {
    struct State {
        var client: Client
        var isClosed = false
        var rebuilds = 0
    }

    private let settings: KafkaSettings
    private let logger: Logger
    private let room = Room()
    let state: Mutex<State>

    /// Opens a client; the broker need not be there yet.
    /// - Throws: `stop` if the options do not go together.
    public init(settings: KafkaSettings, logger: Logger = Logger(label: "kafka.producer")) throws(KafkaError) {
        self.settings = settings
        self.logger = logger
        state = Mutex(State(client: try Self.open(settings, room, logger)))
    }

    deinit {
        let (client, isClosed) = state.withLock { ($0.client, $0.isClosed) }
        if !isClosed { Offload.start { Self.retireBlocking(client) } }
    }

    /// How often a dead client was replaced.
    public var rebuilds: Int { state.withLock { $0.rebuilds } }

    /// Records handed over and not yet reported.
    public var inFlight: Int { state.withLock { $0.client }.use { Int(rd_kafka_outq_len($0)) } ?? 0 }

    /// Sends the records and waits for the outcome of each, in the order given.
    ///
    /// Waits while the producer is full. The order within a partition is kept among the records of one call, and of one
    /// call after the other. A failed record does not hold up those after it: whoever needs a gapless order sends again
    /// from the first one missing. If the task is cancelled, records without an outcome fail with remedy `rewind`
    /// (`isCancellation`); they may still be written.
    public func send(_ records: [ProducerRecord]) async -> [Result<Delivery, KafkaError>] {
        guard !records.isEmpty else { return [] }
        let client: Client
        do {
            client = try liveClient()
        } catch {
            return records.map { _ in .failure(error) }
        }
        let batch = Batch(count: records.count)
        var next = 0
        while next < records.count {
            let seen = room.generation
            guard !Task.isCancelled else {
                batch.reject(next..<records.count, code: RD_KAFKA_RESP_ERR__INTR.rawValue)
                break
            }
            next = Self.enqueue(records, from: next, batch, client)
            if next < records.count { await room.wait(after: seen) }
        }
        await batch.wait()
        return batch.results(isClosed: state.withLock { $0.isClosed })
    }

    /// Sends one record.
    public func send(_ record: ProducerRecord) async throws(KafkaError) -> Delivery {
        switch await send([record])[0] {
        case .success(let delivery): return delivery
        case .failure(let error): throw error
        }
    }

    /// Waits until nothing is in flight.
    /// - Returns: false if something still was at the deadline.
    @discardableResult
    public func flush(within limit: Duration) async -> Bool {
        let client = state.withLock { $0.client }
        return await Self.flush(client, within: limit)
    }

    /// Takes no more records, waits for those in flight up to the limit, fails the rest, and frees the client.
    public func close(within limit: Duration = .seconds(5)) async {
        let client = state.withLock { state -> Client? in
            defer { state.isClosed = true }
            return state.isClosed ? nil : state.client
        }
        guard let client else { return }
        await Self.retire(client, flushWithin: limit)
        room.made()
    }
}

extension Producer {
    private static func open(
        _ settings: KafkaSettings, _ room: Room, _ logger: Logger
    ) throws(KafkaError) -> Client {
        let fixed = [
            ("acks", "all"), ("enable.idempotence", "true"), ("partitioner", "murmur2_random"),
            ("message.timeout.ms", "\(settings.messageTimeout.wholeMs)"),
            ("request.timeout.ms", "\(min(settings.messageTimeout.wholeMs, settings.requestTimeout.wholeMs))"),
            ("linger.ms", "\(settings.linger.wholeMs)"),
            ("queue.buffering.max.messages", "\(settings.maxInFlightRecords)"),
            ("queue.buffering.max.kbytes", "\(max(1, settings.maxInFlightBytes >> 10))"),
        ]
        let events = RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_ERROR
        return try Client(
            .producer, settings: settings, fixed: fixed, events: events, background: true, logger: logger
        ) { event, raw in
            take(event, raw, room, logger)
        }
    }

    /// On the client's background thread.
    private static func take(_ event: consuming Event, _ raw: OpaquePointer, _ room: Room, _ logger: Logger) {
        switch event.type {
        case RD_KAFKA_EVENT_DR:
            settle(event)
            // The library counts a record as gone only when its report is freed: so first free, then wake.
            discard(event)
            room.made()
        case RD_KAFKA_EVENT_ERROR:
            if rd_kafka_event_error_is_fatal(event.raw) != 0 {
                logger.error("Kafka producer is dead, a new one takes over", metadata: ["cause": "\(event.code)"])
                rd_kafka_purge(raw, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT | RD_KAFKA_PURGE_F_NON_BLOCKING)
            } else if let error = event.error("produce") {
                logger.debug("Kafka producer", metadata: ["error": "\(error)"])
            }
        default:
            logger.debug("Kafka event not used", metadata: ["type": "\(event.type)"])
        }
    }

    private static func discard(_ event: consuming Event) {}

    private static func settle(_ event: borrowing Event) {
        withUnsafeTemporaryAllocation(of: UnsafePointer<rd_kafka_message_t>?.self, capacity: 1024) { buffer in
            guard let base = buffer.baseAddress else { return }
            while true {
                let count = rd_kafka_event_message_array(event.raw, base, buffer.count)
                guard count > 0 else { return }
                var start = 0
                while start < count {
                    guard let opaque = base[start]?.pointee._private else { start += 1; continue }
                    let batch = Batch.owner(of: opaque)
                    var end = start + 1
                    while end < count, let next = base[end]?.pointee._private,
                        Batch.owner(of: next).toOpaque() == batch.toOpaque()
                    { end += 1 }
                    batch.takeUnretainedValue().settle(.init(start: base + start, count: end - start))
                    start = end
                }
            }
        }
    }

    /// Hands records over until the library is full.
    /// - Returns: the index of the first one not taken; records refused for good count as taken.
    private static func enqueue(_ records: [ProducerRecord], from start: Int, _ batch: Batch, _ client: Client) -> Int {
        var encoder = RecordEncoder()
        var index = start
        var name = ""
        var topic: OpaquePointer?
        let used: Void? = client.use { raw in
            while index < records.count {
                if topic == nil || records[index].topic != name {
                    name = records[index].topic
                    topic = client.topic(name)
                }
                guard let topic else {
                    batch.reject(index..<(index + 1), code: RD_KAFKA_RESP_ERR__INVALID_ARG.rawValue)
                    index += 1
                    continue
                }
                let refused = encoder.produce(
                    records[index], client: raw, topic: topic, opaque: batch.opaque(index))
                if let refused {
                    let code = rd_kafka_error_code(refused)
                    rd_kafka_error_destroy(refused)
                    if code == RD_KAFKA_RESP_ERR__QUEUE_FULL { return }
                    batch.reject(index..<(index + 1), code: code.rawValue)
                }
                index += 1
            }
        }
        if used == nil {
            batch.reject(index..<records.count, code: RD_KAFKA_RESP_ERR__DESTROY.rawValue)
            index = records.count
        }
        return index
    }

    /// The client, or a new one if the old one is dead.
    private func liveClient() throws(KafkaError) -> Client {
        let (current, isClosed) = state.withLock { ($0.client, $0.isClosed) }
        guard !isClosed else { throw .closed("send") }
        guard let cause = current.fatalError else { return current }
        guard cause.remedy == .rebuild else { throw cause }
        let fresh = try Self.open(settings, room, logger)
        let replaced = state.withLock { state -> Bool in
            guard state.client === current, !state.isClosed else { return false }
            state.client = fresh
            state.rebuilds += 1
            return true
        }
        let unused = replaced ? current : fresh
        Offload.start { [unused] in Self.retireBlocking(unused) }
        return replaced ? fresh : state.withLock { $0.client }
    }

    private static func flush(_ client: Client, within limit: Duration) async -> Bool {
        let ms = Int32(clamping: limit.wholeMs)
        let done = await Offload.run(within: limit + .seconds(1)) {
            client.use { rd_kafka_flush($0, ms) == RD_KAFKA_RESP_ERR_NO_ERROR } ?? true
        }
        return done ?? false
    }

    private static func retire(_ client: Client, flushWithin limit: Duration) async {
        if await !flush(client, within: limit) {
            _ = client.use { rd_kafka_purge($0, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT) }
            _ = await flush(client, within: .seconds(2))
        }
        await client.destroy(within: .seconds(3))
    }

    private static func retireBlocking(_ client: Client) {
        _ = client.use { raw in
            rd_kafka_purge(raw, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
            rd_kafka_flush(raw, 2000)
        }
        client.destroyBlocking()
    }
}

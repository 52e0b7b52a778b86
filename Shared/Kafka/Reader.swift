import CRdKafka
public import Logging
import Synchronization

/// Reads partitions without a group, each from a position its owner names. Many owners share one client.
public final class Reader: Sendable {
    private enum Slot {
        case opening
        case open(PartitionReader)
    }

    private struct State {
        var isClosed = false
        var partitions: [TopicPartition: Slot] = [:]
    }

    private let client: Client
    private let settings: KafkaSettings
    private let state = Mutex(State())

    /// Opens a client; the broker need not be there yet.
    /// - Throws: `stop` if the options do not go together.
    public init(settings: KafkaSettings, logger: Logger = Logger(label: "kafka.reader")) throws(KafkaError) {
        self.settings = settings
        let events = RD_KAFKA_EVENT_FETCH | RD_KAFKA_EVENT_ERROR
        let fixed = Self.options(settings)
        client = try Client(
            .consumer, settings: settings, fixed: fixed, events: events, background: true, logger: logger
        ) { event, _ in
            if let error = event.error("read") { logger.debug("Kafka reader", metadata: ["error": "\(error)"]) }
        }
    }

    deinit {
        let client = client
        let open = state.withLock { Self.openReaders($0) }
        Offload.start { Self.closeBlocking(open, client) }
    }

    /// Starts to read a partition.
    ///
    /// The position is checked against the log first, so a hole is told here and not later.
    /// - Parameter signal: raised when there is something to poll; pass one signal to several readers to wait for all.
    /// - Throws: `stop` with `isHole` if the offset lies outside the log; `wait` or `retry` if no broker answers; `stop` if
    ///   the partition is open already in this reader.
    public func open(
        _ topic: String, _ partition: Int32, from start: StartOffset, signal: WakeSignal = WakeSignal()
    ) async throws(KafkaError) -> PartitionReader {
        let source = TopicPartition(topic, partition)
        try reserve(source)
        let limit = settings.requestTimeout
        let client = client
        let opened: Result<PartitionReader, KafkaError>? = await Offload.run(within: limit + .seconds(2)) {
            // Held for the whole of it, so that a close waits until this reader is either listed or gone.
            client.use { _ in
                Result { () throws(KafkaError) in
                    let marks = try Watermarks.query(client, source, within: limit)
                    let offset = try Self.resolve(start, source, marks)
                    return try PartitionReader(source, start: offset, end: marks.high, signal: signal, client: client)
                }.flatMap { self.list($0) }
            } ?? .failure(.closed("open \(source)"))
        }
        if case .success(let reader)? = opened { return reader }
        state.withLock { $0.partitions[source] = nil }
        guard case .failure(let error)? = opened else { throw .timedOut("open \(source)", after: limit) }
        throw error
    }

    /// Stops reading a partition; it may be opened again afterwards, from anywhere.
    public func close(_ reader: PartitionReader) async {
        await reader.close()
        state.withLock { $0.partitions[reader.source] = nil }
    }

    /// Stops reading everything and frees the client.
    public func close(within limit: Duration = .seconds(5)) async {
        let open = state.withLock { state in
            state.isClosed = true
            defer { state.partitions.removeAll() }
            return Self.openReaders(state)
        }
        let client = client
        _ = await Offload.run(within: limit) { Self.closeBlocking(open, client) }
        for reader in open { reader.signal.raise() }
    }
}

extension Reader {
    private static func options(_ settings: KafkaSettings) -> [(String, String)] {
        [
            ("enable.auto.commit", "false"), ("auto.commit.enable", "false"), ("enable.auto.offset.store", "false"),
            ("auto.offset.reset", "error"), ("isolation.level", "read_committed"), ("enable.partition.eof", "false"),
            ("fetch.wait.max.ms", "\(settings.fetchWait.wholeMs)"), ("fetch.error.backoff.ms", "100"),
            ("queued.min.messages", "1000000"),
            ("queued.max.messages.kbytes", "\(max(1, settings.readAheadBytes >> 10))"),
        ]
    }

    private func reserve(_ source: TopicPartition) throws(KafkaError) {
        let refusal = state.withLock { state -> KafkaError? in
            if state.isClosed { return .closed("open \(source)") }
            if state.partitions[source] != nil {
                return KafkaError(
                    code: RD_KAFKA_RESP_ERR__CONFLICT.rawValue, remedy: .stop,
                    detail: "already open in this reader; close it first", operation: "open \(source)")
            }
            state.partitions[source] = .opening
            return nil
        }
        if let refusal { throw refusal }
    }

    private func list(_ reader: PartitionReader) -> Result<PartitionReader, KafkaError> {
        let listed = state.withLock { state -> Bool in
            // The caller may have given up waiting, or the reader may be closed.
            guard !state.isClosed, case .opening? = state.partitions[reader.source] else { return false }
            state.partitions[reader.source] = .open(reader)
            return true
        }
        if listed { return .success(reader) }
        reader.closeBlocking()
        return .failure(.closed("open \(reader.source)"))
    }

    private static func resolve(
        _ start: StartOffset, _ source: TopicPartition, _ marks: Watermarks
    ) throws(KafkaError) -> Int64 {
        switch start {
        case .beginning: return marks.low
        case .end: return marks.high
        case .offset(let offset) where (marks.low...marks.high).contains(offset): return offset
        case .offset(let offset):
            let what =
                offset < marks.low
                ? "records \(offset) to \(marks.low - 1) were removed"
                : "the log ends at \(marks.high): it is another log"
            throw KafkaError(
                RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET, "open \(source)",
                detail: "offset \(offset) is not in \(source), which has \(marks.low)..<\(marks.high): \(what)")
        }
    }

    private static func openReaders(_ state: borrowing State) -> [PartitionReader] {
        state.partitions.values.compactMap { slot in
            if case .open(let reader) = slot { reader } else { nil }
        }
    }

    private static func closeBlocking(_ open: [PartitionReader], _ client: Client) {
        for reader in open { reader.closeBlocking() }
        client.destroyBlocking()
    }
}

extension Watermarks {
    /// Asks the broker, blocking.
    static func query(
        _ client: Client, _ source: TopicPartition, within limit: Duration
    ) throws(KafkaError) -> Watermarks {
        var low: Int64 = 0
        var high: Int64 = 0
        let code = client.use { raw in
            rd_kafka_query_watermark_offsets(
                raw, source.topic, source.partition, &low, &high, Int32(clamping: limit.wholeMs))
        }
        guard let code else { throw .closed("watermarks of \(source)") }
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(code, "watermarks of \(source)") }
        return Watermarks(low: low, high: high)
    }
}

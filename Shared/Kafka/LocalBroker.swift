import CRdKafka
public import Logging
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A broker for a laptop and for tests: librdkafka's mock cluster, which speaks the real wire protocol and keeps nothing
/// after it stops.
///
/// It holds at most 5 MiB or 100,000 batches per partition, then the oldest go. It knows no CreateTopics request, no static
/// membership, no compaction and no check of a producer's sequence; it creates any topic it is asked about by name
/// (with 4 partitions), so list all topics at the start.
public final class LocalBroker: @unchecked Sendable {  // calls are thread-safe in C, pointers immutable
    /// `host:port`, to be given to clients.
    public let bootstrapServers: String

    private struct State {
        var isRunning = true
        var users = 0
        var topics: [String: Int]
    }

    private let handle: OpaquePointer
    private let cluster: OpaquePointer
    private let events: Unmanaged<ClientEvents>
    private let state: Mutex<State>

    /// Starts the broker with these topics.
    /// - Throws: `stop` if a topic cannot be made, `rebuild` if the system refuses threads or sockets.
    public init(
        topics: [String: Int] = [:], logger: Logger = Logger(label: "kafka.broker")
    ) throws(KafkaError) {
        let conf = rd_kafka_conf_new()
        let events = Unmanaged.passRetained(ClientEvents(logger: logger) { _, _ in })
        rd_kafka_conf_set_opaque(conf, events.toOpaque())
        rd_kafka_conf_set_log_cb(conf) { _, _, _, _ in }
        var text = [CChar](repeating: 0, count: 512)
        // Else the second of two answers waits 40 ms for the client to acknowledge the first.
        rd_kafka_conf_set(conf, "socket.nagle.disable", "true", &text, text.count)
        guard let handle = rd_kafka_new(RD_KAFKA_PRODUCER, conf, &text, text.count) else {
            rd_kafka_conf_destroy(conf)
            events.release()
            throw KafkaError(
                code: RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE.rawValue, remedy: .rebuild, detail: String(reading: text),
                operation: "start local broker")
        }
        guard let cluster = rd_kafka_mock_cluster_new(handle, 1),
            let address = rd_kafka_mock_cluster_bootstraps(cluster)
        else {
            rd_kafka_destroy(handle)
            events.release()
            throw KafkaError(
                RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE, "start local broker", detail: "no socket to listen on")
        }
        self.handle = handle
        self.cluster = cluster
        self.events = events
        bootstrapServers = String(cString: address)
        state = Mutex(State(topics: [:]))
        for (name, partitions) in topics.sorted(by: { $0.key < $1.key }) {
            try createTopic(name, partitions: partitions)
        }
    }

    deinit { stop() }

    /// The topics it was told to make, with their partition counts.
    public var topics: [String: Int] { state.withLock { $0.topics } }

    /// Makes a topic. One that is there already with the same count is left alone.
    /// - Throws: `stop` if the count is another one or out of range.
    public func createTopic(_ name: String, partitions: Int) throws(KafkaError) {
        let operation = "create \(name)"
        if let existing = topics[name] {
            guard existing != partitions else { return }
            throw KafkaError(
                RD_KAFKA_RESP_ERR_INVALID_PARTITIONS, operation, detail: "it has \(existing) partitions already")
        }
        guard (1...10_000).contains(partitions), !name.isEmpty else {
            throw KafkaError(
                RD_KAFKA_RESP_ERR_INVALID_PARTITIONS, operation, detail: "1 to 10000 partitions, not \(partitions)")
        }
        try call(operation) { rd_kafka_mock_topic_create(cluster, name, Int32(partitions), 1) }
        state.withLock { $0.topics[name] = partitions }
    }

    /// Gives a partition its leader back, or takes it away: a partition without one can be neither read nor written.
    public func setLeader(_ topic: String, _ partition: Int32, present: Bool) throws(KafkaError) {
        try call("leader of \(topic)/\(partition)") {
            rd_kafka_mock_partition_set_leader(cluster, topic, partition, present ? 1 : -1)
        }
    }

    /// Drops all connections and takes no new ones. The records stay.
    public func brokerDown() throws(KafkaError) {
        try call("broker down") { rd_kafka_mock_broker_set_down(cluster, -1) }
    }

    /// Takes connections again, at the same port.
    public func brokerUp() throws(KafkaError) {
        try call("broker up") { rd_kafka_mock_broker_set_up(cluster, -1) }
    }

    /// Delays every answer.
    public func setRoundTrip(_ delay: Duration) throws(KafkaError) {
        try call("rtt") { rd_kafka_mock_broker_set_rtt(cluster, -1, Int32(clamping: delay.wholeMs)) }
    }

    /// The next requests of that kind fail with these codes, one each; -195 cuts the connection.
    public func pushErrors(_ request: Request, _ codes: [Int32]) throws(KafkaError) {
        try call("errors") {
            let errors = codes.map { rd_kafka_resp_err_t(rawValue: $0) }
            rd_kafka_mock_push_request_errors_array(cluster, request.rawValue, errors.count, errors)
            return RD_KAFKA_RESP_ERR_NO_ERROR
        }
    }

    /// Takes back errors not yet used.
    public func clearErrors(_ request: Request) throws(KafkaError) {
        try call("errors") {
            rd_kafka_mock_clear_request_errors(cluster, request.rawValue)
            return RD_KAFKA_RESP_ERR_NO_ERROR
        }
    }

    /// Stops the broker; all records are gone.
    public func stop() {
        let running = state.withLock { state in
            defer { state.isRunning = false }
            return state.isRunning
        }
        guard running else { return }
        while state.withLock({ $0.users > 0 }) { usleep(500) }
        rd_kafka_mock_cluster_destroy(cluster)
        rd_kafka_destroy(handle)
        events.release()
    }

    private func call(_ operation: String, _ body: () -> rd_kafka_resp_err_t) throws(KafkaError) {
        let running = state.withLock { state in
            if state.isRunning { state.users += 1 }
            return state.isRunning
        }
        guard running else { throw .closed(operation) }
        defer { state.withLock { $0.users -= 1 } }
        let code = body()
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(code, operation) }
    }
}

extension LocalBroker {
    /// The kinds of request errors can be planted in, with the protocol's numbers.
    public enum Request: Int16, CaseIterable, Sendable {
        /// Writing.
        case produce = 0
        /// Reading.
        case fetch = 1
        /// Watermarks.
        case listOffsets = 2
        /// Topics and leaders.
        case metadata = 3
        /// Positions, stored.
        case offsetCommit = 8
        /// Positions, read.
        case offsetFetch = 9
        /// Who looks after a group.
        case findCoordinator = 10
        /// Joining a group.
        case joinGroup = 11
        /// Staying in it.
        case heartbeat = 12
        /// Leaving it.
        case leaveGroup = 13
        /// Hearing who gets what.
        case syncGroup = 14
        /// The identity of an idempotent producer.
        case initProducerId = 22

        /// From the name as a line command gives it, any case.
        public init?(named name: String) {
            guard let found = Self.allCases.first(where: { "\($0)".lowercased() == name.lowercased() }) else {
                return nil
            }
            self = found
        }
    }
}

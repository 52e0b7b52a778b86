import CRdKafka
public import Logging

/// A topic to be created.
public struct TopicPlan: Sendable, Hashable {
    /// The topic's name.
    public var name: String
    /// Its partition count.
    public var partitions: Int
    /// Copies of each record; -1 = the broker's default.
    public var replication: Int
    /// The broker's settings for it, such as `retention.ms`.
    public var configs: [String: String]

    /// A plan of its parts.
    public init(name: String, partitions: Int, replication: Int = -1, configs: [String: String] = [:]) {
        self.name = name
        self.partitions = partitions
        self.replication = replication
        self.configs = configs
    }
}

/// Looks at the cluster and prepares it.
public final class Admin: Sendable {
    private let client: Client
    private let settings: KafkaSettings

    /// Opens a client; the broker need not be there yet.
    /// - Throws: `stop` if the options do not go together.
    public init(settings: KafkaSettings, logger: Logger = Logger(label: "kafka.admin")) throws(KafkaError) {
        self.settings = settings
        client = try Client(
            .producer, settings: settings, fixed: [], events: 0, background: false, logger: logger
        ) { _, _ in }
    }

    deinit {
        let client = client
        Offload.start { client.destroyBlocking() }
    }

    /// Every topic and its partition count. (LocalBroker creates what one asks about by name, so this asks for all.)
    /// - Throws: `wait` or `retry` if no broker answers.
    public func topics() async throws(KafkaError) -> [String: Int] {
        try await blocking("list topics") { client, limit throws(KafkaError) in
            var metadata: UnsafePointer<rd_kafka_metadata>?
            let code = client.use { rd_kafka_metadata($0, 1, nil, &metadata, Int32(clamping: limit.wholeMs)) }
            guard let code else { throw .closed("list topics") }
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let metadata else { throw KafkaError(code, "list topics") }
            defer { rd_kafka_metadata_destroy(metadata) }
            var found: [String: Int] = [:]
            for topic in UnsafeBufferPointer(start: metadata.pointee.topics, count: Int(metadata.pointee.topic_cnt))
            where topic.err == RD_KAFKA_RESP_ERR_NO_ERROR {
                found[String(cString: topic.topic)] = Int(topic.partition_cnt)
            }
            return found
        }
    }

    /// The first and the next offset of a partition, as the broker has them now.
    /// - Throws: `wait` or `retry` if no broker answers.
    public func watermarks(_ topic: String, _ partition: Int32) async throws(KafkaError) -> Watermarks {
        try await blocking("watermarks of \(topic)/\(partition)") { client, limit throws(KafkaError) in
            try Watermarks.query(client, TopicPartition(topic, partition), within: limit)
        }
    }

    /// The watermarks of several partitions.
    public func watermarks(
        of partitions: [TopicPartition]
    ) async throws(KafkaError) -> [TopicPartition: Watermarks] {
        try await blocking("watermarks of \(partitions.count) partitions") { client, limit throws(KafkaError) in
            var all: [TopicPartition: Watermarks] = [:]
            for one in partitions { all[one] = try Watermarks.query(client, one, within: limit) }
            return all
        }
    }

    /// Whether a broker answers within the limit.
    public func brokerAvailable(within limit: Duration = .seconds(2)) async -> Bool {
        let client = client
        let answered = await Offload.run(within: limit + .milliseconds(500)) { () -> Bool in
            var metadata: UnsafePointer<rd_kafka_metadata>?
            let code = client.use { rd_kafka_metadata($0, 0, nil, &metadata, Int32(clamping: limit.wholeMs)) }
            if let metadata { rd_kafka_metadata_destroy(metadata) }
            return code == RD_KAFKA_RESP_ERR_NO_ERROR
        }
        return answered ?? false
    }

    /// Creates the topics that do not exist. Those that do are left as they are.
    /// - Throws: `stop` if the broker refuses a plan or an existing topic has another partition count.
    public func createTopics(_ plans: [TopicPlan]) async throws(KafkaError) {
        let existing = try await topics()
        for plan in plans {
            if let count = existing[plan.name], count != plan.partitions {
                throw KafkaError(
                    code: RD_KAFKA_RESP_ERR_INVALID_PARTITIONS.rawValue, remedy: .stop,
                    detail:
                        "\(plan.name) has \(count) partitions, \(plan.partitions) are wanted; the count is fixed for good",
                    operation: "create topics")
            }
        }
        let missing = plans.filter { existing[$0.name] == nil }
        guard !missing.isEmpty else { return }
        try await blocking("create topics") { client, limit throws(KafkaError) in
            try Self.create(missing, client, limit)
        }
    }

    /// Frees the client.
    public func close(within limit: Duration = .seconds(5)) async { await client.destroy(within: limit) }
}

extension Admin {
    private func blocking<T: Sendable>(
        _ operation: String, _ body: @escaping @Sendable (Client, Duration) throws(KafkaError) -> T
    ) async throws(KafkaError) -> T {
        let limit = settings.requestTimeout
        let client = client
        // The library's own limit is not always kept (issue 4460), hence a second one.
        let result = await Offload.run(within: limit + .seconds(2)) {
            Result { () throws(KafkaError) in try body(client, limit) }
        }
        guard let result else { throw .timedOut(operation, after: limit) }
        return try result.get()
    }

    private static func create(_ plans: [TopicPlan], _ client: Client, _ limit: Duration) throws(KafkaError) {
        var wanted: [OpaquePointer?] = []
        defer { for one in wanted { rd_kafka_NewTopic_destroy(one) } }
        for plan in plans {
            var text = [CChar](repeating: 0, count: 512)
            guard
                let topic = rd_kafka_NewTopic_new(
                    plan.name, Int32(plan.partitions), Int32(plan.replication), &text, text.count)
            else {
                throw KafkaError(
                    code: RD_KAFKA_RESP_ERR__INVALID_ARG.rawValue, remedy: .stop, detail: String(reading: text),
                    operation: "create \(plan.name)")
            }
            wanted.append(topic)
            for (name, value) in plan.configs { rd_kafka_NewTopic_set_config(topic, name, value) }
        }
        let failure = client.use { raw in request(&wanted, raw, limit) }
        guard let failure else { throw .closed("create topics") }
        if let error = failure { throw error }
    }

    private static func request(_ wanted: inout [OpaquePointer?], _ raw: OpaquePointer, _ limit: Duration)
        -> KafkaError?
    {
        guard let queue = rd_kafka_queue_new(raw) else { return .closed("create topics") }
        defer { rd_kafka_queue_destroy(queue) }
        var text = [CChar](repeating: 0, count: 512)
        let options = rd_kafka_AdminOptions_new(raw, RD_KAFKA_ADMIN_OP_CREATETOPICS)
        defer { rd_kafka_AdminOptions_destroy(options) }
        let ms = Int32(clamping: limit.wholeMs)
        rd_kafka_AdminOptions_set_request_timeout(options, ms, &text, text.count)
        rd_kafka_AdminOptions_set_operation_timeout(options, ms, &text, text.count)
        rd_kafka_CreateTopics(raw, &wanted, wanted.count, options, queue)
        guard let answer = rd_kafka_queue_poll(queue, ms + 1000) else {
            return .timedOut("create topics", after: limit)
        }
        let event = Event(taking: answer)
        if var error = event.error("create topics") {
            if error.code == RD_KAFKA_RESP_ERR__TIMED_OUT.rawValue {
                error.detail += " (LocalBroker takes no such request: start it with the list of topics)"
            }
            return error
        }
        guard let result = rd_kafka_event_CreateTopics_result(event.raw) else { return nil }
        var count = 0
        guard let topics = rd_kafka_CreateTopics_result_topics(result, &count) else { return nil }
        for topic in UnsafeBufferPointer(start: topics, count: count) {
            let code = rd_kafka_topic_result_error(topic)
            if code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS { continue }
            let name = rd_kafka_topic_result_name(topic).map { String(cString: $0) } ?? ""
            return KafkaError(
                code, "create \(name)", detail: rd_kafka_topic_result_error_string(topic).map { String(cString: $0) })
        }
        return nil
    }
}

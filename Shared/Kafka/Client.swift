import CRdKafka
import Logging
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An event of the library, destroyed when it goes out of scope.
struct Event: ~Copyable {
    let raw: OpaquePointer

    /// Takes over an event.
    init(taking raw: OpaquePointer) { self.raw = raw }

    /// The next event of a queue, if there is one now.
    init?(polling queue: OpaquePointer) {
        guard let raw = rd_kafka_queue_poll(queue, 0) else { return nil }
        self.raw = raw
    }

    deinit { rd_kafka_event_destroy(raw) }

    var type: rd_kafka_event_type_t { rd_kafka_event_type(raw) }
    var code: rd_kafka_resp_err_t { rd_kafka_event_error(raw) }

    /// The error the event carries, judged.
    func error(_ operation: String) -> KafkaError? {
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        let text = rd_kafka_event_error_string(raw).map { String(cString: $0) }
        return KafkaError(code, operation, detail: text)
    }
}

/// A queue of the library.
struct QueueHandle: @unchecked Sendable {  // queues are thread-safe in C, the pointer is immutable
    let raw: OpaquePointer
}

/// What a client's background thread tells: kept alive by the client, called on a thread of librdkafka.
final class ClientEvents: Sendable {
    let logger: Logger
    let deliver: @Sendable (consuming Event, OpaquePointer) -> Void

    init(logger: Logger, deliver: @escaping @Sendable (consuming Event, OpaquePointer) -> Void) {
        self.logger = logger
        self.deliver = deliver
    }
}

/// One client of the C library. Everything it holds is freed by ``destroy(within:)``.
final class Client: @unchecked Sendable {  // the handle is thread-safe in C and immutable here; the rest is in a Mutex
    enum Kind { case producer, consumer }

    private struct State {
        var isOpen = true
        var users = 0
        var topics: [String: OpaquePointer] = [:]
    }

    private let raw: OpaquePointer
    private let events: Unmanaged<ClientEvents>
    private let state = Mutex(State())
    let logger: Logger

    /// - Parameter background: events of the main queue go to `deliver` on the client's own thread.
    init(
        _ kind: Kind, settings: KafkaSettings, fixed: [(String, String)], events mask: Int32, background: Bool,
        logger: Logger, deliver: @escaping @Sendable (consuming Event, OpaquePointer) -> Void
    ) throws(KafkaError) {
        let box = Unmanaged.passRetained(ClientEvents(logger: logger, deliver: deliver))
        let conf = try Self.makeConf(settings: settings, fixed: fixed, box: box)
        rd_kafka_conf_set_events(conf, mask)
        if background {
            rd_kafka_conf_set_background_event_cb(conf) { client, event, opaque in
                guard let client, let event, let opaque else { return }
                let events = Unmanaged<ClientEvents>.fromOpaque(opaque).takeUnretainedValue()
                events.deliver(Event(taking: event), client)
            }
        }
        var text = [CChar](repeating: 0, count: 512)
        let type = kind == .producer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER
        guard let raw = rd_kafka_new(type, conf, &text, text.count) else {
            rd_kafka_conf_destroy(conf)
            box.release()
            throw KafkaError(
                code: RD_KAFKA_RESP_ERR__INVALID_ARG.rawValue, remedy: .stop, detail: String(reading: text),
                operation: "open client")
        }
        if background, let main = rd_kafka_queue_get_main(raw), let own = rd_kafka_queue_get_background(raw) {
            rd_kafka_queue_forward(main, own)
            rd_kafka_queue_destroy(own)
            rd_kafka_queue_destroy(main)
        }
        self.raw = raw
        self.events = box
        self.logger = logger
    }

    /// Lends the handle for one synchronous call; nil when the client is closed or closing.
    func use<T>(_ body: (OpaquePointer) throws -> T) rethrows -> T? {
        guard let raw = enter() else { return nil }
        defer { exit() }
        return try body(raw)
    }

    /// Lends the handle until ``exit()``; nil when the client is closed or closing.
    func enter() -> OpaquePointer? {
        let open = state.withLock { state in
            if state.isOpen { state.users += 1 }
            return state.isOpen
        }
        return open ? raw : nil
    }

    /// Gives back what ``enter()`` lent.
    func exit() { state.withLock { $0.users -= 1 } }

    /// The handle of a topic, made once per client.
    func topic(_ name: String) -> OpaquePointer? {
        state.withLock { state in
            if let known = state.topics[name] { return known }
            guard state.isOpen, let made = rd_kafka_topic_new(raw, name, nil) else { return nil }
            state.topics[name] = made
            return made
        }
    }

    /// Why the client is dead, if it is.
    var fatalError: KafkaError? {
        use { raw -> KafkaError? in
            var text = [CChar](repeating: 0, count: 512)
            let code = rd_kafka_fatal_error(raw, &text, text.count)
            guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
            var error = KafkaError(code, "client", detail: String(reading: text))
            if error.remedy != .stop { error.remedy = .rebuild }
            return error
        } ?? nil
    }

    /// Frees the client on a thread of its own.
    ///
    /// All that was taken from it (events, queues, messages) must be freed before, or the library never returns.
    /// - Returns: false if it did not come back in time: it is left behind then, and logged.
    @discardableResult
    func destroy(within limit: Duration, flags: Int32 = 0) async -> Bool {
        let done: Bool? = await Offload.run(within: limit) { [self] in
            destroyBlocking(flags: flags)
            return true
        }
        if done == nil { logger.error("Kafka client did not close in time and is left behind") }
        return done != nil
    }

    /// As ``destroy(within:flags:)``, on this thread, which may be one of our own only.
    func destroyBlocking(flags: Int32 = 0) {
        let wasOpen = state.withLock { state in
            defer { state.isOpen = false }
            return state.isOpen
        }
        guard wasOpen else { return }
        while state.withLock({ $0.users > 0 }) { usleep(500) }
        let topics = state.withLock { state in
            defer { state.topics.removeAll() }
            return Array(state.topics.values)
        }
        for topic in topics { rd_kafka_topic_destroy(topic) }
        rd_kafka_destroy_flags(raw, flags)
        events.release()
    }
}

extension Client {
    private static func makeConf(
        settings: KafkaSettings, fixed: [(String, String)], box: Unmanaged<ClientEvents>
    ) throws(KafkaError) -> OpaquePointer? {
        let conf = rd_kafka_conf_new()
        let common = [
            ("bootstrap.servers", settings.bootstrapServers), ("client.id", settings.clientId),
            ("socket.nagle.disable", "true"), ("topic.metadata.refresh.interval.ms", "30000"),
            ("reconnect.backoff.max.ms", "2000"),
        ]
        // A later value wins: ours, then the operator's, then what safety fixes for this kind of client.
        let passed = settings.options.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        let weak = fixed.filter { KafkaSettings.fixed[$0.0] == nil }
        let strong = fixed.filter { KafkaSettings.fixed[$0.0] != nil }
        var text = [CChar](repeating: 0, count: 512)
        for (name, value) in common + weak + passed + strong
        where rd_kafka_conf_set(conf, name, value, &text, text.count) != RD_KAFKA_CONF_OK {
            rd_kafka_conf_destroy(conf)
            box.release()
            throw KafkaError(
                code: RD_KAFKA_RESP_ERR__INVALID_ARG.rawValue, remedy: .stop, detail: String(reading: text),
                operation: "set \(name)")
        }
        rd_kafka_conf_set_opaque(conf, box.toOpaque())
        rd_kafka_conf_set_log_cb(conf) { client, level, facility, text in
            guard let client, let text, let opaque = rd_kafka_opaque(client) else { return }
            let events = Unmanaged<ClientEvents>.fromOpaque(opaque).takeUnretainedValue()
            let source = facility.map { String(cString: $0) } ?? ""
            // Warnings about options that belong to another kind of client: we set them on purpose.
            let level = source == "CONFWARN" ? .debug : Logger.Level(syslog: level)
            events.logger.log(
                level: level, "librdkafka",
                metadata: ["facility": "\(source)", "text": "\(String(cString: text))"])
        }
        return conf
    }
}

extension Logger.Level {
    /// From syslog's numbers. A lost connection is news, not an error: the client connects again by itself.
    init(syslog level: Int32) {
        switch level {
        case ...2: self = .critical
        case 3, 4: self = .warning
        case 5: self = .notice
        case 6: self = .info
        default: self = .debug
        }
    }
}

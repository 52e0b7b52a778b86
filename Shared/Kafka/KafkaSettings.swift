import CRdKafka

/// How to reach the cluster and how the clients behave. A value of this type has been checked against the library.
public struct KafkaSettings: Sendable, Equatable {
    /// `host:port,host:port`
    public let bootstrapServers: String
    /// Options of librdkafka in their dotted form, passed on after the settings below and so stronger than they are.
    public let options: [String: String]
    /// The name the broker sees.
    public var clientId = "caseloop"
    /// How long a record may wait for its acknowledgement before its delivery fails and the caller sends it again.
    public var messageTimeout: Duration = .seconds(30)
    /// How long a producer collects records for a batch.
    public var linger: Duration = .milliseconds(1)
    /// Records a producer holds before `send` waits.
    public var maxInFlightRecords = 100_000
    /// Bytes a producer holds before `send` waits.
    public var maxInFlightBytes = 64 << 20
    /// How long the broker may hold back an empty fetch. LocalBroker always takes it in full, so there it is the latency.
    public var fetchWait: Duration = .milliseconds(50)
    /// Bytes read ahead per partition; at least one second's worth, since a full read-ahead rests for a second.
    public var readAheadBytes = 16 << 20
    /// How long the group waits for a member that is silent.
    public var sessionTimeout: Duration = .seconds(6)
    /// How long a hand-over may take before the group goes on without it.
    public var handOverLimit: Duration = .seconds(10)
    /// The limit of a single request: metadata, watermarks, commits.
    public var requestTimeout: Duration = .seconds(10)

    /// Where the broker is when nobody says.
    public static let standardServers = "127.0.0.1:9092"

    /// The standard server, no options.
    public init() {
        bootstrapServers = Self.standardServers
        options = [:]
    }

    /// - Throws: every fault at once: no server, options unknown to this librdkafka, options that safety fixes.
    public init(bootstrapServers: String, options: [String: String] = [:]) throws(KafkaSettingsError) {
        try self.init(servers: bootstrapServers, options: options) { $0 }
    }

    /// `name`: what a fault calls an option.
    private init(
        servers: String, options: [String: String], named name: (String) -> String
    ) throws(KafkaSettingsError) {
        let servers = servers.split(separator: ",").map(Self.trimmed).filter { !$0.isEmpty }
        var faults = Self.faults(servers: servers)
        for (option, value) in options.sorted(by: { $0.key < $1.key }) {
            if let reason = Self.fixed[option] {
                faults.append("\(name(option)): cannot be set, \(reason); remove it")
            } else if let fault = Self.check(option, value) {
                faults.append("\(name(option)): \(fault)")
            }
        }
        guard faults.isEmpty else { throw KafkaSettingsError(faults: faults) }
        bootstrapServers = servers.joined(separator: ",")
        self.options = options
    }

    private static func trimmed(_ text: Substring) -> String {
        let isBlank: (Character) -> Bool = { $0.isWhitespace }
        return String(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }

    private static func faults(servers: [String]) -> [String] {
        guard !servers.isEmpty else {
            return ["KAFKA_BOOTSTRAP_SERVERS: at least one host:port, for example \(standardServers)"]
        }
        return servers.filter { !isAddress($0) }.map { "KAFKA_BOOTSTRAP_SERVERS: \"\($0)\" is not host:port" }
    }

    /// `host:port`; librdkafka also takes a protocol before it.
    private static func isAddress(_ text: String) -> Bool {
        guard let colon = text.lastIndex(of: ":"), colon != text.startIndex, !text.contains(where: \.isWhitespace),
            let port = Int(text[text.index(after: colon)...])
        else { return false }
        return (1...65_535).contains(port)
    }

    /// Reads `KAFKA_BOOTSTRAP_SERVERS` and every `KAFKA_<OPTION>` whose dotted form librdkafka knows
    /// (`KAFKA_SECURITY_PROTOCOL` is `security.protocol`). No servers, or an empty variable: ``standardServers``.
    /// - Returns: the settings, and the variables that were ignored because no such option is known.
    public static func fromEnvironment(
        _ environment: [String: String]
    ) throws(KafkaSettingsError) -> (settings: KafkaSettings, ignored: [String]) {
        var options: [String: String] = [:]
        var ignored: [String] = []
        for (name, value) in environment where name.hasPrefix("KAFKA_") && name != "KAFKA_BOOTSTRAP_SERVERS" {
            let option = name.dropFirst(6).lowercased().split(separator: "_", omittingEmptySubsequences: false)
                .joined(separator: ".")
            if isKnown(option) || fixed[option] != nil { options[option] = value } else { ignored.append(name) }
        }
        let given = environment["KAFKA_BOOTSTRAP_SERVERS"] ?? ""
        let settings = try KafkaSettings(servers: given.isEmpty ? standardServers : given, options: options) { option in
            "KAFKA_" + option.uppercased().split(separator: ".").joined(separator: "_")
        }
        return (settings, ignored.sorted())
    }

    /// Options nobody may set, and why.
    static let fixed: [String: String] = {
        let names: [(String, [String])] = [
            ("a record counts as written only when all in-sync replicas have it", ["acks", "request.required.acks"]),
            ("without it a retry may double or reorder records", ["enable.idempotence", "enable.gapless.guarantee"]),
            (
                "positions are committed by the service itself",
                ["enable.auto.commit", "auto.commit.enable", "enable.auto.offset.store", "auto.commit.interval.ms"]
            ),
            (
                "all producers must agree on the partition of a key",
                ["partitioner", "msg_order_cmp", "partitioner_cb", "consistent_random"]
            ),
            ("a hole in the log must be refused, never skipped", ["auto.offset.reset"]),
            ("records of aborted transactions do not count", ["isolation.level"]),
            ("topics that belong together must be assigned together", ["partition.assignment.strategy"]),
            (
                "each service names its own group and member",
                ["group.id", "group.instance.id", "transactional.id", "group.protocol.type"]
            ),
            ("a topic that is missing is refused, never made in passing", ["allow.auto.create.topics"]),
            ("it is set by KAFKA_BOOTSTRAP_SERVERS", ["bootstrap.servers", "metadata.broker.list"]),
            ("it belongs to the wrapper", ["log.queue", "enable.partition.eof", "test.mock.num.brokers", "opaque"]),
        ]
        var all: [String: String] = [:]
        for (reason, options) in names { for option in options { all[option] = reason } }
        return all
    }()
}

extension KafkaSettings: CustomStringConvertible {
    /// Servers and options, secrets as `***`.
    public var description: String {
        let secret = ["password", "secret", "token", "jaas", "username", "key.pem", "sasl.oauthbearer.config"]
        let shown = options.sorted { $0.key < $1.key }.map { name, value in
            "\(name)=\(secret.contains { name.contains($0) } ? "***" : value)"
        }
        return ([bootstrapServers] + shown).joined(separator: " ")
    }
}

/// Settings that cannot be used, every fault in one line of its own.
public struct KafkaSettingsError: Error, Equatable, CustomStringConvertible {
    /// What is wrong, and what to write instead.
    public var faults: [String]
    /// All faults, one a line.
    public var description: String { faults.joined(separator: "\n") }
}

extension KafkaSettings {
    /// Whether this librdkafka knows an option of that name (and it can be given as text).
    static func isKnown(_ name: String) -> Bool {
        let conf = rd_kafka_conf_new()
        defer { rd_kafka_conf_destroy(conf) }
        return rd_kafka_conf_set(conf, name, "", nil, 0) != RD_KAFKA_CONF_UNKNOWN
    }

    private static func check(_ name: String, _ value: String) -> String? {
        let conf = rd_kafka_conf_new()
        defer { rd_kafka_conf_destroy(conf) }
        var text = [CChar](repeating: 0, count: 512)
        switch rd_kafka_conf_set(conf, name, value, &text, text.count) {
        case RD_KAFKA_CONF_OK: return nil
        case RD_KAFKA_CONF_UNKNOWN:
            let version = String(cString: rd_kafka_version_str())
            return "librdkafka \(version) has no such option; check the spelling"
        default: return String(reading: text)
        }
    }
}

extension String {
    /// The text of a C buffer up to its terminator.
    init(reading buffer: [CChar]) {
        self.init(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension Duration {
    /// Whole milliseconds, rounded up so that a short wait does not become none.
    var wholeMs: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    }
}

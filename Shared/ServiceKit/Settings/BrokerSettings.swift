/// Where Kafka is and how to reach it.
public struct BrokerSettings: Sendable, Equatable {
    /// `host:port`, at least one.
    public var bootstrapServers: [String]
    /// Options for librdkafka in its dotted form. Whether it knows them is checked where the client is made.
    public var options: [String: String]

    /// Settings for one cluster.
    public init(bootstrapServers: [String], options: [String: String] = [:]) {
        self.bootstrapServers = bootstrapServers
        self.options = options
    }

    /// What safety fixes: acknowledged by all, never doubled by a retry, positions kept by us, one place per key.
    static let fixed: Set<String> = [
        "acks", "request.required.acks", "enable.idempotence", "enable.gapless.guarantee", "enable.auto.commit",
        "auto.commit.enable", "enable.auto.offset.store", "auto.offset.reset", "partitioner", "group.id",
        "group.instance.id", "client.id", "transactional.id", "isolation.level", "partition.assignment.strategy",
        "max.in.flight", "max.in.flight.requests.per.connection", "retries", "message.send.max.retries",
        "message.timeout.ms", "delivery.timeout.ms", "enable.partition.eof", "allow.auto.create.topics",
        "metadata.broker.list", "log.queue", "test.mock.num.brokers",
    ]

    /// Reads all `KAFKA_*` variables.
    static func read(_ environment: [String: String], faults: inout [String]) -> BrokerSettings {
        let given = environment[Setting.bootstrap.name] ?? ""
        let text = given.isEmpty ? Setting.bootstrap.standard ?? "" : given
        let servers = text.split(separator: ",").map { String($0.trimmed) }
        if servers.isEmpty { faults.append("KAFKA_BOOTSTRAP_SERVERS: give at least one host:port") }
        for server in servers where !isAddress(server) {
            faults.append("KAFKA_BOOTSTRAP_SERVERS: \"\(server)\" is not host:port")
        }
        var options: [String: String] = [:]
        for (name, value) in environment.sorted(by: { $0.key < $1.key })
        where name.hasPrefix("KAFKA_") && name != Setting.bootstrap.name {
            let option = name.dropFirst("KAFKA_".count).lowercased().replacing("_", with: ".")
            if fixed.contains(option) {
                faults.append("\(name): safety fixes \(option); remove the variable")
            } else {
                options[option] = value
            }
        }
        return BrokerSettings(bootstrapServers: servers, options: options)
    }

    private static func isAddress(_ text: String) -> Bool {
        guard let colon = text.lastIndex(of: ":"), colon != text.startIndex,
            let port = Int(text[text.index(after: colon)...])
        else { return false }
        return (1...65535).contains(port) && !text.contains(where: \.isWhitespace)
    }
}

extension BrokerSettings: CustomStringConvertible {
    /// With secrets as `***`.
    public var description: String {
        let shown = options.sorted { $0.key < $1.key }
            .map { "\($0.key)=\(Secrets.isSecret($0.key) ? "***" : $0.value)" }
        return ([bootstrapServers.joined(separator: ",")] + shown).joined(separator: " ")
    }
}

/// Which values are never printed.
enum Secrets {
    static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["password", "secret", "token", "credential", "jaas", "key.pem", "key_pem", "sasl.username"]
            .contains { name.contains($0) }
    }
}

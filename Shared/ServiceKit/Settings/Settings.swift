import Configuration
public import Kafka
public import Logging

/// Everything a process is told from outside: one value, read once, never asked again after wiring.
public struct Settings: Sendable, Equatable {
    /// Where the clock's time comes from.
    public enum Clock: String, CaseIterable, Codable, Sendable {
        /// The system's clock.
        case system
        /// The records of the topic `clock`.
        case steered
    }

    /// Name of the service, `triage`.
    public var service: String
    /// Port to listen on; 0 = any free one.
    public var port: Int
    /// Address to listen on.
    public var bind: String
    /// Folder of everything this deployment keeps.
    public var data: String
    /// Folder of the photos.
    public var blobs: String
    /// Folder of the reference data; nil = the shipped sample.
    public var reference: String?
    /// Partitions of `reports`, `commands` and `cases`.
    public var partitions: Int
    /// PEM file with the public key that staff tokens are checked with.
    public var jwtPublicKey: String?
    /// Name of this replica; nil = service and slot.
    public var instance: String?
    /// From which level on log lines are written.
    public var logLevel: Logger.Level
    /// Bytes that unsent reports may take on disk.
    public var diskBudget: Int64
    /// File with the edges' secret for receipts.
    public var receiptSecret: String
    /// File with the public half of the vault's master key.
    public var sealingKey: String
    /// File with the vault's master keys.
    public var masterKeys: String
    /// File with the secret that the seeds of the on-site draws come from.
    public var drawKey: String
    /// File with the secret that signs the printed codes of points.
    public var pointSecret: String
    /// Where time comes from.
    public var clock: Clock
    /// How many reports a minute Intake takes of each source.
    public var sourceLimits: SourceLimitRule
    /// Where browsers reach other services, by name, where that does not follow from the ports: `https://…`.
    public var origins: [String: String]
    /// A decider that never decided may begin after inputs that were deleted.
    public var allowMissingInputs: Bool
    /// Where Kafka is and how its clients behave.
    public var kafka: KafkaSettings
    /// Variables that look like ours or like a broker option but are not: to be logged once.
    public var ignored: [String]

    /// Offset of each service from `CASELOOP_PORT_BASE`.
    public static let portOffsets = [
        "console": 0, "intake": 1, "triage": 2, "dispatch": 3, "supervision": 4, "revisit": 5, "feedback": 6,
    ]

    /// Reads them from an environment.
    /// - Throws: ``SettingsError`` with all faults together.
    public static func read(service: String, environment: [String: String]) throws(SettingsError) -> Settings {
        var reader = SettingsReader(environment)
        let base = reader.integer(.portBase, 0...65_529)
        let data = reader.text(.data) ?? "data"
        var kafka: (settings: KafkaSettings, ignored: [String]) = (KafkaSettings(), [])
        do { kafka = try KafkaSettings.fromEnvironment(environment) } catch { reader.faults += error.faults }
        let settings = Settings(
            service: service, port: base == 0 ? 0 : base + (portOffsets[service] ?? 0),
            bind: reader.text(.bind) ?? "127.0.0.1", data: data, blobs: reader.text(.blobs) ?? "\(data)/blobs",
            reference: reader.folder(.reference), partitions: reader.integer(.partitions, 1...1000),
            jwtPublicKey: reader.file(.publicKey), instance: reader.instance(.instance),
            logLevel: reader.choice(.logLevel) ?? .info,
            diskBudget: Int64(reader.integer(.diskBudget, 1...1_000_000)) * 1_048_576,
            receiptSecret: reader.text(.receiptSecret) ?? "\(data)/secrets/receipt.key",
            sealingKey: reader.text(.sealingKey) ?? "\(data)/secrets/sealing.pem",
            masterKeys: reader.text(.masterKeys) ?? "\(data)/secrets/master-keys",
            drawKey: reader.text(.drawKey) ?? "\(data)/secrets/draw.key",
            pointSecret: reader.text(.pointSecret) ?? "\(data)/secrets/qr.key",
            clock: reader.choice(.clock) ?? .system, sourceLimits: reader.limits(.sourceLimits),
            origins: reader.origins(["console": .consoleURL, "intake": .intakeURL]),
            allowMissingInputs: reader.yes(.allowMissingInputs), kafka: kafka.settings,
            ignored: reader.strangers + kafka.ignored)
        guard reader.faults.isEmpty else { throw SettingsError(faults: reader.faults) }
        return settings
    }
}

extension Settings: CustomStringConvertible {
    /// One line for the log at start; secrets as `***`.
    public var description: String {
        """
        service=\(service) bind=\(bind):\(port) data=\(data) reference=\(reference ?? "sample") \
        partitions=\(partitions) clock=\(clock) log=\(logLevel) kafka=[\(kafka)]
        """
    }
}

/// Settings that cannot be used, with every fault.
public struct SettingsError: Error, Equatable, CustomStringConvertible {
    /// One line each: variable, what is wrong, what it must be.
    public let faults: [String]

    /// The faults.
    public init(faults: [String]) { self.faults = faults }

    /// All of them.
    public var description: String {
        "settings: \(faults.count) fault\(faults.count == 1 ? "" : "s")\n"
            + faults.map { "  \($0)" }.joined(separator: "\n")
    }
}

import Contracts
import Foundation
import Governance
import Kafka
import ServiceKit
import Synchronization

/// What a stack is started from.
struct StackPlan: Sendable {
    /// Names of the services, each a program beside this one.
    var services: [String]
    /// How many processes of a service, where it is more than one.
    var replicas: [String: Int] = [:]
    /// Everything is kept there.
    var data: URL
    /// `host:port` of an existing cluster; nil = a LocalBroker of our own.
    var broker: String?
    /// Partitions of `reports`, `commands`, `cases`.
    var partitions: Int
    /// Ports.
    var ports: PortBlock
    /// Folder of the reference data; nil = the sample.
    var reference: String?
    /// Whether a service that died is started again.
    var restarts: Bool
    /// Where the services' clock is put before they start, and by which it is then steered; nil = the system's clock.
    var clock: Instant?
    /// How long the services may take to become ready.
    var patience: Duration = .seconds(60)

    /// Every process of every service.
    var processes: [Replica] {
        services.flatMap { service in
            (1...max(1, replicas[service] ?? 1)).map { Replica(service: service, number: $0) }
        }
    }
}

/// The processes of one stack: broker first, then the services; the other way round at the end.
actor Stack {
    let plan: StackPlan
    let output: LineOutput
    private let note: @Sendable (String) -> Void
    private var broker: Child?
    private var children: [Replica: Child] = [:]
    private var stopping = false
    private var environment: [String: String] = [:]
    private var lives: [Replica: Life] = [:]

    /// What is known of a service's process.
    private struct Life {
        var born = ContinuousClock.now
        var quickDeaths = 0
        var again: ContinuousClock.Instant?
    }

    /// A stack; `note` gets what a person should see.
    init(_ plan: StackPlan, output: LineOutput, note: @escaping @Sendable (String) -> Void) {
        self.plan = plan
        self.output = output
        self.note = note
    }

    /// Watches over the processes, starting again what died, until there is no point in going on.
    /// - Returns: why; nil when the task was cancelled.
    func supervise() async -> String? {
        while !Task.isCancelled, !stopping {
            if let status = broker?.status {
                return "the broker ended (status \(status)) and its records with it: start again"
            }
            for (replica, child) in children {
                guard let status = child.status else { continue }
                if let fault = await ended(replica, status) { return fault }
            }
            try? await Task.sleep(for: .milliseconds(50))
        }
        return nil
    }

    /// Address of the broker.
    private(set) var bootstrap = ""

    /// Starts the broker, makes keys and topics, starts the services. They are not ready yet.
    func start() async throws {
        let keys = StackKeys(data: plan.data)
        try keys.ensure()
        bootstrap = try await startBroker()
        if let clock = plan.clock { try await SteeredClock.set(clock, at: kafka()) }
        environment = variables(keys)
        try writeFiles()
        for replica in plan.processes { try await launch(replica) }
    }

    /// The broker's socket must be short: the system takes no path beyond 107 bytes.
    private var socketPath: String {
        let path = plan.data.appending(path: "broker.sock").path
        return path.utf8.count < 100 ? path : "/tmp/caseloop-\(getpid()).sock"
    }

    private func startBroker() async throws -> String {
        let counts = Topics.plans(partitions: plan.partitions, replication: 1)
        if let address = plan.broker {
            bootstrap = address
            let admin = try Admin(settings: try kafka())
            try await admin.createTopics(Topics.plans(partitions: plan.partitions, replication: -1))
            await admin.close()
            return address
        }
        let child = try await Child.start(
            "broker", program: Programs.own,
            arguments: ["broker", "--socket", socketPath] + counts.map { "\($0.name):\($0.partitions)" },
            environment: ProcessInfo.processInfo.environment, output: output)
        broker = child
        let client = LocalBrokerClient(socketPath: socketPath)
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline, child.isRunning {
            if let address = try? await client.send("bootstrap", within: .seconds(1)) {
                return address
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw InputFault(place: "broker", detail: "did not start: see \(plan.data.path)/broker.log")
    }

    /// How the tool itself reaches the broker: with the options that the services get.
    func kafka() throws -> KafkaSettings {
        var environment = ProcessInfo.processInfo.environment
        environment["KAFKA_BOOTSTRAP_SERVERS"] = bootstrap
        if plan.broker == nil {
            environment.merge(StackFile.localBroker(partitions: plan.partitions)) { _, ours in ours }
        }
        return try KafkaSettings.fromEnvironment(environment).settings
    }

    // MARK: Services

    private func variables(_ keys: StackKeys) -> [String: String] {
        var variables = keys.environment
        variables["CASELOOP_DATA"] = plan.data.path
        variables["CASELOOP_PORT_BASE"] = "\(plan.ports.base)"
        variables["CASELOOP_PARTITIONS"] = "\(plan.partitions)"
        variables["KAFKA_BOOTSTRAP_SERVERS"] = bootstrap
        if let reference = plan.reference { variables["CASELOOP_REFERENCE"] = reference }
        if plan.clock != nil { variables["CASELOOP_CLOCK"] = Settings.Clock.steered.rawValue }
        // What is played in comes faster than any real source sends.
        if ProcessInfo.processInfo.environment["CASELOOP_SOURCE_LIMITS"] == nil {
            variables["CASELOOP_SOURCE_LIMITS"] = "off"
        }
        guard plan.broker == nil else { return variables }
        variables.merge(StackFile.localBroker(partitions: plan.partitions)) { _, ours in ours }
        // It keeps 5 MiB a partition and then drops the oldest, which no decider survives: packed, thousands of reports fit.
        if ProcessInfo.processInfo.environment["KAFKA_COMPRESSION_TYPE"] == nil {
            variables["KAFKA_COMPRESSION_TYPE"] = "lz4"
        }
        return variables
    }

    private func environment(of replica: Replica) -> [String: String] {
        var all = ProcessInfo.processInfo.environment
        all["CASELOOP_INSTANCE"] = nil
        all.merge(environment) { _, ours in ours }
        // Only who shows personal data may open the vault.
        if replica.service != ServiceName.console.rawValue { all["CASELOOP_MASTER_KEYS_FILE"] = nil }
        // A service's port is the first replica's; the others take any free one and tell it in endpoints.json.
        if replica.number > 1 { all["CASELOOP_PORT_BASE"] = "0" }
        // Who knew the seeds would know the draws.
        if replica.service != ServiceName.revisit.rawValue { all["CASELOOP_DRAW_KEY_FILE"] = nil }
        return all
    }

    private func launch(_ replica: Replica) async throws {
        let child = try await Child.start(
            replica.name, program: Programs.folder.appending(path: replica.service),
            environment: environment(of: replica), output: output)
        children[replica] = child
        lives[replica] = Life(quickDeaths: lives[replica]?.quickDeaths ?? 0)
        writePids()
    }

    /// Starts a process again a second after its end.
    /// - Returns: why that would be of no use.
    private func ended(_ replica: Replica, _ status: Int32) async -> String? {
        var life = lives[replica] ?? Life()
        if let again = life.again {
            guard ContinuousClock.now >= again, !stopping else { return nil }
            do { try await launch(replica) } catch { return "\(error)" }
            return nil
        }
        life.quickDeaths = ContinuousClock.now - life.born < .seconds(5) ? life.quickDeaths + 1 : 0
        life.again = .now + .seconds(1)
        lives[replica] = life
        let what = "\(replica.name) ended with status \(status) (\(Self.meaning(status)))"
        // The settings will be as wrong the next time.
        let hopeless = [64, 78, 126, 127].contains(status) || life.quickDeaths >= 5
        guard plan.restarts, !hopeless else { return "\(what): see \(plan.data.path)/\(replica.name).log" }
        note("\(what), starting it again in 1 s")
        return nil
    }

    private static func meaning(_ status: Int32) -> String {
        switch status {
        case 0: "ended by itself"
        case 78: "bad settings"
        case 127: "no such program"
        case 129...: "signal \(status - 128)"
        default: "failed"
        }
    }

    // MARK: Files

    private func writePids() {
        var pids = Dictionary(uniqueKeysWithValues: children.map { ($0.name, $1.pid) })
        if let broker { pids["broker"] = broker.pid }
        pids["up"] = getpid()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try? encoder.encode(pids).write(to: plan.data.appending(path: "pids.json"), options: .atomic)
    }

    /// `env` starts a service by hand in this stack: `set -a; . DATA/env; exec .build/release/triage`.
    private func writeFiles() throws {
        let lines = environment.sorted { $0.key < $1.key }.map { name, value in
            "\(name)='\(value.replacingOccurrences(of: "'", with: "'\\''"))'\n"
        }
        try Data(lines.joined().utf8).write(to: plan.data.appending(path: "env"), options: .atomic)
        try StackFile(
            broker: bootstrap, brokerSocket: plan.broker == nil ? socketPath : nil, portBase: plan.ports.base,
            reference: plan.reference, pid: getpid()
        ).write(data: plan.data)
    }

    // MARK: End

    /// Services first, the broker last, so that each can say goodbye.
    func stop() async {
        guard !stopping else { return }
        stopping = true
        let running = children.values.filter(\.isRunning)
        await withDiscardingTaskGroup { group in
            for child in running { group.addTask { await child.stop(within: .seconds(9)) } }
        }
        await broker?.stop(within: .seconds(1))
    }

    /// At once and without a goodbye.
    func kill() {
        for child in children.values { child.signal(SIGKILL) }
        broker?.signal(SIGKILL)
    }
}

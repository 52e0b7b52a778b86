public import CaseLog
public import Governance
import Hummingbird
public import Logging
import Photos
public import ServiceKit
import Synchronization
public import Vault

/// The wiring of one replica of Intake: the edge in its slot, the relay to the log, the endpoints.
public struct IntakeService: Sendable {
    /// What the replica takes reports with.
    public let store: IntakeStore
    private let log: any Log
    private let logger: Logger

    /// File of the edge's rows in the replica's slot: what ops back up while rows are pending.
    public static let file = "edge.sqlite"

    /// Opens the edge in the replica's folder.
    /// - Throws: what cannot be used, naming file and way out: the edge's file, its secret, the sealing key.
    public init(
        settings: Settings, folder: String, log: any Log, sealingKey: SealingKey, logger: Logger,
        now: @escaping @Sendable () -> Instant = { .systemNow() }, rules: @escaping @Sendable () -> IntakeRules
    ) throws {
        var edge = IntakeStore.edgeSettings(path: "\(folder)/\(Self.file)")
        edge.diskBudget = Int(settings.diskBudget)
        store = try IntakeStore(
            edge: EdgeStore(settings: edge, logger: logger, now: { now().milliseconds }),
            sealer: Sealer(key: sealingKey), secret: EdgeSecret.load(orCreateAt: settings.receiptSecret),
            photos: FolderPhotos(folder: settings.blobs), now: now,
            rules: rules)
        self.log = log
        self.logger = logger
    }

    /// The relay and the endpoints. The relay stops after the endpoints, so that it can publish what the last requests
    /// left; what it cannot waits on disk for the next start.
    public func run(on host: ServiceHost, before parts: [ServiceRunner.Step] = []) async throws {
        addChecks(to: host.start.health)
        let relay = EdgeRelay(store: store.edge, log: log, clock: .continuous, logger: logger)
        // No deadline: a report waits for the disk, never for another service, and a batch may take its time.
        // The report form is a page of the console, which sends what it takes here (design.md §3: Intake alone is the edge).
        let console = Sibling("console", settings: host.start.settings)
        let http = host.http(options: .init(deadline: nil, pages: console)) { router in
            IntakeRoutes(store: store)
                .add(to: router.group().add(middleware: StaffOnly(host.verifier, pages: console)))
        }
        try await host.run(parts + [ServiceRunner.Step("relay", relay, stopWithin: .seconds(4))], http: http)
        try store.edge.close()
    }

    /// A whole replica from its settings: claims a slot, reads key, secret and reference data, and runs until a signal.
    /// - Throws: what is missing or wrong, naming file and way out.
    public static func run(_ start: ServiceMain.Start) async throws {
        let broker = try Broker.open(start)
        let host = try await ServiceHost.claim(start)
        let clock = try await ServiceClock.start(start, broker)
        start.health.show(clock)
        let reference = try start.liveReference()
        start.health.add("reference") { reference.health }
        let service = try Self.open(start, in: host.slot.folder, log: broker.log, clock: clock, reference: reference)
        try await service.run(on: host, before: [broker.part, clock.part, ServiceRunner.Step("reference", reference)])
    }

    /// What may fail before anything runs. Apart from ``run(_:)``, because in one asynchronous function with it the
    /// optimiser of Swift 6.3 crashes.
    @inline(never)
    private static func open(
        _ start: ServiceMain.Start, in folder: String, log: any Log, clock: ServiceClock, reference: LiveReference
    ) throws -> IntakeService {
        let limits = start.settings.sourceLimits
        let rules = LiveRules(reference) { IntakeRules($0, limits: limits) }
        return try IntakeService(
            settings: start.settings, folder: folder, log: log,
            sealingKey: SealingKey.load(path: start.settings.sealingKey), logger: start.logger,
            now: { clock.time.now() }, rules: { rules.current })
    }

    /// Ready as long as a report can be taken. A log that is away is no reason to turn people away.
    private func addChecks(to health: Health) {
        let edge = store.edge
        health.showPending { edge.outbox().pending }
        health.add("held") {
            let held = edge.outbox().held
            return held == 0 ? .ready : .noted(IntakeText.heldReady.wording(["count": "\(held)"]))
        }
        health.add("edge") {
            let outbox = edge.outbox()
            guard outbox.usedBytes >= outbox.diskBudget, outbox.pending > 0 else { return .ready }
            return .missing(
                IntakeText.budgetReady.wording(["used": "\(outbox.usedBytes)", "budget": "\(outbox.diskBudget)"]))
        }
    }
}

/// The rules made of the newest reference data, made anew only when these have changed.
private final class LiveRules: Sendable {
    private let reference: LiveReference
    private let make: @Sendable (Reference) -> IntakeRules
    private let made: Mutex<(version: String, rules: IntakeRules)>

    init(_ reference: LiveReference, _ make: @escaping @Sendable (Reference) -> IntakeRules) {
        self.reference = reference
        self.make = make
        let first = reference.current
        made = Mutex((first.version, make(first)))
    }

    var current: IntakeRules {
        let newest = reference.current
        return made.withLock { made in
            if made.version != newest.version { made = (newest.version, make(newest)) }
            return made.rules
        }
    }
}

extension IntakeRules {
    /// The rules of a folder of reference data.
    public init(_ reference: Reference, limits: SourceLimitRule = .reference) {
        let places = reference.places
        let channels = reference.channels
        let devices = reference.devices
        self.init(
            sources: channels.all.map(\.code),
            perMinute: { limits.limit(of: $0, perMinute: channels[$0]?.perMinute) }, device: { devices[$0] }
        ) { places[$0] != nil }
    }
}

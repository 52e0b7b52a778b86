import CaseLog
import Contracts
import Foundation
import Governance
import Hummingbird
import Logging
public import ServiceKit
import Vault

/// The wiring of one replica of Feedback: the edge in its slot, the relay, the public status, the pages.
public struct FeedbackService: Sendable {
    /// File of the edge's rows in the replica's slot: what ops back up while rows are pending.
    public static let file = "edge.sqlite"

    private let store: ScanStore
    private let reader: StatusReader
    private let commands: CommandEdge
    private let points: ReceiptSecret

    /// Runs until a signal.
    /// - Throws: what is missing or wrong, naming file and way out: sealing key, secrets, reference data.
    public static func run(_ start: ServiceMain.Start) async throws {
        let broker = try Broker.open(start)
        let host = try await ServiceHost.claim(start)
        let clock = try await ServiceClock.start(start, broker)
        start.health.show(clock)
        let reference = try start.liveReference()
        start.health.add("reference") { reference.health }
        let service = try FeedbackService(start, folder: host.slot.folder, log: broker.log, time: clock.time)
        let routes = service.routes(
            try await Pages(bundle: .module), reference: { reference.current }, now: { clock.time.now() })
        service.addChecks(to: start.health)
        let relay = EdgeRelay(store: service.store.edge, log: broker.log, clock: .continuous, logger: start.logger)
        let http = host.http { router in routes.add(to: router) }
        let parts = [
            broker.part, clock.part, ServiceRunner.Step("reference", reference),
            ServiceRunner.Step("public status", service.reader), ServiceRunner.Step("replies", service.commands),
            ServiceRunner.Step("relay", relay, stopWithin: .seconds(4)),
        ]
        try await host.run(parts, http: http)
        try service.store.edge.close()
    }

    /// What may fail before anything runs, apart from ``run(_:)``: one asynchronous function of both is too much for the
    /// optimiser of Swift 6.3.
    private init(_ start: ServiceMain.Start, folder: String, log: any Log, time: any TimeSource) throws {
        var edge = EdgeSettings(path: "\(folder)/\(Self.file)", fields: ScanDraft.fingerprintFields)
        edge.diskBudget = Int(start.settings.diskBudget)
        let store = try ScanStore(
            edge: EdgeStore(settings: edge, logger: start.logger, now: { time.now().milliseconds }),
            sealer: Sealer(key: SealingKey.load(path: start.settings.sealingKey)),
            secret: EdgeSecret.load(orCreateAt: start.settings.receiptSecret))
        self.store = store
        reader = StatusReader(log: log, logger: start.logger) { try store.receipt(of: $0).compact }
        commands = CommandEdge(service: .feedback, log: log, time: time, logger: start.logger)
        points = try ReceiptSecret(EdgeSecret.load(orCreateAt: start.settings.pointSecret).bytes)
    }

    private func routes(
        _ pages: Pages, reference: @escaping @Sendable () -> Reference, now: @escaping @Sendable () -> Instant
    ) -> FeedbackRoutes {
        let commands = commands
        return FeedbackRoutes(
            store: store, reader: reader, points: points, pages: pages, reference: reference, now: now,
            reopen: { command, actor, key, trace in
                try await commands.submit(
                    .reopenCase(command), to: .revisit, about: command.number, by: actor, key: key, trace: trace
                ).outcome
            })
    }

    private func addChecks(to health: Health) {
        let (commands, reader) = (commands, reader)
        health.add("replies") { commands.health }
        health.add("public status") { reader.isReady ? .ready : .missing(FeedbackText.behind.wording()) }
    }
}

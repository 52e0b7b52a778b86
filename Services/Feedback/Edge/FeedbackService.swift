import CaseLog
import Contracts
import FeedbackCore
import Foundation
import Governance
import Hummingbird
import Logging
import Photos
public import ServiceKit
import ServiceLifecycle
import Vault

/// The wiring of one replica of Feedback: the rules, the edge in its slot with its relay, the public status, the pages.
public struct FeedbackService: Sendable {
    /// File of the edge's rows in the replica's slot: what ops back up while rows are pending.
    public static let file = "edge.sqlite"

    private let store: ScanStore
    private let reader: StatusReader
    private let commands: CommandEdge
    private let points: ReceiptSecret
    private let photos: FolderPhotos

    /// Runs until a signal.
    /// - Throws: what is missing or wrong, naming file and way out: sealing key, secrets, reference data.
    public static func run(_ start: ServiceMain.Start) async throws {
        let reference = try start.liveReference()
        start.health.add("reference") { reference.health }
        let pages = try await Pages(bundle: .module)
        try await DeciderService.run(FeedbackDecider(reference: { reference.current }), start) { wiring in
            let service = try FeedbackService(start, wiring)
            let routes = service.routes(pages, reference: { reference.current }, now: { wiring.time.now() })
            service.addChecks(to: start.health)
            // Staff reach the rules through the console: what the public reaches answers to nobody's token.
            return DeciderService.More(parts: service.parts(start, wiring, reference)) { routes.add(to: $0) }
        }
    }

    private func parts(
        _ start: ServiceMain.Start, _ wiring: DeciderService.Wiring, _ reference: LiveReference
    ) -> [ServiceRunner.Step] {
        let relay = EdgeRelay(store: store.edge, log: wiring.log, clock: .continuous, logger: start.logger)
        let edge = store.edge
        return [
            ServiceRunner.Step("reference", reference), ServiceRunner.Step("edge") { try await Self.close(edge) },
            ServiceRunner.Step("public status", reader), ServiceRunner.Step("relay", relay, stopWithin: .seconds(4)),
        ]
    }

    /// Closes the edge's file when all that uses it has stopped.
    private static func close(_ edge: EdgeStore) async throws {
        let (waiting, end) = AsyncStream<Never>.makeStream()
        await withTaskCancellationOrGracefulShutdownHandler {
            for await _ in waiting {}
        } onCancelOrGracefulShutdown: {
            end.finish()
        }
        try edge.close()
    }

    private init(_ start: ServiceMain.Start, _ wiring: DeciderService.Wiring) throws {
        let time = wiring.time
        var edge = EdgeSettings(path: "\(wiring.folder)/\(Self.file)", fields: ScanDraft.fingerprintFields)
        edge.diskBudget = Int(start.settings.diskBudget)
        let store = try ScanStore(
            edge: EdgeStore(settings: edge, logger: start.logger, now: { time.now().milliseconds }),
            sealer: Sealer(key: SealingKey.load(path: start.settings.sealingKey)),
            secret: EdgeSecret.load(orCreateAt: start.settings.receiptSecret))
        self.store = store
        reader = StatusReader(log: wiring.log, logger: start.logger) { try store.receipt(of: $0).compact }
        commands = wiring.edge
        photos = FolderPhotos(folder: start.settings.blobs)
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
            }, photos: photos)
    }

    private func addChecks(to health: Health) {
        let (reader, edge) = (reader, store.edge)
        health.showPending { edge.outbox().pending }
        health.add("public status") { reader.isReady ? .ready : .missing(FeedbackText.behind.wording()) }
    }
}

public import CaseLog
import Contracts
import Foundation
public import Governance
public import Hummingbird
public import Logging
public import Photos
public import ServiceKit
public import Vault

/// The wiring of a console replica: read model, reader, pages, JSON, live events, command edge.
public struct ConsoleService: Sendable {
    /// Feeds the read model; runs as a part of the process.
    public let reader: ConsoleReader
    /// Waits for the replies to commands; runs as a part of the process.
    public let edge: CommandEdge
    let desk: ConsoleDesk
    let live: Broadcaster
    let login: PageLogin
    private let verifier: TokenVerifier?

    /// Opens the read model in the replica's folder.
    public init(
        folder: String, log: any Log, reference: @escaping @Sendable () -> Reference, verifier: TokenVerifier?,
        masterKeys: MasterKeyRing? = nil, photos: (any PhotoStore)? = nil, points: ReceiptSecret? = nil,
        intake: Sibling? = nil, time: any TimeSource = SystemTime(), logger: Logger
    ) async throws {
        let store = try ConsoleStore(path: "\(folder)/\(ConsoleStore.file)")
        let live = Broadcaster()
        let reader = ConsoleReader(log: log, store: store, live: live, time: time, logger: logger)
        self.live = live
        self.reader = reader
        self.verifier = verifier
        edge = CommandEdge(service: .console, log: log, time: time, logger: logger)
        desk = ConsoleDesk(
            store: store, reference: reference, pages: try await Pages(bundle: .module),
            freshness: { reader.freshness }, now: { time.now() },
            vault: masterKeys.map { VaultWindow(log: log, store: store, opener: Opener(ring: $0)) },
            points: points, photos: photos, intake: intake)
        login = try await PageLogin(verifier)
    }

    /// What `/readyz` asks: replies are heard, and the read model has caught up once.
    public func addChecks(to health: Health) {
        let (edge, reader) = (edge, reader)
        health.add("replies") { edge.health }
        health.add("read model") {
            let freshness = reader.freshness
            if freshness.asOf != nil { return .ready }
            if let trouble = freshness.trouble {
                return .missing(ConsoleText.notReadyTrouble.wording(["text": trouble]))
            }
            let lag = freshness.lag.values.reduce(0, +)
            return .missing(ConsoleText.notReady.wording(["lag": "\(lag)"]))
        }
    }

    /// Adds everything that the console answers.
    public func add(to router: Router<ServiceContext>) {
        let edge = edge
        var post = CommandPost(store: desk.store, now: desk.now) { command, service, number, actor, key, trace in
            let answer = try await edge.submit(
                command, to: ServiceName(rawValue: service.rawValue), about: number, by: actor, key: key, trace: trace)
            return (answer.id, answer.outcome)
        }
        post.submitAbout = { command, service, about, home, actor, key, trace in
            let answer = try await edge.submit(
                command, to: ServiceName(rawValue: service.rawValue), about: about, at: home, by: actor, key: key,
                trace: trace)
            return (answer.id, answer.outcome)
        }
        add(to: router, post: post)
        edge.add(to: router, verifier: verifier)
    }

    /// As ``add(to:)``, with the way that a page's commands take.
    func add(to router: Router<ServiceContext>, post: CommandPost) {
        login.add(to: router)
        StaticFiles(bundle: .module, folder: "Resources", only: Self.files).add(to: router)
        // A service worker has no say above its own path.
        StaticFiles(bundle: .module, folder: "Resources", only: ["report-worker.js"], prefix: "/").add(to: router)
        let pages = router.group().add(middleware: PageProblems(desk: desk))
            .add(middleware: StaffOnly(verifier, otherwise: .login))
        PageRoutes(desk: desk, post: post).add(to: pages)
        let data = router.group().add(middleware: StaffOnly(verifier))
        DataRoutes(desk: desk, live: live).add(to: data)
        ReportPage(desk: desk).add(to: pages, data: data)
        ScorePages(desk: desk).add(to: pages, data: data)
        DevicePages(desk: desk).add(to: pages, data: data)
    }

    private static let files: Set<String> = [
        "console.css", "live.js", "report.js", "report-store.js", "report-places.js",
    ]

    /// The secret of the printed codes, if this replica is given it; it is never made here.
    private static func points(_ start: ServiceMain.Start) throws -> ReceiptSecret? {
        let path = start.settings.pointSecret
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try ReceiptSecret(EdgeSecret.load(orCreateAt: path).bytes)
    }

    /// A whole replica from its settings: claims a slot, reads the reference data, and runs until a signal.
    /// - Throws: what is missing or wrong, naming file and way out.
    public static func run(_ start: ServiceMain.Start) async throws {
        let broker = try Broker.open(start)
        let host = try await ServiceHost.claim(start)
        let clock = try await ServiceClock.start(start, broker)
        start.health.show(clock)
        let reference = try start.liveReference()
        start.health.add("reference") { reference.health }
        let keys = start.settings.masterKeys
        let ring = FileManager.default.fileExists(atPath: keys) ? try MasterKeyRing.load(path: keys) : nil
        let service = try await ConsoleService(
            folder: host.slot.folder, log: broker.log, reference: { reference.current }, verifier: host.verifier,
            masterKeys: ring, photos: FolderPhotos(folder: start.settings.blobs), points: try points(start),
            intake: Sibling("intake", settings: start.settings), time: clock.time, logger: start.logger)
        service.addChecks(to: start.health)
        let http = host.http { router in service.add(to: router) }
        let parts = [
            broker.part, clock.part, ServiceRunner.Step("reference", reference),
            ServiceRunner.Step("read model", service.reader),
            ServiceRunner.Step("replies", service.edge),
        ]
        try await host.run(parts, http: http)
    }
}

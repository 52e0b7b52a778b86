public import Hummingbird
public import Logging
import NIOCore

/// The HTTP side of a service: every service builds its application here, so that all answer alike.
///
///     let http = HTTPEdge(settings: settings, health: health, logger: logger)
///     let app = http.application { router in
///         let staff = router.group().add(middleware: StaffOnly(verifier))
///         staff.post("/v1/…") { request, context in … }
///     }
public struct HTTPEdge: Sendable {
    /// What may differ between services.
    public struct Options: Sendable {
        /// A request that has not been answered by then gets 504; nil = no limit (Intake, whose handlers have their own).
        public var deadline: Duration?
        /// A connection without traffic is closed after that time.
        public var idle: Duration
        /// Connections waiting to be accepted.
        public var backlog: Int
        /// Whose pages may send requests here with their cookie; nil = only our own.
        public var pages: Sibling?

        /// Options.
        public init(
            deadline: Duration? = .seconds(15), idle: Duration = .seconds(60), backlog: Int = 1024,
            pages: Sibling? = nil
        ) {
            self.deadline = deadline
            self.idle = idle
            self.backlog = backlog
            self.pages = pages
        }
    }

    let service: String
    let bind: String
    let port: Int
    let health: Health
    let registry: PrometheusRegistry
    let logger: Logger
    let options: Options

    /// An edge that listens where the settings say.
    public init(
        settings: Settings, health: Health, registry: PrometheusRegistry = ServiceMetrics.registry, logger: Logger,
        options: Options = Options()
    ) {
        self.init(
            service: settings.service, bind: settings.bind, port: settings.port, health: health, registry: registry,
            logger: logger, options: options)
    }

    /// An edge for tests: a free port of the loopback address.
    public init(
        service: String, bind: String = "127.0.0.1", port: Int = 0, health: Health = Health(),
        registry: PrometheusRegistry = PrometheusRegistry(), logger: Logger, options: Options = Options()
    ) {
        self.service = service
        self.bind = bind
        self.port = port
        self.health = health
        self.registry = registry
        self.logger = logger
        self.options = options
    }

    /// The application with the service's routes and `/livez`, `/readyz`, `/runtimez`, `/metrics`, `/base.css`.
    /// - Parameter onListening: called with the port once the server accepts connections.
    public func application(
        onListening: @escaping @Sendable (Int) async -> Void = { _ in },
        _ routes: (Router<ServiceContext>) throws -> Void
    ) rethrows -> Application<EdgeResponder> {
        let router = Router(context: ServiceContext.self, options: [.autoGenerateHeadEndpoints])
        let table = RouteTable()
        router.add(middleware: ProblemMiddleware(routes: table))
        HealthRoutes(service: service, health: health, registry: registry).add(to: router)
        StaticFiles.kit.add(to: router)
        try routes(router)
        table.fill(from: router)
        let responder = EdgeResponder(
            router: router.buildResponder(), deadline: options.deadline, pages: options.pages,
            access: AccessMetrics(registry))
        let idle = TimeAmount.nanoseconds(Int64(options.idle / .nanoseconds(1)))
        return Application(
            responder: responder,
            server: .http1(
                configuration: .init(
                    idleTimeout: idle,
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16_384, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100))),
            configuration: ApplicationConfiguration(
                address: .hostname(bind, port: port), serverName: "CaseLoop", backlog: options.backlog),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) }, logger: logger)
    }

}

import Foundation
public import Hummingbird
import Logging
public import UnixSignals

/// What every service does around its own work: claims its slot, reads the token key, listens, tells where, and stops in
/// order. A service is wired in a few lines:
///
///     await ServiceMain.run("triage") { start in
///         let host = try await ServiceHost.claim(start)
///         let edge = CommandEdge(service: .triage, log: log, logger: start.logger)
///         start.health.add("replies") { edge.health }
///         let http = host.http { router in edge.add(to: router, verifier: host.verifier) }
///         try await host.run([.init("kafka", kafka), .init("runtime", runtime), .init("replies", edge)], http: http)
///     }
public struct ServiceHost: Sendable {
    /// Settings, logger and health.
    public let start: ServiceMain.Start
    /// The replica's place on disk.
    public let slot: Slot
    /// The replica's name, also `group.instance.id`.
    public let instance: String
    /// Checks staff tokens; nil when no key is configured.
    public let verifier: TokenVerifier?

    /// Claims a slot and reads the key.
    public static func claim(_ start: ServiceMain.Start) async throws -> ServiceHost {
        let settings = start.settings
        let slot = try Slot.claim(service: settings.service, data: settings.data)
        var verifier: TokenVerifier?
        if let file = settings.jwtPublicKey {
            verifier = try await TokenVerifier(publicKeyFile: file)
        } else {
            start.logger.warning("no public key for staff tokens, staff endpoints are closed")
        }
        let instance = settings.instance ?? "\(settings.service)-\(slot.number)"
        start.logger.info("slot claimed", metadata: ["slot": "\(slot.number)", "instance": "\(instance)"])
        return ServiceHost(start: start, slot: slot, instance: instance, verifier: verifier)
    }

    /// The HTTP side with the service's routes; tells `DATA/endpoints.json` where it listens.
    public func http(
        options: HTTPEdge.Options = .init(), _ routes: (Router<ServiceContext>) throws -> Void
    ) rethrows -> Application<EdgeResponder> {
        let edge = HTTPEdge(settings: start.settings, health: start.health, logger: start.logger, options: options)
        return try edge.application(onListening: { port in listening(port) }, routes)
    }

    /// Runs the parts, the HTTP side last: nobody asks before all is there, and when it stops nobody asks any more.
    public func run(
        _ parts: [ServiceRunner.Step], http: Application<EdgeResponder>, stopHTTPWithin: Duration = .seconds(2),
        signals: [UnixSignal] = [.sigterm, .sigint]
    ) async throws {
        defer { withdraw() }
        let steps = parts + [ServiceRunner.Step("http", http, stopWithin: stopHTTPWithin)]
        try await ServiceRunner(logger: start.logger).run(steps, signals: signals)
    }

    private func listening(_ port: Int) {
        let settings = start.settings
        let host = settings.bind == "0.0.0.0" || settings.bind == "::" ? "127.0.0.1" : settings.bind
        let entry = Endpoints.Entry(
            service: settings.service, instance: instance, url: "http://\(host):\(port)", pid: getpid())
        do {
            try Endpoints.publish(entry, data: settings.data)
            start.logger.info("listening", metadata: ["url": "\(entry.url)"])
        } catch {
            start.logger.error("endpoint not written", metadata: [LogKey.error: "\(error)"])
        }
    }

    private func withdraw() {
        do {
            try Endpoints.withdraw(instance: instance, pid: getpid(), data: start.settings.data)
        } catch {
            start.logger.warning("endpoint not withdrawn", metadata: [LogKey.error: "\(error)"])
        }
    }
}

public import CaseLog
import Contracts
import Foundation
public import Governance
public import Hummingbird
import Logging

/// The executable of a decider in a few lines, the same for all five.
///
///     await ServiceMain.run("triage") { start in
///         try await DeciderService.run(start) { TriageDecider(reference: $0) }
///     }
public enum DeciderService {
    /// A decider over reference data that are read again on SIGHUP: `make` gets the look-up of the newest version.
    public static func run<D: Decider>(
        _ start: ServiceMain.Start, _ make: @Sendable (@escaping @Sendable () -> Reference) throws -> D
    ) async throws {
        let reference = try start.liveReference()
        start.health.add("reference") { reference.health }
        let part = ServiceRunner.Step("reference", reference)
        try await run(make { reference.current }, start, parts: [part])
    }

    /// Claims the slot, joins the group, serves HTTP with the command edge, until a signal.
    public static func run<D: Decider>(
        _ decider: D, _ start: ServiceMain.Start, parts more: [ServiceRunner.Step] = []
    ) async throws {
        try await run(decider, start) { wiring in
            More(parts: more) { router in wiring.edge.add(to: router, verifier: wiring.verifier) }
        }
    }

    /// What a service with more than rules builds on.
    public struct Wiring: Sendable {
        /// The log.
        public let log: any Log
        /// Now.
        public let time: any TimeSource
        /// The replica's folder.
        public let folder: String
        /// Puts commands before their services.
        public let edge: CommandEdge
        /// Checks staff tokens.
        public let verifier: TokenVerifier?
    }

    /// What such a service adds.
    public struct More: Sendable {
        /// Parts that run beside the rules, in the order of their dependencies.
        public var parts: [ServiceRunner.Step]
        /// What it answers.
        public var routes: @Sendable (Router<ServiceContext>) -> Void

        /// An addition.
        public init(
            parts: [ServiceRunner.Step] = [], routes: @escaping @Sendable (Router<ServiceContext>) -> Void
        ) {
            self.parts = parts
            self.routes = routes
        }
    }

    /// Claims the slot, joins the group, and serves what `make` adds, until a signal.
    public static func run<D: Decider>(
        _ decider: D, _ start: ServiceMain.Start, adding make: @Sendable (Wiring) throws -> More
    ) async throws {
        let broker = try Broker.open(start)
        let host = try await ServiceHost.claim(start)
        let clock = try await ServiceClock.start(start, broker)
        var settings = clock.runtime(
            RuntimeSettings(folder: URL(filePath: host.slot.folder).appending(path: "stores")))
        settings.owner.allowMissingInputs = start.settings.allowMissingInputs
        let runtime = DeciderRuntime(
            decider, log: broker.log, membership: try broker.membership(of: D.service), time: clock.time,
            settings: settings, logger: start.logger)
        start.health.show(clock)
        start.health.show { await runtime.statuses().map { RuntimeView.Partition($0, takesReports: D.takesReports) } }
        start.health.add("runtime") {
            let missing = await runtime.health().missing
            return missing.isEmpty ? .ready : .missing(Wording(plain: missing.joined(separator: "; ")))
        }
        let edge = CommandEdge(service: D.service, log: broker.log, time: clock.time, logger: start.logger)
        start.health.add("replies") { edge.health }
        let more = try make(
            Wiring(
                log: broker.log, time: clock.time, folder: host.slot.folder, edge: edge, verifier: host.verifier))
        let http = host.http { router in more.routes(router) }
        // The runtime gets the most time: it finishes its round.
        let parts =
            [
                broker.part, clock.part,
            ] + more.parts + [
                ServiceRunner.Step("runtime", runtime, stopWithin: .seconds(6)),
                ServiceRunner.Step("replies", edge),
            ]
        try await host.run(parts, http: http)
    }
}

extension ServiceMain.Start {
    /// The reference data of the settings' folder, or the shipped sample, read again on SIGHUP once it runs.
    /// - Throws: every fault of the folder, with file, line and fix.
    public func liveReference() throws -> LiveReference {
        try LiveReference(folder: settings.reference.map { URL(filePath: $0) }, logger: logger)
    }

    /// The reference data of the settings' folder, or the shipped sample.
    /// - Throws: every fault of the folder, with file, line and fix.
    public func reference() throws -> Reference {
        try settings.reference.map { try Reference.load(directory: URL(filePath: $0)) } ?? Reference.sample
    }
}

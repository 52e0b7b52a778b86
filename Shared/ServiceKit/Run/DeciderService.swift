public import CaseLog
import Contracts
import Foundation
public import Governance
public import Hummingbird
import Logging

/// The executable of a decider in a few lines, the same for all five.
///
///     await ServiceMain.run("triage") { start in
///         try await DeciderService.run(TriageDecider(reference: start.reference()), start)
///     }
public enum DeciderService {
    /// Claims the slot, joins the group, serves HTTP with the command edge, until a signal.
    public static func run<D: Decider>(
        _ decider: D, _ start: ServiceMain.Start, time: any TimeSource = SystemTime(),
        routes: (Router<ServiceContext>, TokenVerifier?) throws -> Void = { _, _ in }
    ) async throws {
        let broker = try Broker.open(start)
        let host = try await ServiceHost.claim(start)
        let settings = RuntimeSettings(folder: URL(filePath: host.slot.folder).appending(path: "stores"))
        let runtime = DeciderRuntime(
            decider, log: broker.log, membership: try broker.membership(of: D.service), time: time,
            settings: settings, logger: start.logger)
        start.health.add("runtime") {
            let missing = await runtime.health().missing
            return missing.isEmpty ? .ready : .missing(Wording(plain: missing.joined(separator: "; ")))
        }
        let edge = CommandEdge(service: D.service, log: broker.log, time: time, logger: start.logger)
        start.health.add("replies") { edge.health }
        let http = try host.http { router in
            edge.add(to: router, verifier: host.verifier)
            try routes(router, host.verifier)
        }
        // The runtime gets the most time: it finishes its round.
        let parts = [
            broker.part, ServiceRunner.Step("runtime", runtime, stopWithin: .seconds(6)),
            ServiceRunner.Step("replies", edge),
        ]
        try await host.run(parts, http: http)
    }
}

extension ServiceMain.Start {
    /// The reference data of the settings' folder, or the shipped sample.
    /// - Throws: every fault of the folder, with file, line and fix.
    public func reference() throws -> Reference {
        try settings.reference.map { try Reference.load(directory: URL(filePath: $0)) } ?? Reference.sample
    }
}

import CaseLog
import Contracts
import Foundation
import GRDB
import Governance
import Hummingbird
import Logging
import ServiceKit
import Support
import Synchronization

@testable import ConsoleCore

/// A read model in a folder of its own, fed with facts as if they had been read from the log.
final class Fixture: Sendable {
    let store: ConsoleStore
    let folder: String
    private let offset = Atomic<Int64>(0)
    static let at = Samples.at
    static let reference = try! Reference.sample

    init() throws {
        folder = NSTemporaryDirectory() + "console-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        store = try ConsoleStore(path: "\(folder)/console.sqlite")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// One record of these facts.
    func land(_ facts: Fact..., at time: Instant = Samples.at, cause: UUID = UUID()) async throws {
        try await land(facts, at: time, cause: cause)
    }

    func land(_ facts: [Fact], at time: Instant = Samples.at, cause: UUID = UUID()) async throws {
        let offset = offset.add(1, ordering: .relaxed).newValue
        let landed = facts.enumerated().map { ordinal, fact in
            Landed(
                fact: fact, id: UUID(), cause: cause, author: .triage, time: time, partition: 0, offset: offset,
                ordinal: ordinal)
        }
        try await store.apply([try ConsoleRecord(landed, cause: cause, time: time, offset: offset)])
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await store.pool.read(body)
    }

    func view(_ number: CaseNumber = Samples.number) async throws -> CaseView? {
        try await read { try CaseView.fetchOne($0, key: number.text) }
    }

    /// The case of the samples, brought to a stage by the facts that lead there.
    func bring(to stage: Stage) async throws {
        for facts in Path.to(stage) { try await land(facts) }
    }
}

/// The facts that lead a case to each stage, one array a record.
enum Path {
    static func sample(_ type: String) -> Fact { Samples.facts.first { $0.type == type }! }

    static let opened: [Fact] = [sample("case.opened")]
    static let assessed: [Fact] = [
        sample("case.opened"), sample("case.accepted"), sample("case.assessed"), sample("report.attached"),
    ]
    private static let issued = [assessed, [sample("order.issued")]]
    private static let signed = issued + [[sample("order.signed")]]
    private static let met = signed + [[sample("order.met")]]
    private static let handling = met + [[sample("order.progressed")]]
    private static let reported = handling + [[sample("order.finished")]]
    private static let verified = reported + [[sample("case.verified")], [sample("revisit.planned")]]

    /// Nothing for the stages of Supervision, whose facts this version does not know.
    static func to(_ stage: Stage) -> [[Fact]] {
        switch stage {
        case .received: [opened + [sample("report.queued")]]
        case .accepted: [opened + [sample("case.accepted")]]
        case .answered: [opened, [sample("report.answered")]]
        case .redirected: [opened + [sample("report.redirected")]]
        case .moved:
            [
                opened,
                [
                    .reportReaddressed(
                        .init(
                            number: Samples.number, report: Samples.report, home: Samples.home, hop: 1, at: Samples.at,
                            basis: Samples.basis))
                ],
            ]
        case .joined: [opened, [sample("report.detached")]]
        case .assessed: [assessed]
        case .dispatched: issued
        case .returnReview: issued + [[sample("order.returned")]]
        case .signed: signed
        case .met: met
        case .handling: handling
        case .extensionReview: handling + [[sample("extension.asked")]]
        case .suspended: handling + [[sample("order.suspended")]]
        case .mediating: handling + [[sample("mediation.referred")]]
        case .reported: reported
        case .verified: verified
        case .withdrawn: issued + [[sample("case.withdrawn")]]
        case .revisited: verified + [[sample("revisit.passed")]]
        case .struckOff: []
        }
    }

    static let stages = Stage.allCases.filter { !to($0).isEmpty }
}

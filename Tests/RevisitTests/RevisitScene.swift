import CaseLog
import Contracts
import Foundation
import GRDB
import Governance
import Ledger
import Support
import Testing

@testable import RevisitCore

/// A case that was handled and verified, with the people who revisit it.
struct RevisitScene {
    let bench: DecisionBench<RevisitDecider>
    let number = Samples.number
    let revisitor = Samples.actor(.revisitor, unit: UnitCode("410803-center"))

    static let key: [UInt8] = Array(repeating: 7, count: 32)

    init(key: [UInt8] = RevisitScene.key) throws {
        bench = try DecisionBench(RevisitDecider(reference: try Reference.sample, drawKey: key))
    }

    /// A scene whose case is verified and planned.
    static func closed() throws -> RevisitScene {
        let scene = try RevisitScene()
        try scene.open()
        try scene.close()
        return scene
    }

    func open() throws {
        let kinds = ["case.opened", "case.accepted", "case.assessed"]
        try bench.land(Samples.facts.filter { kinds.contains($0.type) }, by: .triage)
    }

    /// An order is issued, finished and verified; Revisit reacts.
    @discardableResult
    func close(round: Int = 1) throws -> Decision<Fact, Contracts.Command> {
        let order = "\(number.text)-\(round)"
        let facts: [Fact] = [
            .orderIssued(
                .init(
                    number: number, order: order, round: round, main: Samples.housing, assists: [], designated: false,
                    direct: false, clocks: [Samples.deadline], at: bench.now, basis: Samples.basis)),
            .orderFinished(
                .init(
                    number: number, order: order, outcome: .solved, reply: "已修复。", evidence: [], at: bench.now,
                    basis: Samples.basis)),
            .caseVerified(.init(number: number, order: order, at: bench.now, basis: Samples.basis)),
        ]
        try bench.land(facts, by: .dispatch)
        return try bench.give(.fact(bench.landed(facts[2], by: .dispatch)))
    }

    func columns() throws -> CaseColumns {
        try #require(try bench.queue.read { try CaseLedger.columns(of: number, in: $0) })
    }

    func stage() throws -> Stage { try columns().stage }

    func refusal(_ command: Contracts.Command, by actor: Actor?) -> Refusal? {
        do {
            try bench.give(command, by: actor)
            return nil
        } catch { return error as? Refusal }
    }

    /// A closing of another case comes to the unit's own key.
    @discardableResult
    func enrol(_ index: Int, closed: Instant? = nil) throws -> [Fact] {
        let enrol = EnrolClosing(
            unit: Samples.housing, closing: Self.closing(index), closed: closed ?? bench.now)
        return try bench.give(.enrolClosing(enrol), by: nil).facts
    }

    static func closing(_ index: Int) -> ClosedHandling {
        let id = UUID.v5(Identifier.space, "closing \(index)")
        return ClosedHandling(
            number: CaseNumber(home: Samples.home, day: Samples.at.day, reportId: id, length: 12), cycle: 0)
    }

    /// The timers that are due now.
    func timers() throws -> [DueTimer] {
        try bench.queue.read { try bench.decider.dueTimers(at: bench.now, limit: 10, $0) }
    }

    /// The draws that are due are made.
    func draw() throws -> (made: [DrawMade], commands: [CrossingCommand<Contracts.Command>]) {
        var (made, commands): ([DrawMade], [CrossingCommand<Contracts.Command>]) = ([], [])
        for timer in try timers() {
            let decision = try bench.give(.tick(timer))
            made += decision.facts.compactMap { if case .drawMade(let made) = $0 { made } else { nil } }
            commands += decision.commands
        }
        return (made, commands)
    }
}

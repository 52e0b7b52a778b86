import CaseLog
import Contracts
import Governance
import Ledger
import Support
import Testing

@testable import DispatchCore

@Suite("Orders of cases that complain about a unit (domain.md §3.5)")
struct ComplaintTests {
    private let reference: Reference
    private let bench: DecisionBench<DispatchDecider>
    private let lead: UnitCode
    private let other: UnitCode

    init() throws {
        reference = try Reference.sample
        bench = try DecisionBench(DispatchDecider(reference: reference))
        let units = reference.units.all.filter { $0.kind == .department }.map(\.code)
        (lead, other) = (try #require(units.first), try #require(units.last))
    }

    private func assessed(assists: [UnitCode]) throws -> [Fact] {
        let assessed = Fact.caseAssessed(
            .init(
                number: Samples.number, item: "x", itemName: "服务态度", category: "政务服务", place: Samples.home.place,
                kind: .appeal, colour: .blue, gravity: .ordinary, mode: .onDemand, track: .general, lead: lead,
                assists: assists, at: bench.now, basis: Samples.basis))
        let opened = Fact.caseOpened(
            .init(
                number: Samples.number, appeal: Samples.appeal(), kind: .appeal, at: bench.now, basis: Samples.basis))
        let complained = Fact.caseComplained(
            .init(number: Samples.number, report: Samples.report, unit: lead, at: bench.now, basis: Samples.basis))
        try bench.land([opened, assessed, complained], by: .triage)
        return try bench.give(.fact(bench.landed(assessed, by: .triage))).facts
    }

    @Test("The rule does not send it to the unit complained about, but to the next one, with the reason told")
    func around() throws {
        let facts = try assessed(assists: [lead, other])
        guard case .orderIssued(let issued)? = facts.first else {
            Issue.record("\(facts.map(\.type))")
            return
        }
        #expect(issued.main == other && issued.assists.isEmpty)
        #expect(issued.basis.reasons.first?.rule == "dispatch.around_complaint")
    }

    @Test("Without another unit a dispatcher decides, who cannot choose the one complained about either")
    func byHand() throws {
        #expect(try assessed(assists: []).isEmpty)
        let dispatcher = Samples.actor(.dispatcher)
        let refusal = #expect(throws: Refusal.self) {
            try bench.give(.dispatchOrder(.init(number: Samples.number, main: lead)), by: dispatcher)
        }
        #expect(refusal?.rule == "order.dispatch.complained_about")
        let issued = try bench.give(.dispatchOrder(.init(number: Samples.number, main: other)), by: dispatcher)
        #expect(issued.facts.map(\.type) == ["order.issued"])
    }

    @Test("A handling anew does not go back to a unit that is complained about by now: a dispatcher decides")
    func reopened() throws {
        let scene = try OrderScene()
        try scene.handle()
        try scene.bench.land(
            [
                .caseComplained(
                    .init(
                        number: scene.number, report: Samples.report, unit: scene.main.code, at: scene.bench.now,
                        basis: Samples.basis))
            ], by: .triage)
        try scene.bench.give(
            .finishOrder(.init(number: scene.number, outcome: .solved, reply: "已修复。")), by: scene.handler)
        try scene.bench.give(.verifyCase(.init(number: scene.number)), by: Samples.actor(.gridWorker))
        let reopened = Fact.revisitReopened(
            .init(number: scene.number, cycle: 0, count: 1, reason: "仍未修", at: scene.bench.now, basis: Samples.basis))
        try scene.bench.land([reopened], by: .revisit)
        #expect(try scene.bench.give(.fact(scene.bench.landed(reopened, by: .revisit))).facts.isEmpty)
        let dispatcher = Samples.actor(.dispatcher)
        try scene.bench.give(.dispatchOrder(.init(number: scene.number, main: scene.other.code)), by: dispatcher)
        #expect(try scene.stage() == .dispatched)
    }
}

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
}

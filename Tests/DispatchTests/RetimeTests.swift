import CaseLog
import Contracts
import Governance
import Support
import Testing

@testable import DispatchCore

@Suite("改判: assessed anew, the clocks run from the first start (domain.md §3.3)")
struct RetimeTests {
    private func assess(_ scene: OrderScene, _ gravity: Gravity) throws -> [Fact] {
        let assessed = Fact.caseAssessed(
            .init(
                number: scene.number, item: "x", itemName: "充电设施", category: "城乡建设", place: Samples.home.place,
                kind: .appeal, colour: .blue, gravity: gravity, mode: .onDemand, track: .general, lead: scene.main.code,
                assists: [], at: scene.bench.now, basis: Samples.basis))
        try scene.bench.land([assessed], by: .triage)
        return try scene.bench.give(.fact(scene.bench.landed(assessed, by: .triage))).facts
    }

    private func retimed(_ facts: [Fact]) throws -> OrderRetimed {
        guard case .orderRetimed(let retimed)? = facts.first, facts.count == 1 else {
            Issue.record("\(facts.map(\.type))")
            throw Refusal.noActor
        }
        return retimed
    }

    @Test("一般 to 复杂 after 20 hours: three working days from the dispatch, and the 24 hours stay readable")
    func harder() throws {
        let scene = try OrderScene()
        try scene.handle()
        let start = scene.bench.now
        let first = try #require(try scene.columns().dispatch.due)
        scene.bench.now = start + .hours(20)
        let fact = try retimed(try assess(scene, .complex))
        let complex = try #require(fact.clocks.first { $0.clock == .complex })
        let fresh = DeadlineRules.deadline(.complex, start: start, calendar: scene.bench.decider.reference.calendar)
        #expect(complex.due == fresh.due && complex.start == start && complex.originalDue == first)
        #expect(complex.explanation.contains("改判为复杂") && complex.explanation.contains("原到期"))
        #expect(!fact.clocks.contains { $0.clock == .respond })
        let columns = try scene.columns()
        #expect(columns.dispatch.due == fresh.due && columns.dispatch.originalDue == first)
    }

    @Test("复杂 to 一般 on the third day: the 24 hours were over long ago, and that is said")
    func easier() throws {
        let scene = try OrderScene(gravity: .complex)
        try scene.handle()
        let start = scene.bench.now
        scene.bench.now = start + .hours(50)
        let fact = try retimed(try assess(scene, .ordinary))
        #expect(fact.clocks.first { $0.clock == .respond }?.due == start + .hours(24))
    }

    @Test("A pause before the reassessment is not lost")
    func paused() throws {
        let scene = try OrderScene(gravity: .complex)
        try scene.handle()
        let start = scene.bench.now
        try scene.bench.give(
            .suspendOrder(.init(number: scene.number, ground: .objective, note: "汛期无法施工")), by: Samples.actor(.center))
        scene.bench.now = start + .naturalDays(10)
        try scene.bench.give(.resumeOrder(.init(number: scene.number)), by: Samples.actor(.center))
        let fact = try retimed(try assess(scene, .ordinary))
        #expect(fact.clocks.first { $0.clock == .respond }?.due == start + .hours(24) + .naturalDays(10))
    }

    @Test("The same gravity changes nothing, and neither does an assessment after the unit has reported")
    func nothing() throws {
        let scene = try OrderScene()
        try scene.handle()
        #expect(try assess(scene, .ordinary).isEmpty)
        try scene.bench.give(
            .finishOrder(.init(number: scene.number, outcome: .solved, reply: "已修复")), by: scene.handler)
        #expect(try assess(scene, .complex).isEmpty)
    }
}

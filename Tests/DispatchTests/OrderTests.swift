import CaseLog
import Contracts
import Foundation
import GRDB
import Governance
import Ledger
import Support
import Testing

@testable import DispatchCore

/// A case in dispatch, with the people who act on it.
struct OrderScene {
    let bench: DecisionBench<DispatchDecider>
    let number = Samples.number
    let main: OrgUnit
    let other: OrgUnit
    let head: Actor
    let handler: Actor

    init(
        gravity: Gravity = .ordinary, kind: MatterKind = .appeal, colour: Colour = .blue, source: String? = nil
    ) throws {
        let reference = try Reference.sample
        bench = try DecisionBench(DispatchDecider(reference: reference))
        let clocks = DeadlineRules.ofSource(
            source.flatMap { reference.channels[$0] }, received: bench.now, calendar: reference.calendar)
        let units = reference.units.all.filter { $0.kind == .department }
        (main, other) = (try #require(units.first), try #require(units.last))
        head = Actor(subject: "head", name: "局长", role: .unitHead, unit: main.code)
        handler = Actor(subject: "handler", name: "承办人", role: .handler, unit: main.code)
        let assessed = CaseAssessed(
            number: number, item: "x", itemName: "充电设施", category: "城乡建设", place: Samples.home.place, kind: kind,
            colour: colour, gravity: gravity, mode: .onDemand, track: .general, lead: main.code, assists: [],
            at: bench.now, basis: Samples.basis)
        let facts: [Fact] = [
            .caseOpened(
                .init(
                    number: number, appeal: Samples.appeal(), kind: kind, clocks: clocks, at: bench.now,
                    basis: Samples.basis)),
            .caseAccepted(.init(number: number, at: bench.now, basis: Samples.basis)), .caseAssessed(assessed),
        ]
        try bench.land(facts, by: .triage)
        try bench.give(.fact(bench.landed(facts[2], by: .triage)))
    }

    func columns() throws -> CaseColumns {
        try #require(try bench.queue.read { try CaseLedger.columns(of: number, in: $0) })
    }

    func stage() throws -> Stage { try columns().stage }

    /// Signed, met and worked on.
    func handle() throws {
        try bench.give(.signOrder(.init(number: number)), by: head)
        try bench.give(.meetParty(.init(number: number, how: .inPerson, place: "社区", person: "反映人")), by: handler)
        try bench.give(.noteProgress(.init(number: number, kind: .measure, note: "已更换电源模块")), by: handler)
    }
}

@Suite("Orders")
struct OrderTests {
    @Test("An assessment with a lead unit gives exactly one order, with clocks that explain themselves (rows 50, 51)")
    func issue() throws {
        let scene = try OrderScene()
        let columns = try scene.columns()
        #expect(columns.stage == .dispatched)
        #expect(columns.dispatch.mainUnit == scene.main.code)
        #expect(columns.dispatch.due == scene.bench.now + .hours(24))
        let again = try scene.bench.give(
            .fact(
                scene.bench.landed(
                    .majorReported(
                        .init(
                            number: scene.number, leaders: [], lead: scene.other.code, at: scene.bench.now,
                            basis: Samples.basis)), by: .triage)))
        #expect(again.facts.isEmpty)
    }

    @Test("An assessment without a unit waits for a dispatcher")
    func noLead() throws {
        let scene = try OrderScene()
        let other = CaseNumber(home: Samples.home, day: Samples.at.day, reportId: Samples.second)
        var assessed = try #require(
            Samples.facts.compactMap { if case .caseAssessed(let it) = $0 { it } else { nil } }.first)
        assessed.number = other
        assessed.lead = nil
        let facts: [Fact] = [
            .caseOpened(
                .init(
                    number: other, appeal: Samples.appeal(Samples.second), kind: .appeal, at: scene.bench.now,
                    basis: Samples.basis)),
            .caseAccepted(.init(number: other, at: scene.bench.now, basis: Samples.basis)), .caseAssessed(assessed),
        ]
        try scene.bench.land(facts, by: .triage)
        #expect(try scene.bench.give(.fact(scene.bench.landed(facts[2], by: .triage))).facts.isEmpty)
        let issued = try scene.bench.give(
            .dispatchOrder(.init(number: other, main: scene.other.code, assists: [scene.main.code])),
            by: Samples.actor(.dispatcher))
        #expect(issued.facts.map(\.type) == ["order.issued"])
    }

    @Test("The whole way: sign, meet, progress, finish, verified by somebody outside the unit (§3.2)")
    func wholeWay() throws {
        let scene = try OrderScene()
        try scene.handle()
        try scene.bench.give(
            .finishOrder(.init(number: scene.number, outcome: .solved, reply: "已修复。")), by: scene.handler)
        #expect(try scene.stage() == .reported)
        let refusal = #expect(throws: Refusal.self) {
            try scene.bench.give(
                .verifyCase(.init(number: scene.number)),
                by: Actor(subject: "g", name: "网格员", role: .gridWorker, unit: scene.main.code))
        }
        #expect(refusal?.rule == "case.verify.own_work")
        try scene.bench.give(.verifyCase(.init(number: scene.number)), by: Samples.actor(.gridWorker))
        #expect(try scene.stage() == .verified)
    }

    @Test("A joint action tells what became of each target, once: 取缔 2, 关停 7, 限期整改 5 of 14 (row 55)")
    func targets() throws {
        let scene = try OrderScene()
        try scene.handle()
        func names(_ range: ClosedRange<Int>) -> [String] { range.map { "讲座点\($0)" } }
        let all = JointTargets(banned: names(1...2), closed: names(3...9), rectify: names(10...14))
        let facts = try scene.bench.give(
            .noteProgress(.init(number: scene.number, kind: .measure, note: "逐一处理", targets: all)), by: scene.handler
        ).facts
        guard case .orderProgressed(let progressed)? = facts.first else {
            Issue.record("no progress: \(facts)")
            return
        }
        #expect(progressed.targets == all && progressed.targets?.names.count == 14)
        let twice = JointTargets(banned: ["讲座点1"], closed: ["讲座点1"])
        let refusal = #expect(throws: Refusal.self) {
            try scene.bench.give(
                .noteProgress(.init(number: scene.number, kind: .measure, note: "重复", targets: twice)),
                by: scene.handler)
        }
        #expect(refusal?.rule == "order.progress.target_twice")
    }

    @Test("A handler signs only with a written delegation, which is kept")
    func delegate() throws {
        let scene = try OrderScene()
        let refusal = #expect(throws: Refusal.self) {
            try scene.bench.give(.signOrder(.init(number: scene.number)), by: scene.handler)
        }
        #expect(refusal?.rule == "order.sign.no_delegation")
        let facts = try scene.bench.give(
            .signOrder(.init(number: scene.number, delegate: Delegate(name: "李某", document: "委3号"))), by: scene.handler
        ).facts
        guard case .orderSigned(let signed) = facts.first else { return }
        #expect(signed.delegate?.document == "委3号")
    }

    @Test("An accepted return ends the order and issues the next to the unit named, in one decision")
    func returned() throws {
        let scene = try OrderScene()
        try scene.bench.give(
            .returnOrder(.init(number: scene.number, proposed: scene.other.code, reason: "不属职责")), by: scene.head)
        #expect(try scene.stage() == .returnReview)
        let facts = try scene.bench.give(.acceptReturn(.init(number: scene.number)), by: Samples.actor(.dispatcher))
            .facts
        #expect(facts.map(\.type) == ["return.accepted", "order.issued"])
        let columns = try scene.columns()
        #expect(columns.dispatch.mainUnit == scene.other.code)
        #expect(columns.dispatch.orders == 2)
        #expect(columns.stage == .dispatched)
    }

    @Test("The order of a petition is objected to within five working days (异议), and not at their end")
    func objection() throws {
        let calendar = try Reference.sample.calendar
        for (source, isOver) in [("petition", false), ("petition", true), ("hotline", true)] {
            let scene = try OrderScene(source: source)
            let end = try #require(PetitionTerm.objection.due(from: scene.bench.now, calendar: calendar))
            scene.bench.now = isOver ? end : end - .milliseconds(1)
            let back = Contracts.Command.returnOrder(
                .init(number: scene.number, proposed: scene.other.code, reason: "不属职责"))
            if source == "petition", isOver {
                let refusal = #expect(throws: Refusal.self) { try scene.bench.give(back, by: scene.head) }
                #expect(refusal?.rule == "order.return.objection_over")
            } else {
                #expect(try scene.bench.give(back, by: scene.head).facts.map(\.type) == ["order.returned"])
            }
        }
    }

    @Test("After a refused return the unit is designated and may not return again (指定)")
    func designated() throws {
        let scene = try OrderScene()
        let back = Contracts.Command.returnOrder(
            .init(number: scene.number, proposed: scene.other.code, reason: "不属职责"))
        try scene.bench.give(back, by: scene.head)
        try scene.bench.give(.refuseReturn(.init(number: scene.number, reason: "属你单位")), by: Samples.actor(.center))
        #expect(try scene.stage() == .dispatched)
        #expect(throws: Refusal.self) { try scene.bench.give(back, by: scene.head) }
    }

    @Test("An order is not returned to the unit itself, nor to one that is not in the directory")
    func badReturn() throws {
        let scene = try OrderScene()
        for unit in [scene.main.code, try #require(UnitCode("410803-nobody"))] {
            let refusal = #expect(throws: Refusal.self) {
                try scene.bench.give(
                    .returnOrder(.init(number: scene.number, proposed: unit, reason: "x")), by: scene.head)
            }
            #expect(refusal?.field == "proposed")
        }
    }

    @Test("Only an ordinary appeal may be phoned; a risk is met in person (000, 24 h)")
    func phone() throws {
        let scene = try OrderScene(gravity: .complex, kind: .safety, colour: .orange)
        try scene.bench.give(.signOrder(.init(number: scene.number)), by: scene.head)
        let refusal = #expect(throws: Refusal.self) {
            try scene.bench.give(.meetParty(.init(number: scene.number, how: .phone, person: "反映人")), by: scene.handler)
        }
        #expect(refusal?.rule == "order.meet.phone")
    }

    @Test("A thing without a party goes straight to 处置中, with the reason")
    func noParty() throws {
        let scene = try OrderScene(kind: .safety)
        try scene.bench.give(.signOrder(.init(number: scene.number)), by: scene.head)
        #expect(throws: Refusal.self) {
            try scene.bench.give(.meetParty(.init(number: scene.number, how: .noParty)), by: scene.handler)
        }
        try scene.bench.give(
            .meetParty(.init(number: scene.number, how: .noParty, note: "公共设施,无当事人")), by: scene.handler)
        #expect(try scene.stage() == .handling)
    }

    @Test("Red, orange and key-person cases are never withdrawn", arguments: [Colour.red, .orange])
    func withdrawn(_ colour: Colour) throws {
        let scene = try OrderScene(colour: colour)
        #expect(throws: Refusal.self) {
            try scene.bench.give(.withdrawCase(.init(number: scene.number, reason: "撤回")), by: Samples.actor(.operator))
        }
        let plain = try OrderScene()
        try plain.bench.give(.withdrawCase(.init(number: plain.number, reason: "撤回")), by: Samples.actor(.operator))
        #expect(try plain.stage() == .withdrawn)
    }

    @Test("A reopening gives a new order to the unit whose work did not hold, with new clocks (§4 row 1)")
    func reopened() throws {
        let scene = try OrderScene()
        try scene.handle()
        try scene.bench.give(
            .finishOrder(.init(number: scene.number, outcome: .solved, reply: "已修复。")), by: scene.handler)
        try scene.bench.give(.verifyCase(.init(number: scene.number)), by: Samples.actor(.gridWorker))
        scene.bench.now += .naturalDays(2)
        let reopened = Fact.revisitReopened(
            .init(
                number: scene.number, cycle: 0, count: 1, reason: "仍有两台未修", at: scene.bench.now, basis: Samples.basis))
        try scene.bench.land([reopened], by: .revisit)
        #expect(try scene.stage() == .assessed)
        let facts = try scene.bench.give(.fact(scene.bench.landed(reopened, by: .revisit))).facts
        #expect(facts.map(\.type) == ["order.issued"])
        let columns = try scene.columns()
        #expect(columns.stage == .dispatched)
        #expect(columns.dispatch.mainUnit == scene.main.code)
        #expect(columns.dispatch.cycle == 1 && columns.dispatch.orders == 2)
        #expect(columns.dispatch.due == scene.bench.now + .hours(24))
        #expect(try scene.bench.give(.fact(scene.bench.landed(reopened, by: .revisit))).facts.isEmpty)
    }
}

import CaseLog
import Contracts
import Governance
import Support
import Testing

@testable import RevisitCore

@Suite("Revisits")
struct RevisitTests {
    @Test("Every closing is planned at once, due in three working days, and goes to the unit's own key (row 68)")
    func planned() throws {
        let scene = try RevisitScene()
        try scene.open()
        let decision = try scene.close()
        #expect(decision.facts.map(\.type) == ["revisit.planned"])
        guard case .revisitPlanned(let planned) = decision.facts.first else { return }
        // Closed on Saturday 21 November: Monday to Wednesday.
        #expect(planned.phone.due.description.hasPrefix("2026-11-26T00:00"))
        #expect(planned.phone.explanation.contains("办结"))
        #expect(decision.commands.map(\.key) == ["unit:410803-housing"])
        #expect(decision.commands.map(\.to) == [.revisit])
        #expect(try scene.columns().revisit.phoneDue == planned.phone.due)
    }

    @Test("Four answers without a “no” pass; the phone revisit is done")
    func pass() throws {
        let scene = try RevisitScene.closed()
        let facts = try scene.bench.give(
            .passRevisit(.init(number: scene.number, scores: .all(.mostly))), by: scene.revisitor
        ).facts
        #expect(facts.map(\.type) == ["revisit.passed"])
        #expect(try scene.stage() == .revisited)
        #expect(try scene.columns().revisit.phoneDue == nil)
    }

    @Test("A “no” does not pass, and says which question (row 69)")
    func dissatisfied() throws {
        let scene = try RevisitScene.closed()
        let refusal = scene.refusal(
            .passRevisit(.init(number: scene.number, scores: Samples.dissatisfied)), by: scene.revisitor)
        #expect(refusal?.rule == "revisit.ok.dissatisfied")
        #expect(refusal?.text.zh.contains("问题处置") == true)
        #expect(try scene.stage() == .verified)
    }

    @Test("Dissatisfied reopens with the reason; the first time and the second are told apart (§3.2)")
    func reopen() throws {
        let scene = try RevisitScene.closed()
        let reopen = Contracts.Command.reopenCase(
            .init(number: scene.number, scores: Samples.dissatisfied, reason: "仍有两台未修"))
        let first = try scene.bench.give(reopen, by: scene.revisitor).facts
        #expect(Self.counts(first) == [1])
        #expect(try scene.stage() == .assessed)
        #expect(try scene.columns().awaitsNewOrder)
        try scene.close(round: 2)
        #expect(try scene.stage() == .verified)
        #expect(Self.counts(try scene.bench.give(reopen, by: scene.revisitor).facts) == [2])
    }

    private static func counts(_ facts: [Fact]) -> [Int] {
        facts.compactMap { if case .revisitReopened(let reopened) = $0 { reopened.count } else { nil } }
    }

    @Test("A reopening needs a reason and, where questions were asked, a “no”")
    func reopenWhy() throws {
        let scene = try RevisitScene.closed()
        let blank = Contracts.Command.reopenCase(.init(number: scene.number, reason: " "))
        #expect(scene.refusal(blank, by: scene.revisitor)?.rule == "text.blank")
        let satisfied = Contracts.Command.reopenCase(
            .init(number: scene.number, scores: .all(.yes), reason: "再看看"))
        #expect(scene.refusal(satisfied, by: scene.revisitor)?.rule == "revisit.reopen.satisfied")
    }

    @Test("The reporter may reopen for 14 days after the closing")
    func reporter() throws {
        let scene = try RevisitScene.closed()
        let citizen = Actor(subject: "c", name: "反映人", role: .citizen)
        let reopen = Contracts.Command.reopenCase(.init(number: scene.number, reason: "又坏了"))
        scene.bench.now = Samples.at + .naturalDays(14) + .seconds(1)
        #expect(scene.refusal(reopen, by: citizen)?.rule == "revisit.reopen.too_late")
        scene.bench.now = Samples.at + .naturalDays(14)
        #expect(scene.refusal(reopen, by: citizen) == nil)
    }

    @Test("Nobody revisits what his own unit handled (§3.5)")
    func separation() throws {
        let scene = try RevisitScene.closed()
        let own = Samples.actor(.revisitor, unit: Samples.housing)
        let pass = Contracts.Command.passRevisit(.init(number: scene.number, scores: .all(.yes)))
        #expect(scene.refusal(pass, by: own)?.rule == "revisit.ok.own_work")
        let attempt = Contracts.Command.attemptRevisit(.init(number: scene.number, result: .noAnswer))
        #expect(scene.refusal(attempt, by: own)?.rule == "revisit.attempt.own_work")
    }

    @Test("Three calls without an answer on two days lead to a visit, which then stands for the revisit")
    func unreachable() throws {
        let scene = try RevisitScene.closed()
        let call = Contracts.Command.attemptRevisit(.init(number: scene.number, result: .noAnswer))
        #expect(try scene.bench.give(call, by: scene.revisitor).facts.map(\.type) == ["revisit.attempted"])
        #expect(try scene.bench.give(call, by: scene.revisitor).facts.map(\.type) == ["revisit.attempted"])
        let visit = Contracts.Command.visitOnSite(
            .init(number: scene.number, scores: .all(.yes), note: "上门查看,已恢复"))
        #expect(scene.refusal(visit, by: scene.revisitor)?.rule == "revisit.visit.not_drawn")
        scene.bench.now += .naturalDays(1)
        #expect(
            try scene.bench.give(call, by: scene.revisitor).facts.map(\.type) == ["revisit.attempted", "revisit.drawn"])
        #expect(try scene.columns().awaitsOnSite)
        #expect(
            try scene.bench.give(visit, by: scene.revisitor).facts.map(\.type) == ["revisit.visited", "revisit.passed"])
        #expect(try scene.stage() == .revisited)
        #expect(try !scene.columns().awaitsOnSite)
    }

    @Test("Others rate only after the reporter was called")
    func rater() throws {
        let scene = try RevisitScene.closed()
        let pass = Contracts.Command.passRevisit(
            .init(number: scene.number, scores: .all(.yes), rater: .grassroots))
        #expect(scene.refusal(pass, by: scene.revisitor)?.rule == "revisit.ok.reporter_first")
        try scene.bench.give(
            .attemptRevisit(.init(number: scene.number, result: .callAgain)), by: scene.revisitor)
        #expect(scene.refusal(pass, by: scene.revisitor) == nil)
    }

    @Test("A visit that finds a “no” reopens a case that was passed by phone")
    func visitReopens() throws {
        let scene = try RevisitScene.closed()
        try scene.bench.give(.passRevisit(.init(number: scene.number, scores: .all(.yes))), by: scene.revisitor)
        let drawn = Contracts.Command.drawOnSite(
            .init(number: scene.number, cycle: 0, unit: Samples.housing, month: CivilMonth(Samples.at.day)))
        #expect(try scene.bench.give(drawn, by: nil).facts.map(\.type) == ["revisit.drawn"])
        #expect(scene.refusal(drawn, by: nil)?.rule == "revisit.draw.known")
        let visit = Contracts.Command.visitOnSite(
            .init(number: scene.number, scores: Samples.dissatisfied, note: "两台仍未修"))
        #expect(
            try scene.bench.give(visit, by: scene.revisitor).facts.map(\.type) == [
                "revisit.visited", "revisit.reopened",
            ])
        #expect(try scene.stage() == .assessed)
    }

    @Test("What was decided on a closing that is gone where it lands is late: withdrawn, or handled anew")
    func late() throws {
        let scene = try RevisitScene.closed()
        let passed = Fact.revisitPassed(
            .init(
                number: scene.number, cycle: 0, scores: .all(.yes), rater: .reporter, at: scene.bench.now,
                basis: Samples.basis))
        try scene.bench.land(
            [.caseWithdrawn(.init(number: scene.number, reason: "撤回", at: scene.bench.now, basis: Samples.basis))],
            by: .dispatch)
        #expect(try !scene.bench.land([passed], by: .revisit))
    }
}

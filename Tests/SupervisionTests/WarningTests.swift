import CaseLog
import Contracts
import Governance
import Support
import Testing

@testable import SupervisionCore

@Suite("Warnings and forms (domain.md §3.3, §5)")
struct WarningTests {
    @Test("24 h 见面: nothing at 23:59:59, at 24:00:00 exactly one 提醒单 with two recipients, and no second one ever")
    func meeting() throws {
        let scene = try WatchScene(gravity: .complex)
        let start = scene.now
        #expect(types(try scene.tick(at: start + .seconds(60_480))) == ["case.warned"])
        #expect(try scene.tick(at: start + .seconds(86_399)).isEmpty)
        let said = try scene.tick(at: start + .seconds(86_400))
        #expect(types(said) == ["case.warned", "case.reminded"])
        guard case .caseReminded(let form) = said[1] else { return }
        #expect(form.form == "\(scene.number.text)-T1")
        #expect(form.recipients.map(\.role) == [.unitHead, .deputyLeader])
        #expect(form.unit == scene.unit.code)
        #expect(form.occasion == .meet)
        #expect(try scene.tick(at: start + .seconds(86_401)).isEmpty)
        let (live, rebuilt) = try scene.stores()
        #expect(live == rebuilt, "a restart finds the same clocks, so it makes no second form")
    }

    @Test("A timer is named by the case, the clock's moment and the fact that started it")
    func timerIdentity() throws {
        let scene = try WatchScene(gravity: .complex)
        scene.now = scene.now + .hours(24)
        let timer = try #require(try scene.due().first)
        #expect(timer.clock == "meet/due")
        let issued = try #require(scene.log.first { $0.fact.type == "order.issued" })
        #expect(timer.startedBy == issued.id)
    }

    @Test("A meeting in time stops its clock: neither warning nor form")
    func metInTime() throws {
        let scene = try WatchScene(gravity: .complex)
        let start = scene.now
        scene.now = start + .hours(10)
        try scene.meet()
        #expect(try scene.tick(at: start + .hours(24)).isEmpty)
    }

    @Test("一般 24 h, nobody acted: 超时预警 and 督办单, no opt-out (rows 51, 63)")
    func respond() throws {
        let scene = try WatchScene(gravity: .ordinary, kind: .safety)
        let said = try scene.tick(at: scene.now + .hours(24))
        #expect(types(said) == ["case.warned", "case.supervised"])
        guard case .caseSupervised(let form) = said[1] else { return }
        #expect(form.form == "\(scene.number.text)-D1")
        #expect(form.recipients.count == 2)
    }

    @Test("一般 24 h, signed, met and acted on: only the warning (reading a)")
    func acted() throws {
        let scene = try WatchScene(gravity: .ordinary)
        let start = scene.now
        try scene.meet()
        try scene.progress()
        #expect(types(try scene.tick(at: start + .hours(24))) == ["case.warned"])
    }

    @Test("复杂 3 工作日: warned at 70 %, 督办单 at 24:00 of the third working day")
    func complexMatter() throws {
        let scene = try WatchScene(gravity: .complex)
        try scene.meet()
        let due = Instant("2026-11-27T00:00:00+08:00")!
        #expect(types(try scene.tick(at: due - .milliseconds(1))) == ["case.warned"])
        #expect(types(try scene.tick(at: due)) == ["case.warned", "case.supervised"])
    }

    @Test("What was reported in time is never late; a rejection lets the clock run again, with another timer")
    func reportedInTime() throws {
        let scene = try WatchScene(gravity: .complex)
        let start = scene.now
        try scene.meet()
        try scene.progress()
        scene.now = start + .hours(20)
        try scene.finish()
        #expect(try scene.tick(at: start + .naturalDays(8)).isEmpty)
        try scene.reject()
        let due = try scene.due()
        let rejected = try #require(scene.log.last)
        #expect(due.map(\.clock) == ["complex/due"])
        #expect(due.map(\.startedBy) == [rejected.id])
        #expect(types(try scene.tick(at: scene.now)) == ["case.warned", "case.supervised"])
    }

    @Test("An overdue 提醒单 that the weekly meeting leaves undecided becomes a 督办单 (rows 59, 63), and that one level up")
    func chain() throws {
        let scene = try WatchScene(gravity: .complex, kind: .safety)
        try scene.meet()
        try scene.progress()
        try scene.extend(until: scene.now + .naturalDays(50))
        try scene.give(
            .remindCase(.init(number: scene.number, demand: "请加快")), by: Samples.actor(.supervisor))
        let reminded = Instant("2026-11-27T00:00:00+08:00")!
        // Nobody signs either: that has clocks of its own.
        #expect(types(try scene.tick(at: reminded).filter { !$0.isSigning }) == ["case.warned"])
        scene.now = reminded + .hours(1)
        try scene.progress()
        let meeting = reminded + .naturalDays(7)
        #expect(!types(try scene.tick(at: meeting - .milliseconds(1))).contains("case.supervised"))
        #expect(types(try scene.tick(at: meeting).filter { !$0.isSigning }) == ["case.warned", "case.supervised"])
        try scene.progress()
        let supervised = try #require(try scene.board()["supervision/1"]).deadline.due
        let said = try scene.tick(at: supervised).filter { !$0.isSigning }
        #expect(types(said) == ["case.warned", "case.level_raised"])
        #expect(try scene.columns().supervision.raised == 1)
    }

    @Test("The weekly meeting confirms an overdue 提醒单 as a 督办单; an answer in between leaves nothing to confirm")
    func confirmed() throws {
        for isAnswered in [false, true] {
            let scene = try WatchScene(gravity: .complex, kind: .safety)
            try scene.meet()
            try scene.progress()
            try scene.extend(until: scene.now + .naturalDays(50))
            let supervisor = Samples.actor(.supervisor)
            try scene.give(.remindCase(.init(number: scene.number, demand: "请加快")), by: supervisor)
            let head = Samples.actor(.unitHead, unit: scene.unit.code)
            try scene.give(.signForm(.init(number: scene.number)), by: head)
            let reminded = Instant("2026-11-27T00:00:00+08:00")!
            try scene.tick(at: reminded)
            #expect(try scene.board()["weekly/1"]?.deadline.due == reminded + .naturalDays(7))
            if isAnswered {
                try scene.give(.rectifyForm(.init(number: scene.number, result: "已办")), by: head)
            } else {
                try scene.give(.superviseCase(.init(number: scene.number, demand: "周会确认")), by: supervisor)
                #expect(try scene.columns().supervision.forms?.first?.state == .superseded)
            }
            #expect(try scene.board()["weekly/1"] == nil)
        }
    }

    @Test("Within one handling there is one 督办单; a second breach is told, not ordered again, and no 提醒单 follows")
    func levelOnlyRises() throws {
        let scene = try WatchScene(gravity: .complex)
        try scene.give(
            .superviseCase(.init(number: scene.number, demand: "限期办结")), by: Samples.actor(.supervisor))
        let said = try scene.tick(at: scene.now + .hours(24))
        #expect(types(said) == ["case.warned"])
        #expect(
            scene.refusal(.remindCase(.init(number: scene.number, demand: "x")), by: Samples.actor(.supervisor))
                == "case.remind.supervised")
    }

    @Test("A new order has new clocks; those of the returned one are gone")
    func returned() throws {
        let scene = try WatchScene(gravity: .complex)
        let start = scene.now
        scene.now = start + .hours(20)
        try scene.land(
            .orderReturned(
                .init(
                    number: scene.number, order: scene.order, unit: scene.unit.code, proposed: Samples.housing,
                    reason: "不属本单位", at: scene.now, basis: scene.worker)))
        try scene.land(
            .returnAccepted(
                .init(
                    number: scene.number, order: scene.order, next: Samples.housing, at: scene.now, basis: Samples.basis
                )))
        try scene.issue(.complex, round: 2)
        #expect(try scene.tick(at: start + .hours(24)).isEmpty)
        #expect(types(try scene.tick(at: start + .hours(44))) == ["case.warned", "case.reminded"])
    }

    @Test("A warning decided just before the meeting landed comes too late, as a whole")
    func lateWarning() throws {
        let scene = try WatchScene(gravity: .complex)
        scene.now = scene.now + .hours(24)
        let said = try scene.saying(try #require(try scene.due().first))
        #expect(types(said) == ["case.warned", "case.reminded"])
        #expect(try !scene.isLate(said))
        try scene.meet()
        #expect(try scene.isLate(said))
        #expect(try scene.due().isEmpty)
    }

    @Test("A warning of the due instant before an extension comes too late; the extended clock speaks anew")
    func lateAfterExtension() throws {
        let scene = try WatchScene(gravity: .complex)
        try scene.meet()
        try scene.progress()
        let due = Instant("2026-11-27T00:00:00+08:00")!
        _ = try scene.tick(at: due - .milliseconds(1))
        scene.now = due
        let said = try scene.saying(try #require(try scene.due().first))
        scene.now = due - .milliseconds(1)
        try scene.extend(until: due + .naturalDays(5))
        #expect(try scene.isLate(said))
        #expect(try scene.tick(at: due).isEmpty)
        #expect(types(try scene.tick(at: due + .naturalDays(5))) == ["case.warned", "case.supervised"])
    }
}

import CaseLog
import Contracts
import Governance
import Support
import Testing

@testable import SupervisionCore

@Suite("Forms are signed, answered, settled or taken back (domain.md §3.2 督办单: 下发→签收→整改→反馈→核销|升级)")
struct FormTests {
    private let supervisor = Samples.actor(.supervisor)

    private func supervised() throws -> (WatchScene, head: Actor, handler: Actor) {
        let scene = try WatchScene(gravity: .complex)
        try scene.give(.superviseCase(.init(number: scene.number, demand: "请限期整改")), by: supervisor)
        let unit = scene.unit.code
        return (scene, Samples.actor(.unitHead, unit: unit), Samples.actor(.handler, unit: unit))
    }

    private func warned(_ facts: [Fact], _ rule: ClockRule) -> [CaseClock.Point] {
        facts.compactMap { if case .caseWarned(let warned) = $0, warned.rule == rule { warned.point } else { nil } }
    }

    private func calls(_ facts: [Fact]) -> [Role] {
        facts.compactMap { if case .leaderCalled(let call) = $0, call.form != nil { call.leader } else { nil } }
    }

    @Test("The head signs, a delegate only with the writing that names him, another unit never")
    func sign() throws {
        let (scene, head, handler) = try supervised()
        let sign = Contracts.Command.signForm(.init(number: scene.number))
        #expect(scene.refusal(sign, by: handler) == "form.sign.no_delegation")
        #expect(scene.refusal(sign, by: Samples.actor(.unitHead)) == "form.sign.no_form")
        #expect(scene.refusal(sign, by: supervisor) == "form.sign.role")
        #expect(types(try scene.give(sign, by: head)) == ["form.signed"])
        #expect(scene.refusal(sign, by: head) == "form.sign.no_form")
        #expect(try scene.columns().supervision.forms?.map(\.state) == [.signed])
    }

    @Test(
        "Nobody signs within a working day: the leaders are called in turn, each once, and the form's own clock goes on"
    )
    func chain() throws {
        let (scene, head, _) = try supervised()
        let start = scene.now
        // Monday: due at the end of Tuesday, the call to the next leader at the end of the next working day.
        #expect(calls(try scene.tick(at: start + .hours(38))).isEmpty)
        let first = try scene.tick(at: start + .hours(39))
        #expect(calls(first) == [.deputyLeader])
        #expect(try scene.columns().formSigner == .deputyLeader)
        #expect(calls(try scene.tick(at: start + .hours(87))) == [.chiefLeader])
        #expect(calls(try scene.tick(at: start + .naturalDays(9))).isEmpty)
        #expect(types(try scene.give(.signForm(.init(number: scene.number)), by: head)) == ["form.signed"])
        #expect(try scene.columns().formSigner == nil)
    }

    @Test("A leader who was called may sign himself; then nobody else is called")
    func leaderSigns() throws {
        let (scene, _, _) = try supervised()
        let start = scene.now
        try scene.tick(at: start + .hours(39))
        try scene.give(.signForm(.init(number: scene.number)), by: Samples.actor(.deputyLeader))
        #expect(calls(try scene.tick(at: start + .naturalDays(9))).isEmpty)
    }

    @Test("The unit answers only what it signed; then the form's clock ends and nothing is raised because of it")
    func rectify() throws {
        let (scene, head, handler) = try supervised()
        let rectify = Contracts.Command.rectifyForm(.init(number: scene.number, result: "已更换,试充正常"))
        #expect(scene.refusal(rectify, by: handler) == "form.rectify.no_form")
        try scene.give(.signForm(.init(number: scene.number)), by: head)
        let blank = Contracts.Command.rectifyForm(.init(number: scene.number, result: " "))
        #expect(scene.refusal(blank, by: handler) != nil)
        #expect(types(try scene.give(rectify, by: handler)) == ["form.rectified"])
        let said = try scene.tick(at: scene.now + .naturalDays(6))
        #expect(warned(said, .supervision).isEmpty && !types(said).contains("case.level_raised"))
    }

    /// A 督办单 that its unit answered.
    private func answered() throws -> (WatchScene, handler: Actor) {
        let (scene, head, handler) = try supervised()
        try scene.give(.signForm(.init(number: scene.number)), by: head)
        try scene.give(.rectifyForm(.init(number: scene.number, result: "已更换,试充正常")), by: handler)
        return (scene, handler)
    }

    @Test("核销 takes another person than who told what was done, of another unit, and takes place once (§5 提醒单→督办单)")
    func settle() throws {
        let (scene, head, handler) = try supervised()
        let settle = Contracts.Command.settleForm(.init(number: scene.number, note: "现场看过"))
        #expect(scene.refusal(settle, by: supervisor) == "form.settle.no_form")
        try scene.give(.signForm(.init(number: scene.number)), by: head)
        try scene.give(.rectifyForm(.init(number: scene.number, result: "已更换")), by: handler)
        #expect(scene.refusal(settle, by: handler) == "form.settle.role")
        let colleague = Samples.actor(.supervisor, unit: scene.unit.code)
        #expect(scene.refusal(settle, by: colleague) == "form.settle.own_work")
        let same = Actor(subject: handler.subject, name: "中心", role: .center, place: PlaceCode("410803"))
        #expect(scene.refusal(settle, by: same) == "form.settle.own_work")
        let blank = Contracts.Command.settleForm(.init(number: scene.number, note: " "))
        #expect(scene.refusal(blank, by: supervisor) == "text.blank")
        #expect(types(try scene.give(settle, by: supervisor)) == ["form.settled"])
        #expect(try scene.columns().supervision.forms?.map(\.state) == [.settled])
        #expect(scene.refusal(settle, by: supervisor) == "form.settle.no_form")
    }

    @Test("What was not done well goes up 升级: another 督办单, or the center above, takes the place of the answered one")
    func escalated() throws {
        let (scene, _) = try answered()
        try scene.give(.superviseCase(.init(number: scene.number, demand: "仍有两台未修")), by: supervisor)
        #expect(try scene.columns().supervision.forms?.map(\.state) == [.superseded, .issued])
        let (other, _) = try answered()
        try other.give(.raiseLevel(.init(number: other.number, reason: "整改不实")), by: supervisor)
        #expect(try other.columns().supervision.forms?.map(\.state) == [.superseded])
        #expect(try other.columns().unsettledForms.isEmpty)
    }

    @Test("A 提醒单 is done with when it is answered")
    func reminderSettled() throws {
        let scene = try WatchScene(gravity: .complex)
        try scene.give(.remindCase(.init(number: scene.number, demand: "请抓紧")), by: supervisor)
        try scene.give(.signForm(.init(number: scene.number)), by: Samples.actor(.unitHead, unit: scene.unit.code))
        let handler = Samples.actor(.handler, unit: scene.unit.code)
        try scene.give(.rectifyForm(.init(number: scene.number, result: "已办")), by: handler)
        #expect(try scene.columns().unsettledForms.isEmpty)
    }

    @Test("Only its issuer or a leader takes a form back, with a reason; what is late next gets a form again")
    func withdraw() throws {
        let (scene, _, _) = try supervised()
        let withdraw = Contracts.Command.withdrawForm(.init(number: scene.number, reason: "重复下发"))
        let other = Actor(subject: "another", name: "督办员", role: .supervisor, place: PlaceCode("410803"))
        #expect(scene.refusal(withdraw, by: other) == "form.withdraw.not_issuer")
        #expect(types(try scene.give(withdraw, by: supervisor)) == ["form.withdrawn"])
        #expect(try !scene.columns().isSupervised)
        let said = try scene.tick(at: scene.now + .naturalDays(6))
        #expect(types(said).contains("case.supervised"))
        #expect(try scene.columns().supervision.supervisions == 2)
    }

    @Test("What a rule issued is taken back by a leader only (row 63: no opt-out)")
    func ruleForm() throws {
        let scene = try WatchScene(gravity: .ordinary, kind: .safety)
        try scene.tick(at: scene.now + .hours(24))
        let withdraw = Contracts.Command.withdrawForm(.init(number: scene.number, reason: "情况有变"))
        #expect(scene.refusal(withdraw, by: supervisor) == "form.withdraw.not_issuer")
        #expect(types(try scene.give(withdraw, by: Samples.actor(.deputyLeader))) == ["form.withdrawn"])
    }

    @Test("A 督办单 takes the place of the 提醒单: nobody is asked to sign the older one any more")
    func superseded() throws {
        let scene = try WatchScene(gravity: .complex)
        try scene.give(.remindCase(.init(number: scene.number, demand: "请抓紧")), by: supervisor)
        try scene.give(.superviseCase(.init(number: scene.number, demand: "限期整改")), by: supervisor)
        #expect(try scene.columns().supervision.forms?.map(\.state) == [.superseded, .issued])
        #expect(try scene.board().clocks.filter { $0.rule == .formSign }.map(\.name) == ["sign/D1/0"])
        let (live, rebuilt) = try scene.stores()
        #expect(live == rebuilt)
    }
}

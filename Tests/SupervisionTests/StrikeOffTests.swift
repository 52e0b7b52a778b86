import CaseLog
import Contracts
import Governance
import Support
import Testing

@testable import SupervisionCore

@Suite("Strike-off, revival, the book of unsealings (domain.md §3.2, §3.5)")
struct StrikeOffTests {
    private func closed(_ colour: Colour = .yellow) throws -> WatchScene {
        let scene = try WatchScene(gravity: .complex, colour: colour)
        try scene.close()
        return scene
    }

    private func strikeOff(_ scene: WatchScene) -> Contracts.Command {
        .strikeOffCase(.init(number: scene.number, note: "材料齐全"))
    }

    @Test("A supervisor strikes off what is verified and revisited; its clocks are gone")
    func plain() throws {
        let scene = try closed()
        #expect(types(try scene.give(strikeOff(scene), by: Samples.actor(.supervisor))) == ["case.struck_off"])
        #expect(try scene.columns().stage == .struckOff)
        #expect(try scene.board().clocks.isEmpty)
    }

    @Test("Not before the revisit is done, nor while an order is open")
    func tooEarly() throws {
        let scene = try WatchScene(gravity: .complex)
        #expect(scene.refusal(strikeOff(scene), by: Samples.actor(.supervisor)) == "case.strike_off.not_revisited")
        try scene.meet()
        try scene.progress()
        try scene.finish()
        try scene.verify()
        #expect(scene.refusal(strikeOff(scene), by: Samples.actor(.supervisor)) == "case.strike_off.not_revisited")
    }

    @Test("Nobody strikes off what he or his unit handled, verified or revisited")
    func separation() throws {
        let scene = try closed()
        func supervisor(_ subject: String, _ unit: UnitCode? = nil) -> Actor {
            Actor(subject: subject, name: "督办员", role: .supervisor, unit: unit)
        }
        #expect(scene.refusal(strikeOff(scene), by: supervisor("u-handler")) == "case.strike_off.own_work")
        #expect(scene.refusal(strikeOff(scene), by: supervisor("x", scene.unit.code)) == "case.strike_off.own_work")
        #expect(scene.refusal(strikeOff(scene), by: supervisor("u-gridWorker")) == "case.strike_off.own_check")
        #expect(scene.refusal(strikeOff(scene), by: supervisor("x")) == nil)
    }

    @Test("Red and orange take two persons")
    func two() throws {
        let scene = try closed(.red)
        let leader = Samples.actor(.deputyLeader)
        #expect(scene.refusal(strikeOff(scene), by: leader) == "case.strike_off.not_proposed")
        #expect(
            types(try scene.give(strikeOff(scene), by: Samples.actor(.supervisor))) == ["case.strike_off_proposed"])
        #expect(try scene.columns().stage == .revisited)
        var same = leader
        same.subject = Samples.actor(.supervisor).subject
        #expect(scene.refusal(strikeOff(scene), by: same) == "case.strike_off.same_person")
        #expect(types(try scene.give(strikeOff(scene), by: leader)) == ["case.struck_off"])
    }

    @Test("A strike-off decided just before something changed comes too late")
    func late() throws {
        let scene = try closed()
        let fact = Fact.caseStruckOff(.init(number: scene.number, cycle: 0, at: scene.now, basis: Samples.basis))
        #expect(try !scene.isLate([fact]))
        try scene.give(strikeOff(scene), by: Samples.actor(.supervisor))
        #expect(try scene.isLate([fact]))
    }

    @Test("A revived case waits for a new order with new clocks and a new strike-off; the old one is never deleted")
    func revived() throws {
        let scene = try closed()
        try scene.give(strikeOff(scene), by: Samples.actor(.supervisor))
        let revive = Contracts.Command.reviveCase(.init(number: scene.number, reason: "问题反复"))
        #expect(types(try scene.give(revive, by: Samples.actor(.center))) == ["case.revived"])
        #expect(try scene.columns().awaitsNewOrder)
        try scene.issue(.complex, round: 2)
        #expect(try scene.columns().stage == .dispatched)
        #expect(try scene.columns().supervision.struckOffCycle == 0)
        #expect(types(try scene.tick(at: scene.now + .hours(24))) == ["case.warned", "case.reminded"])
    }

    @Test("To unseal leaves who, why and what in the book; a purpose is required; the handling unit never may")
    func unseal() throws {
        let scene = try WatchScene(gravity: .complex)
        let unseal = Contracts.Command.unsealVault(
            .init(number: scene.number, report: Samples.report, purpose: "电话核实地址"))
        let said = try scene.give(unseal, by: Samples.actor(.operator))
        guard case .vaultUnsealed(let entry)? = said.first else {
            Issue.record("\(types(said))")
            return
        }
        #expect(entry.basis.actor?.subject == "u-operator")
        #expect(entry.purpose == "电话核实地址" && entry.report == Samples.report)
        #expect(scene.refusal(unseal, by: Samples.actor(.handler, unit: scene.unit.code)) == "vault.unseal.role")
        var own = Samples.actor(.supervisor)
        own.unit = scene.unit.code
        #expect(scene.refusal(unseal, by: own) == "vault.unseal.own_work")
        #expect(
            scene.refusal(
                .unsealVault(.init(number: scene.number, purpose: " ")), by: Samples.actor(.operator)) == "text.blank")
    }

    @Test("Another service may supervise and raise, with its reason")
    func crossing() throws {
        let scene = try WatchScene(gravity: .complex)
        let said = try scene.give(.superviseCase(.init(number: scene.number, demand: "两次回访不满意")), by: nil)
        #expect(types(said) == ["case.supervised"])
        #expect(
            types(try scene.give(.raiseLevel(.init(number: scene.number, reason: "x")), by: nil)) == [
                "case.level_raised"
            ])
        #expect(scene.refusal(strikeOff(scene), by: nil) == "case.strike_off.role")
    }

    @Test("A form's own due lies ahead, within 60 days; a blank demand is refused")
    func formDetails() throws {
        let scene = try WatchScene(gravity: .complex)
        let supervisor = Samples.actor(.supervisor)
        func remind(_ demand: String, _ due: Instant?) -> Contracts.Command {
            .remindCase(.init(number: scene.number, demand: demand, due: due))
        }
        #expect(scene.refusal(remind(" ", nil), by: supervisor) == "text.blank")
        #expect(scene.refusal(remind("x", scene.now), by: supervisor) == "form.due")
        #expect(scene.refusal(remind("x", scene.now + .naturalDays(61)), by: supervisor) == "form.due")
        let said = try scene.give(remind("x", scene.now + .hours(8)), by: supervisor)
        guard case .caseReminded(let form)? = said.first else { return }
        #expect(form.deadline.due == scene.now + .hours(8))
    }
}

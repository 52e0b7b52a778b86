import CaseLog
import Contracts
import Governance
import Support
import Testing

@testable import SupervisionCore

@Suite("领导包案: taken, assigned, changed, ended (domain.md row 19, §3.5)")
struct SponsorTests {
    private let deputy = Samples.actor(.deputyLeader)
    private let chief = Samples.actor(.chiefLeader)

    private func sponsor(_ scene: WatchScene, _ leader: String? = nil, _ name: String? = nil) -> Contracts.Command {
        .sponsorCase(.init(number: scene.number, leader: leader, name: name, reason: "群众反映强烈"))
    }

    @Test("A leader takes a case himself; who and why stand in the fact, and no clock is touched")
    func takes() throws {
        let scene = try WatchScene(gravity: .complex)
        let clocks = try scene.board()
        let said = try scene.give(sponsor(scene), by: deputy)
        guard case .caseSponsored(let fact)? = said.first, said.count == 1 else {
            Issue.record("\(types(said))")
            return
        }
        #expect(fact.sponsor == CaseSponsor(subject: deputy.subject, name: deputy.name) && fact.previous == nil)
        #expect(fact.reason == "群众反映强烈" && fact.basis.actor == deputy)
        #expect(try scene.columns().supervision.sponsor == fact.sponsor)
        #expect(try scene.board() == clocks)
    }

    @Test("The chief leader names another leader, by subject and by name, and puts one in the place of another")
    func assigns() throws {
        let scene = try WatchScene(gravity: .complex)
        #expect(scene.refusal(sponsor(scene, "u-x", "张某"), by: deputy) == "sponsor.chief_names")
        #expect(scene.refusal(sponsor(scene, "u-x"), by: chief) == "text.blank")
        #expect(scene.refusal(sponsor(scene, nil, "张某"), by: chief) == "text.blank")
        try scene.give(sponsor(scene), by: deputy)
        let said = try scene.give(sponsor(scene, "u-x", "张某 副区长"), by: chief)
        guard case .caseSponsored(let fact)? = said.first else { return }
        #expect(fact.sponsor == CaseSponsor(subject: "u-x", name: "张某 副区长"))
        #expect(fact.previous?.subject == deputy.subject)
        #expect(scene.refusal(sponsor(scene, "u-x", "张某 副区长"), by: chief) == "sponsor.same")
        #expect(scene.refusal(sponsor(scene), by: deputy) == "case.sponsor.sponsored")
    }

    @Test("It ends with a reason; a case that ended takes none any more")
    func ends() throws {
        let scene = try WatchScene(gravity: .complex)
        try scene.give(sponsor(scene), by: deputy)
        func end(_ reason: String) -> Contracts.Command { .endSponsor(.init(number: scene.number, reason: reason)) }
        #expect(scene.refusal(end(" "), by: deputy) == "text.blank")
        let said = try scene.give(end("已平稳"), by: deputy)
        #expect(types(said) == ["sponsor.ended"])
        #expect(try scene.columns().supervision.sponsor == nil)
        #expect(scene.refusal(end("已平稳"), by: deputy) == "sponsor.end.not_sponsored")
        try scene.close()
        try scene.give(.strikeOffCase(.init(number: scene.number)), by: Samples.actor(.supervisor))
        #expect(scene.refusal(sponsor(scene), by: deputy) == "case.sponsor.not_open")
    }

    @Test("Whoever sponsored a red case does not strike it off, another leader does")
    func strikeOff() throws {
        let scene = try WatchScene(gravity: .complex, colour: .red)
        try scene.give(sponsor(scene), by: deputy)
        try scene.give(.endSponsor(.init(number: scene.number, reason: "已平稳")), by: chief)
        try scene.close()
        let strikeOff = Contracts.Command.strikeOffCase(.init(number: scene.number))
        try scene.give(strikeOff, by: Samples.actor(.supervisor))
        #expect(scene.refusal(strikeOff, by: deputy) == "case.strike_off.own_case")
        var other = deputy
        other.subject = "u-deputy-2"
        #expect(types(try scene.give(strikeOff, by: other)) == ["case.struck_off"])
    }

    @Test("The sponsor is told of what the clocks say and of the form that follows, besides the two offices")
    func told() throws {
        let scene = try WatchScene(gravity: .ordinary)
        try scene.give(sponsor(scene), by: deputy)
        let said = try scene.tick(at: scene.now + .hours(24))
        let warned = said.compactMap { if case .caseWarned(let body) = $0 { body.recipients } else { nil } }
        let formed = said.compactMap { if case .caseSupervised(let body) = $0 { body.recipients } else { nil } }
        #expect(!warned.isEmpty && !formed.isEmpty)
        for recipients in warned + formed {
            #expect(recipients.count == 3 && recipients.last?.role == .sponsor)
        }
    }
}

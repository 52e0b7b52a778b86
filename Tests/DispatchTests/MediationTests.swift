import CaseLog
import Contracts
import Governance
import Support
import Testing

@testable import DispatchCore

@Suite("Mediation: voluntary, by a panel without an interest in the matter (domain.md rows 77, 78)")
struct MediationTests {
    private let both = MediationConsents(applicant: true, respondent: true)

    private func scene() throws -> OrderScene {
        let scene = try OrderScene(kind: .dispute)
        try scene.handle()
        return scene
    }

    private func refusal(_ scene: OrderScene, _ command: Contracts.Command, by actor: Actor) -> String? {
        let refusal = #expect(throws: Refusal.self) { try scene.bench.give(command, by: actor) }
        return refusal?.rule
    }

    private func referred(_ facts: [Fact]) throws -> MediationReferred {
        try #require(facts.compactMap { if case .mediationReferred(let body) = $0 { body } else { nil } }.first)
    }

    @Test("Nobody is sent to it unless both parties agree", arguments: [(true, false), (false, true), (false, false)])
    func voluntary(_ applicant: Bool, _ respondent: Bool) throws {
        let scene = try scene()
        let consents = MediationConsents(applicant: applicant, respondent: respondent)
        #expect(
            refusal(
                scene, .referMediation(.init(number: scene.number, to: "调委会", consents: consents)), by: scene.handler)
                == "mediation.refer.voluntary")
        #expect(try scene.stage() == .handling)
    }

    @Test("A committee mediates without a panel; an agreement brings the case back to its unit")
    func committee() throws {
        let scene = try scene()
        let facts = try scene.bench.give(
            .referMediation(.init(number: scene.number, to: "调委会", consents: both)), by: scene.handler
        ).facts
        #expect(try referred(facts).panel == nil)
        #expect(try scene.stage() == .mediating)
        try scene.bench.give(
            .endMediation(.init(number: scene.number, outcome: .agreed, note: "达成协议")), by: Samples.actor(.mediator))
        #expect(try scene.stage() == .handling)
    }

    @Test("The points in dispute decide the skills of the panel, and the fact says why these and who was left out")
    func panel() throws {
        let scene = try scene()
        let facts = try scene.bench.give(
            .referMediation(
                .init(
                    number: scene.number, points: ["injury", "neighbours", "court-confirmation"], consents: both,
                    via: .police, parties: [#require(UnitCode("410803-traffic"))], recused: ["tj-007"])),
            by: scene.handler
        ).facts
        let body = try referred(facts)
        let panel = try #require(body.panel)
        #expect(panel.seats.map(\.skill) == MediatorSkill.allCases)
        #expect(Set(panel.mediators).isDisjoint(with: ["tj-007", "tj-002"]))
        #expect(panel.leftOut.map(\.ground).contains(.kin) && panel.leftOut.map(\.ground).contains(.recused))
        #expect(body.points == ["人身损害赔偿", "邻里关系与情绪", "协议司法确认"] && body.via == .police)
        #expect(body.consents == both)
        #expect(body.basis.reasons.map(\.text).contains { $0.contains("示例法官庚未列入:当事人或本人申请回避") })
    }

    @Test("Either party may end it; after that a new panel has other people, who have less in hand")
    func withdrawn() throws {
        let scene = try scene()
        let refer = Contracts.Command.referMediation(
            .init(number: scene.number, points: ["liability"], consents: both))
        let first = try #require(try referred(scene.bench.give(refer, by: scene.handler).facts).panel)
        #expect(
            refusal(
                scene, .endMediation(.init(number: scene.number, outcome: .withdrawn, note: "不愿再谈")), by: scene.handler)
                == "mediation.end.who_withdrew")
        let facts = try scene.bench.give(
            .endMediation(
                .init(number: scene.number, outcome: .withdrawn, withdrawnBy: .respondent, note: "不愿再谈")),
            by: scene.handler
        ).facts
        guard case .mediationEnded(let ended)? = facts.first else {
            Issue.record("no end: \(facts)")
            return
        }
        #expect(!ended.mediated && ended.withdrawnBy == .respondent)
        let second = try #require(try referred(scene.bench.give(refer, by: scene.handler).facts).panel)
        #expect(Set(second.mediators).isDisjoint(with: first.mediators))
        #expect(second.leftOut.contains { $0.ground == .handled && first.mediators.contains($0.mediator) })
    }

    @Test("Unknown points and mediators are told by name; where nobody is left the handler is told what to do")
    func unknown() throws {
        let scene = try scene()
        func refer(_ points: [String]?, recused: [String]? = nil) -> Contracts.Command {
            .referMediation(.init(number: scene.number, points: points, consents: both, recused: recused))
        }
        #expect(refusal(scene, refer(nil), by: scene.handler) == "mediation.refer.nobody")
        #expect(refusal(scene, refer(["x"]), by: scene.handler) == "mediation.refer.point_unknown")
        #expect(
            refusal(scene, refer(["liability"], recused: ["x"]), by: scene.handler)
                == "mediation.refer.mediator_unknown")
        let judges = ["tj-007", "tj-008"]
        #expect(
            refusal(scene, refer(["court-confirmation"], recused: judges), by: scene.handler)
                == "mediation.refer.no_panel")
    }
}

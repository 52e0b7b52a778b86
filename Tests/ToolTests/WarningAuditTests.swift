import Contracts
import Governance
import Support
import Testing

@testable import AuditCore

@Suite("The audit's rule about risk warnings: each planted violation by its name", .serialized)
struct WarningAuditTests {
    private static func warning(_ number: CaseNumber, found: Int = 3, area: PlaceCode? = nil) -> Fact {
        let basis = Basis.rule(
            Reason(rule: "model.frequent", text: "3 件", inputs: ["r1", "r2", "r3"], reference: "0123456789ab"))
        let warning = RiskWarning(
            model: "frequent", kind: .frequency, scenario: "lift-trap", name: "电梯反复故障困人", area: area,
            colour: .orange, raisesColour: false, inputs: [], threshold: 3, found: found, days: 7, text: "3 件",
            advice: "停梯检验")
        return .warningRaised(
            .init(number: number, warning: "frequent.lift-trap", warning, at: Samples.at, basis: basis))
    }

    @Test("warning.steps: a warning below its threshold")
    func below() async throws {
        let scene = try await AuditScene()
        let number = try scene.number(scene.placed)
        try scene.plantAnswered([Self.warning(number, found: 2, area: number.home.place)], by: .triage)
        #expect(try await scene.failed() == ["warning.steps"])
    }

    @Test("warning.steps: one model twice for one place within its window")
    func twice() async throws {
        let scene = try await AuditScene()
        let number = try scene.number(scene.placed)
        let fact = Self.warning(number, area: number.home.place)
        try scene.plantAnswered([fact, fact], by: .triage)
        #expect(try await scene.failed() == ["warning.steps"])
    }

    @Test("warning.steps: 同一人反复 over the reports of people of whom nothing says that they are one")
    func nobody() async throws {
        let scene = try await AuditScene()
        let number = try scene.number(scene.placed)
        let basis = Basis.rule(
            Reason(
                rule: "model.repeat", text: "3 件", inputs: [scene.placed.wire, scene.queued.wire],
                reference: "0123456789ab"))
        let warning = RiskWarning(
            model: "repeat", kind: .repetition, scenario: nil, name: "同一人反复反映", area: number.home.place,
            colour: .yellow, raisesColour: false, inputs: [], threshold: 2, found: 2, days: 30, text: "2 件",
            advice: "指定专人见面")
        try scene.plantAnswered(
            [.warningRaised(.init(number: number, warning: "repeat", warning, at: Samples.at, basis: basis))],
            by: .triage)
        #expect(try await scene.failed() == ["warning.steps"])
    }

    @Test("warning.steps: a warning cleared that nobody confirmed")
    func unconfirmed() async throws {
        let scene = try await AuditScene()
        let number = try scene.number(scene.placed)
        let cleared = Fact.warningCleared(
            .init(
                number: number, warning: "frequent.lift-trap", outcome: .resolved, reason: "已化解", at: Samples.at,
                basis: .person(Samples.actor(.analyst))))
        try scene.plantAnswered([Self.warning(number, area: number.home.place), cleared], by: .triage)
        #expect(try await scene.failed() == ["warning.steps"])
    }
}

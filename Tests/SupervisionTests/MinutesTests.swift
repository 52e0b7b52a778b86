import Contracts
import Governance
import Support
import Testing

@testable import SupervisionCore

@Suite("Minutes: what meetings resolve, talks, reviews, the month's topic (domain.md rows 59, 60, 65)")
struct MinutesTests {
    private let center = Samples.actor(.center)

    private func minutes(_ facts: [Fact]) -> MinutesRecorded? {
        facts.compactMap { if case .minutesRecorded(let body) = $0 { body } else { nil } }.first
    }

    @Test("Each kind is one fact of the case and changes nothing of it", arguments: MinutesKind.allCases)
    func kinds(_ kind: MinutesKind) throws {
        let scene = try WatchScene(gravity: .complex)
        let before = try scene.columns()
        let record = Contracts.Command.recordMinutes(
            .init(number: scene.number, kind: kind, theme: "物业收费", text: "三日内入户核对"))
        let body = try #require(minutes(try scene.give(record, by: center)))
        #expect(body.kind == kind && body.text == "三日内入户核对")
        #expect(try scene.columns() == before)
    }

    @Test("A talk is with a unit, the main one unless another is named; a topic has a name")
    func details() throws {
        let scene = try WatchScene(gravity: .complex)
        let talk = try scene.give(.recordMinutes(.init(number: scene.number, kind: .talk, text: "约谈")), by: center)
        #expect(minutes(talk)?.unit == scene.unit.code)
        #expect(
            scene.refusal(.recordMinutes(.init(number: scene.number, kind: .topic, text: "排查")), by: center)
                == "text.blank")
        let nobody = Contracts.Command.recordMinutes(
            .init(number: scene.number, kind: .talk, unit: UnitCode("410803-nobody"), text: "约谈"))
        #expect(scene.refusal(nobody, by: center) == "unit.unknown")
        let unit = Samples.actor(.unitHead, unit: scene.unit.code)
        #expect(
            scene.refusal(.recordMinutes(.init(number: scene.number, kind: .day, text: "x")), by: unit)
                == "minutes.record.role")
    }
}

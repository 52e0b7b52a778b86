import CaseLog
import Contracts
import Governance
import Support
import Testing

@testable import SupervisionCore

@Suite("Who is on duty is told with a warning and with a call to a leader (domain.md rows 3, 15, 62)")
struct DutyTests {
    private func warned(_ facts: [Fact]) -> [CaseWarned] {
        facts.compactMap { if case .caseWarned(let body) = $0 { body } else { nil } }
    }

    private func called(_ facts: [Fact]) -> [LeaderCalled] {
        facts.compactMap { if case .leaderCalled(let body) = $0 { body } else { nil } }
    }

    @Test("A warning in the night names whoever has the night shift of the unit that is told, once, until it ends")
    func warning() throws {
        let scene = try WatchScene(gravity: .complex, unit: "410803-emergency")
        let at = scene.now + .seconds(60_480)
        let said = try #require(warned(try scene.tick(at: at)).first)
        let duty = try #require(said.duties?.first)
        #expect(said.duties?.count == 1 && duty.unit == scene.unit.code)
        #expect(duty.duty.shift == "夜班" && duty.duty.officer != nil)
        #expect(duty.duty.until == Instant("2026-11-24T08:00:00+08:00"))
        #expect(said.recipients.compactMap(\.unit).allSatisfy { $0 == duty.unit })
    }

    @Test("A gap is told as one, and a unit without a roster tells nothing")
    func gaps() throws {
        let housing = try WatchScene(gravity: .complex, unit: "410803-housing")
        let night = try #require(warned(try housing.tick(at: housing.now + .seconds(60_480))).first)
        #expect(
            night.duties?.map(\.duty) == [OnDuty(officer: nil, shift: nil, until: Instant("2026-11-24T08:30:00+08:00"))]
        )
        let market = try WatchScene(gravity: .complex, unit: "410803-market")
        let plain = try #require(warned(try market.tick(at: market.now + .seconds(60_480))).first)
        #expect(plain.duties == nil)
    }

    @Test("Each leader who is called is told who is on duty in the unit that goes, at the moment of his own call")
    func calls() throws {
        let scene = try WatchScene(unit: "410803-emergency")
        scene.now = try #require(Instant("2026-11-23T19:50:00+08:00"))
        try scene.assess(.major, .red)
        try scene.major()
        let first = try #require(called(scene.log.map(\.fact)).first)
        #expect(first.duties?.map(\.duty.shift) == ["白班"])
        try scene.issue(.major, .red)
        let second = try #require(called(try scene.tick(at: scene.now + .minutes(15))).first)
        #expect(second.call == 2 && second.duties?.map(\.duty.shift) == ["夜班"])
    }
}

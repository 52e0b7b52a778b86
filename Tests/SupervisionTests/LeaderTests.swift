import CaseLog
import Contracts
import Governance
import Support
import Testing

@testable import SupervisionCore

@Suite("Leaders are called until one acknowledges (domain.md §3.3 重大, §4 rows 4, 11)")
struct LeaderTests {
    private func called() throws -> (WatchScene, Instant) {
        let scene = try WatchScene()
        try scene.assess(.major, .red)
        try scene.major()
        return (scene, scene.now)
    }

    private func leaders(_ facts: [Fact]) -> [Role] {
        facts.compactMap { if case .leaderCalled(let call) = $0 { call.leader } else { nil } }
    }

    @Test("The first leader is called at once, the next after 15 minutes, and round again")
    func chain() throws {
        let (scene, start) = try called()
        #expect(leaders(scene.log.map(\.fact)) == [.chiefLeader])
        #expect(try leaders(scene.tick(at: start + .minutes(15) - .milliseconds(1))).isEmpty)
        #expect(try leaders(scene.tick(at: start + .minutes(15))) == [.deputyLeader])
        #expect(try leaders(scene.tick(at: start + .minutes(30))) == [.chiefLeader])
    }

    @Test("After a silence of a day one call goes out, not a hundred")
    func noFlood() throws {
        let (scene, start) = try called()
        #expect(try leaders(scene.tick(at: start + .hours(24))).count == 1)
    }

    @Test("An acknowledgement stops the calls for good and cannot be given twice")
    func acknowledged() throws {
        let (scene, start) = try called()
        let acknowledge = Contracts.Command.acknowledgeCase(.init(number: scene.number, note: "立即疏散"))
        #expect(scene.refusal(acknowledge, by: Samples.actor(.supervisor)) == "case.acknowledge.role")
        #expect(types(try scene.give(acknowledge, by: Samples.actor(.deputyLeader))) == ["case.acknowledged"])
        #expect(try scene.tick(at: start + .naturalDays(1)).isEmpty)
        #expect(
            scene.refusal(acknowledge, by: Samples.actor(.chiefLeader)) == "case.acknowledge.nothing_to_acknowledge")
    }

    @Test("A call decided just before the acknowledgement landed comes too late")
    func lateCall() throws {
        let (scene, start) = try called()
        scene.now = start + .minutes(15)
        let said = try scene.saying(try #require(try scene.due().first))
        try scene.give(.acknowledgeCase(.init(number: scene.number)), by: Samples.actor(.chiefLeader))
        #expect(try scene.isLate(said))
    }
}

import CaseLog
import Contracts
import Governance
import Support
import Testing

@testable import SupervisionCore

@Suite("代办 in time (domain.md row 31)")
struct ErrandClockTests {
    /// Monday: the third working day is Thursday.
    private let soon = Instant("2026-11-26T02:24:00+08:00")!
    private let due = Instant("2026-11-27T00:00:00+08:00")!

    /// An order that is acted on.
    private func handled() throws -> WatchScene {
        let scene = try WatchScene(gravity: .ordinary)
        try scene.meet()
        try scene.progress()
        return scene
    }

    private func door(_ scene: WatchScene) throws -> UnitCode {
        try #require(scene.reference.units.all.first { $0.kind == .department && $0.code != scene.unit.code }).code
    }

    private func send(_ scene: WatchScene) throws {
        let clock = DeadlineRules.deadline(.errand, start: scene.now, calendar: scene.reference.calendar)
        try scene.land(
            .errandSent(
                .init(
                    number: scene.number, order: scene.order, unit: try door(scene), task: "上门代办", clock: clock,
                    at: scene.now, basis: scene.worker)))
    }

    private func finish(_ scene: WatchScene) throws {
        try scene.land(
            .errandFinished(
                .init(
                    number: scene.number, order: scene.order, unit: try door(scene), word: "已办好", at: scene.now,
                    basis: .person(Samples.actor(.gridWorker)))))
    }

    private func told(_ facts: [Fact]) -> [CaseWarned] {
        facts.compactMap { if case .caseWarned(let warned) = $0, warned.rule == .errand { warned } else { nil } }
    }

    @Test(
        "It is told once at 70 % and once at due, to the head of the unit that was sent and the leader in charge of it")
    func twice() throws {
        let scene = try handled()
        try send(scene)
        #expect(told(try scene.tick(at: soon - .milliseconds(1))).isEmpty)
        let warning = try #require(told(try scene.tick(at: soon)).first)
        #expect(warning.point == .soon && warning.order == scene.order)
        #expect(warning.recipients.map(\.role) == [.unitHead, .deputyLeader])
        #expect(try Set(warning.recipients.map(\.unit)) == [door(scene)])
        #expect(try scene.tick(at: due - .milliseconds(1)).isEmpty)
        let said = try scene.tick(at: due)
        #expect(told(said).map(\.point) == [.due] && types(said) == ["case.warned"], "told, and no form")
        #expect(told(try scene.tick(at: due + .naturalDays(3))).isEmpty)
        let (live, rebuilt) = try scene.stores()
        #expect(live == rebuilt)
    }

    @Test(
        "Finished in time it is never told; sent again it has a clock of its own, and what the first had to say comes too late"
    )
    func finished() throws {
        let scene = try handled()
        try send(scene)
        _ = try scene.tick(at: soon)
        scene.now = due
        let timer = try #require(try scene.due().first { $0.clock == "errand/due" })
        let late = try scene.saying(timer)
        try finish(scene)
        #expect(try scene.isLate(late) && scene.board()["errand"] == nil)
        #expect(told(try scene.tick(at: due + .hours(9))).isEmpty)
        try send(scene)
        #expect(try scene.isLate(late), "it was about the first one")
        #expect(try scene.board()["errand"]?.deadline.due == Instant("2026-12-03T00:00:00+08:00"))
    }

    @Test("A 挂账 stops it with the order: the working days that were left are left afterwards")
    func suspended() throws {
        let scene = try handled()
        try send(scene)
        scene.now = scene.now + .hours(24)
        let stopped = scene.now
        try scene.suspend()
        #expect(told(try scene.tick(at: due)).isEmpty)
        scene.now = stopped + .naturalDays(7)
        try scene.resume(since: stopped)
        #expect(try scene.board()["errand"]?.deadline.due == Instant("2026-12-04T00:00:00+08:00"))
        #expect(told(try scene.tick(at: Instant("2026-12-04T00:00:00+08:00")!)).map(\.point) == [.due])
    }
}

import CaseLog
import Contracts
import Governance
import Support
import Testing

@testable import SupervisionCore

@Suite("Two weeks without progress, suspension, petitions (domain.md §3.3)")
struct StallTests {
    /// A case being handled, whose other clocks are far away.
    private func handled() throws -> (WatchScene, Instant) {
        let scene = try WatchScene(gravity: .complex)
        try scene.meet()
        try scene.progress()
        let start = scene.now
        try scene.extend(until: start + .naturalDays(60))
        return (scene, start)
    }

    @Test("Day 13 nothing, day 14 the proposal 提级; nobody decides in one working day: it is raised (row 61)")
    func stalled() throws {
        let (scene, start) = try handled()
        let before = try scene.tick(at: start + .naturalDays(14) - .milliseconds(1))
        #expect(types(before) == ["case.warned"], "70 % only")
        let said = try scene.tick(at: start + .naturalDays(14))
        #expect(types(said) == ["case.warned", "case.raise_proposed"])
        let decided = try #require(try scene.board()["stall_proposal"]).deadline.due
        #expect(decided == Instant("2026-12-09T00:00:00+08:00"))
        let raised = try scene.tick(at: decided)
        #expect(types(raised) == ["case.warned", "case.level_raised"])
        #expect(try scene.columns().supervision.raised == 1)
        #expect(try scene.board()["stall_proposal"] == nil)
    }

    @Test("An empty note on day 13 changes nothing")
    func emptyNote() throws {
        let (scene, start) = try handled()
        scene.now = start + .naturalDays(13)
        try scene.progress(.note)
        #expect(types(try scene.tick(at: start + .naturalDays(14))).contains("case.raise_proposed"))
    }

    @Test("A measure on day 13 starts the two weeks anew")
    func measure() throws {
        let (scene, start) = try handled()
        scene.now = start + .naturalDays(13)
        try scene.progress(.measure)
        #expect(try scene.tick(at: start + .naturalDays(14)).isEmpty)
        #expect(types(try scene.tick(at: start + .naturalDays(27))).contains("case.raise_proposed"))
    }

    @Test("A measure after the proposal withdraws it")
    func measureAfterProposal() throws {
        let (scene, start) = try handled()
        _ = try scene.tick(at: start + .naturalDays(14))
        scene.now = scene.now + .hours(2)
        try scene.progress(.measure)
        #expect(try scene.tick(at: scene.now + .naturalDays(3)).isEmpty)
        #expect(try scene.columns().supervision.raised == 0)
    }

    @Test("A supervisor raises it by hand: the proposal is gone and the two weeks start anew")
    func raisedByHand() throws {
        let (scene, start) = try handled()
        _ = try scene.tick(at: start + .naturalDays(14))
        try scene.give(.raiseLevel(.init(number: scene.number, reason: "长期未决")), by: Samples.actor(.supervisor))
        #expect(try scene.board()["stall_proposal"] == nil)
        #expect(try scene.tick(at: scene.now + .naturalDays(3)).isEmpty)
        #expect(types(try scene.tick(at: start + .naturalDays(28))).contains("case.raise_proposed"))
    }

    @Test("A unit's clock two seconds ahead of ours does not silence the two weeks")
    func skewed() throws {
        let (scene, start) = try handled()
        scene.now = start + .hours(1) + .seconds(2)
        try scene.progress()
        scene.now = start + .hours(1)
        try scene.give(.raiseLevel(.init(number: scene.number, reason: "x")), by: Samples.actor(.supervisor))
        scene.now = start + .naturalDays(15)
        let timers = try scene.due().filter { $0.clock == "stall/due" }
        #expect(try !scene.isLate(scene.saying(#require(timers.first))))
    }

    @Test("An extension does not pause the two weeks")
    func extended() throws {
        let (scene, start) = try handled()
        #expect(try scene.board()["stall"]?.deadline.due == start + .naturalDays(14))
    }

    @Test("At the city's center nothing is above: the stall gives a 督办单 instead")
    func top() throws {
        let (scene, start) = try handled()
        for _ in 0..<2 {
            try scene.give(.raiseLevel(.init(number: scene.number, reason: "x")), by: Samples.actor(.supervisor))
        }
        #expect(
            scene.refusal(.raiseLevel(.init(number: scene.number, reason: "x")), by: Samples.actor(.supervisor))
                == "case.raise_level.top")
        #expect(types(try scene.tick(at: start + .naturalDays(14))) == ["case.warned", "case.supervised"])
    }

    @Test("挂账 stops the internal clocks; what was left when they stopped is left when they resume")
    func suspended() throws {
        let (scene, start) = try handled()
        scene.now = start + .naturalDays(4)
        try scene.suspend()
        #expect(try scene.board()["stall"]?.stopped == scene.now)
        scene.now = start + .naturalDays(10)
        try scene.resume(since: start + .naturalDays(4))
        #expect(try scene.board()["stall"]?.deadline.due == start + .naturalDays(20))
        #expect(try !types(scene.tick(at: start + .naturalDays(20) - .milliseconds(1))).contains("case.raise_proposed"))
        #expect(try types(scene.tick(at: start + .naturalDays(20))).contains("case.raise_proposed"))
    }

    @Test("A 挂账 is looked at again every 14 days, as long as it lasts")
    func review() throws {
        let (scene, start) = try handled()
        try scene.suspend()
        for round in 1...3 {
            let said = try scene.tick(at: start + .naturalDays(14 * round))
            #expect(said.count == 1, "round \(round): \(types(said))")
            guard case .caseWarned(let warned)? = said.first else { continue }
            #expect(warned.rule == .suspensionReview && warned.point == .due)
            #expect(warned.recipients.first?.role == .center)
        }
    }

    @Test("Statutory clocks run on through a 挂账: 15 days to inform, 60 to answer, from the day of receipt")
    func statutory() throws {
        let scene = try WatchScene(gravity: .complex, source: "petition")
        #expect(try scene.board().clocks.contains { $0.rule == .petitionAnswer && $0.stopped == nil })
        #expect(
            try scene.board().clocks.first { $0.rule == .petitionInform }?.stopped != nil, "an order is out: informed")
        try scene.meet()
        try scene.progress()
        try scene.suspend()
        // Received on 23 November, so the sixtieth day is 22 January.
        let end = Instant("2027-01-23T00:00:00+08:00")!
        #expect(!types(try scene.tick(at: end - .milliseconds(1))).contains("case.supervised"))
        #expect(types(try scene.tick(at: end)).contains("case.supervised"))
    }

    @Test("A petition that nobody forwarded is warned of after 70 % and ordered after 15 days")
    func notForwarded() throws {
        let scene = try WatchScene(source: "petition")
        // Received on Monday at nine: the fifteenth day after it ends after 375 hours, 70 % of which are 262.5.
        let warning = scene.now + .minutes(262 * 60 + 30)
        #expect(types(try scene.tick(at: warning - .milliseconds(1))).isEmpty)
        #expect(types(try scene.tick(at: warning)) == ["case.warned"])
        let end = Instant("2026-12-09T00:00:00+08:00")!
        #expect(types(try scene.tick(at: end)) == ["case.warned", "case.supervised"])
    }

    @Test("A case that ended has no clock left")
    func ended() throws {
        let scene = try WatchScene(gravity: .complex, source: "petition")
        try scene.land(.caseWithdrawn(.init(number: scene.number, reason: "撤回", at: scene.now, basis: Samples.basis)))
        #expect(try scene.board().clocks.isEmpty)
    }

    @Test("A store folded anew is the live one after a long life")
    func rebuild() throws {
        let (scene, start) = try handled()
        _ = try scene.tick(at: start + .naturalDays(15))
        try scene.suspend()
        _ = try scene.tick(at: start + .naturalDays(40))
        try scene.resume(since: start + .naturalDays(15))
        _ = try scene.tick(at: start + .naturalDays(70))
        let (live, rebuilt) = try scene.stores()
        #expect(!live.isEmpty && live == rebuilt)
    }
}

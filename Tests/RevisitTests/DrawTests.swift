import CaseLog
import Contracts
import Foundation
import GRDB
import Governance
import Support
import Testing

@testable import RevisitCore

@Suite("The on-site draw of a unit and month")
struct DrawTests {
    private let month = CivilMonth(Samples.at.day)

    @Test("The hash of the seed stands in the log before the month's first closing, once")
    func commitment() throws {
        let scene = try RevisitScene()
        let first = try scene.enrol(0)
        #expect(first.map(\.type) == ["draw.committed", "draw.enrolled"])
        #expect(try scene.enrol(1).map(\.type) == ["draw.enrolled"])
        guard case .drawCommitted(let committed) = first.first else { return }
        let seed = OnSiteDraw.seed(key: RevisitScene.key, unit: Samples.housing, month: month)
        #expect(committed.commitment == OnSiteDraw.commitment(to: seed))
        #expect(!String(decoding: try first[0].json(), as: UTF8.self).contains(OnSiteDraw.hex(seed)))
    }

    @Test(
        "On the first of the next month at six the draw is made: ceil(0.3 n) of the closings, recomputable, sent home")
    func draw() throws {
        let scene = try RevisitScene()
        for index in 0..<17 { try scene.enrol(index) }
        scene.bench.now = OnSiteDraw.moment(of: month) - .milliseconds(1)
        #expect(try scene.timers().isEmpty)
        scene.bench.now = OnSiteDraw.moment(of: month)
        let timer = try #require(try scene.timers().first)
        #expect(timer.homeKey == "unit:410803-housing")
        let (made, commands) = try scene.draw()
        #expect(made.count == 1 && made[0].size == 17 && made[0].chosen.count == 6)
        let seed = try #require(OnSiteDraw.bytes(made[0].seed))
        #expect(made[0].chosen == OnSiteDraw.draw(seed: seed, pool: (0..<17).map(RevisitScene.closing)))
        #expect(commands.map(\.key) == made[0].chosen.map(\.number.home.text))
        // The timer does not come back, and the month cannot be drawn again.
        #expect(try scene.timers().isEmpty)
        #expect(try scene.bench.give(.tick(timer)).facts.isEmpty)
    }

    @Test("A closing that arrives after its month was drawn takes part in the next, and none takes part twice")
    func lateClosing() throws {
        let scene = try RevisitScene()
        try scene.enrol(0)
        scene.bench.now = OnSiteDraw.moment(of: month)
        _ = try scene.draw()
        let facts = try scene.enrol(1, closed: Samples.at)
        guard case .drawEnrolled(let enrolled) = facts.last else { return }
        #expect(enrolled.month == month.next)
        #expect(facts.map(\.type) == ["draw.committed", "draw.enrolled"])
        #expect(throws: Refusal.self) { try scene.enrol(0, closed: Samples.at) }
        #expect(throws: Refusal.self) { try scene.enrol(1) }
    }

    @Test("A month whose commitment was made with another key is not drawn with a seed of choice")
    func otherKey() throws {
        let scene = try RevisitScene()
        try scene.bench.land(
            [
                .drawCommitted(
                    .init(
                        unit: Samples.housing, month: month, commitment: OnSiteDraw.commitment(to: [1]),
                        due: OnSiteDraw.moment(of: month), at: Samples.at, basis: Samples.basis))
            ], by: .revisit)
        scene.bench.now = OnSiteDraw.moment(of: month)
        let timer = try #require(try scene.timers().first)
        #expect(throws: DrawFault.self) { try scene.bench.give(.tick(timer)) }
    }

    @Test(
        "For n = 1..60 the decider draws ceil(0.3 n) of exactly the closings enrolled", arguments: [1, 2, 3, 4, 10, 60])
    func sizes(_ n: Int) throws {
        let scene = try RevisitScene()
        for index in 0..<n { try scene.enrol(index) }
        scene.bench.now = OnSiteDraw.moment(of: month)
        let made = try #require(try scene.draw().made.first)
        #expect(made.chosen.count == OnSiteDraw.size(of: n))
        #expect(Set(made.chosen).isSubset(of: Set((0..<n).map(RevisitScene.closing))))
    }
}

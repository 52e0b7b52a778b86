import Contracts
import Foundation
import GRDB
import Governance
import HTTPTypes
import ServiceKit
import Support
import Testing

@testable import ConsoleCore

@Suite("Scorecards of a month (domain.md rows 70-73, §4 row 12)")
struct ScoreTests {
    private static let at = ScoreScene.at

    @Test("Every text of the scores' catalogue has a key, and every text a template asks for exists")
    func texts() throws {
        let catalogue = try #require(ScoreText.catalogue)
        #expect(catalogue.keys == Set(ScoreText.allCases.map(\.rawValue)))
        let names = Set(ScoreText.allCases.map { "\($0)" })
        let folder = try #require(ConsoleText.folder)
        for file in try FileManager.default.contentsOfDirectory(atPath: folder) where file.hasSuffix(".mustache") {
            let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            for match in text.matches(of: /\{\{k\.([A-Za-z0-9]+)\}\}/) {
                #expect(names.contains(String(match.1)), "\(file): k.\(match.1)")
            }
        }
    }

    @Test("209 issued, 192 done, 151 revisited and satisfied: 91.87 %, 78.65 % with 41 waiting, 100 % of 151 (§5 000)")
    func closedLoop() async throws {
        let site = try await Site()
        let scene = ScoreScene(209)
        for facts in [scene.opened(), scene.issued()] { try await site.fixture.land(facts, at: Self.at) }
        let next = Self.at + .hours(20)
        try await site.fixture.land(scene.finished(next, count: 192), at: next)
        try await site.fixture.land(scene.verified(next, count: 192), at: next)
        try await site.fixture.land(scene.passed(next + .hours(1), count: 151), at: next + .hours(1))
        let sheet = try await site.fixture.sheet(.unit)
        #expect(sheet.snapshot.cards.map(\.subject) == [Samples.housing.text])
        #expect(sheet.total.backlog == 41)
        try await site.test { client in
            let page = try await site.get(client, "/scores?month=2026-11", Samples.actor(.center))
            #expect(page.status == .ok)
            for text in ["91.87 %", "192 / 209", "78.65 %", "151 / 192", "151 / 151", "待回访 41", "办结 ÷ 应办"] {
                #expect(page.text.contains(text), "\(text)")
            }
        }
    }

    @Test(
        "100 000 orders of which 620 are open print 99.38 %; with one open never 100.00 (§5 002)", arguments: [620, 1])
    func hundredThousand(_ open: Int) async throws {
        let fixture = try Fixture()
        let at = Self.at.milliseconds
        try await fixture.store.pool.write { db in
            try db.execute(
                sql: """
                    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
                    INSERT INTO score_order (id, number, prefix, place, unit, source, issued, closed)
                    SELECT i, i, '410803001', '410803001', '410803-housing', 'hotline', ?,
                        CASE WHEN i * 7919 % 100000 >= ? THEN ? END FROM n
                    """, arguments: [at, open, at + 1])
        }
        let rate = Formulas.closing(try await fixture.sheet(.unit).total)
        #expect(rate.percent == (open == 1 ? "99.99 %" : "99.38 %") && rate.n == 100_000)
    }

    private typealias Step = (facts: [Fact], at: Instant)

    /// A month with everything in it, and what becomes of its cases in the next.
    private static func story() -> (november: [Step], after: [Step]) {
        let scene = ScoreScene(10)
        let later = ScoreScene.december
        return (
            [
                (scene.opened(), at), (scene.issued(), at), (scene.finished(at + .hours(2), count: 8), at + .hours(2)),
                (scene.verified(at + .hours(3), count: 7), at + .hours(3)),
                (scene.passed(at + .hours(4), count: 4), at + .hours(4)),
            ],
            [
                (Array(scene.verified(later)[7..<8]), later),
                (Array(scene.reopened(later + .hours(1), scores: Samples.dissatisfied)[4..<6]), later + .hours(1)),
                (Array(scene.issued(later + .hours(2), round: 2)[4..<6]), later + .hours(2)),
                (Array(scene.withdrawn(later + .hours(3))[9...]), later + .hours(3)),
            ]
        )
    }

    @Test("A month that is over never changes: what is closed, reopened, answered or withdrawn later counts later")
    func frozen() async throws {
        let fixture = try Fixture()
        let story = Self.story()
        for step in story.november { try await fixture.land(step.facts, at: step.at) }
        let before = try await fixture.sheet(.unit).snapshot
        for step in story.after { try await fixture.land(step.facts, at: step.at) }
        let same = try await fixture.sheet(.unit).snapshot
        #expect(same == before && same.seal == before.seal)
        let counts = before.cards[0].counts
        #expect((counts.issued, counts.closed, counts.revisited, counts.satisfied, counts.reopened) == (10, 7, 4, 4, 0))
        let next = try await fixture.sheet(.unit, ScoreScene.month.next).total
        #expect((next.carried, next.issued, next.dropped, next.closed) == (3, 2, 1, 1))
        #expect((next.awaiting, next.revisited, next.satisfied, next.reopened) == (3, 2, 0, 2))
        #expect(next.due == 4 && next.backlog == 2)
    }

    @Test("A store folded anew counts the same, to the seal, however the records were batched")
    func rebuilt() async throws {
        let (live, anew) = (try Fixture(), try Fixture())
        let story = Self.story()
        for step in story.november + story.after {
            try await live.land(step.facts, at: step.at)
            for fact in step.facts { try await anew.land([fact], at: step.at) }
        }
        for month in [ScoreScene.month, ScoreScene.month.next] {
            for subject in ScoreSubject.allCases {
                let (one, two) = (try await live.sheet(subject, month), try await anew.sheet(subject, month))
                #expect(one.snapshot.seal == two.snapshot.seal && one.snapshot.cards.count == 1)
            }
        }
    }

    @Test(
        "24 hours without a meeting are missed, whenever it is held then; three working days without a result are late")
    func late() async throws {
        let fixture = try Fixture()
        let scene = ScoreScene(3)
        for facts in [scene.opened(), scene.issued()] { try await fixture.land(facts, at: Self.at) }
        let day = Self.at + .hours(24)
        try await fixture.land(scene.warned(.meet, day, count: 2), at: day)
        var counts = try await fixture.sheet(.unit).total
        #expect((counts.met, counts.missed, counts.lateOpen) == (0, 2, 0))
        // The third was never warned of, and is met an hour too late all the same.
        try await fixture.land(scene.finished(day + .hours(1)), at: day + .hours(1))
        counts = try await fixture.sheet(.unit).total
        #expect((counts.met, counts.missed, counts.lateOpen) == (0, 3, 0))
    }

    @Test("An order that ran out counts as overdue until it is done, and as done late then")
    func overdue() async throws {
        let fixture = try Fixture()
        let scene = ScoreScene(5)
        for facts in [scene.opened(), scene.issued()] { try await fixture.land(facts, at: Self.at) }
        let due = Self.at + .hours(72)
        try await fixture.land(scene.warned(.complex, due, count: 2), at: due)
        #expect(try await fixture.sheet(.unit).total.lateOpen == 2)
        try await fixture.land(scene.finished(due + .hours(1), count: 3), at: due + .hours(1))
        try await fixture.land(scene.verified(due + .hours(2), count: 3), at: due + .hours(2))
        let counts = try await fixture.sheet(.unit).total
        #expect((counts.closed, counts.closedLate, counts.lateOpen) == (3, 3, 0))
        #expect(Formulas.punctuality(counts).description == "样本不足 (0/3,另有 2 件未结,n=5)")
    }

    @Test(
        "A case that somebody else was asked to handle leaves the unit's count, and one that was mediated is a success")
    func returnedAndMediated() async throws {
        let fixture = try Fixture()
        try await fixture.bring(to: .mediating)
        var counts = try await fixture.sheet(.unit).total
        #expect((counts.mediations, counts.mediationsEnded) == (1, 0))
        try await fixture.land(Path.sample("mediation.ended"))
        counts = try await fixture.sheet(.unit).total
        #expect((counts.mediations, counts.mediationsEnded, counts.mediationsAgreed) == (1, 1, 1))
        let other = try Fixture()
        try await other.bring(to: .returnReview)
        #expect(try await other.sheet(.unit).total.due == 1)
        try await other.land(Path.sample("return.accepted"))
        counts = try await other.sheet(.unit).total
        #expect((counts.issued, counts.dropped, counts.due) == (1, 1, 0))
    }
}

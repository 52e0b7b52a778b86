import Foundation
import Governance
import Testing

@Suite("Revisit: scores and draw (domain.md rows 68, 69)")
struct RevisitRuleTests {
    private static let home = HomeKey("410803001")
    private static let month = CivilMonth("2026-11")

    private func pool(_ n: Int) throws -> [ClosedHandling] {
        let home = try #require(Self.home)
        let day = CivilDate(daysSinceEpoch: 20_778)
        return (0..<n).map { index in
            let byte = UInt8(index % 256)
            let id = UUID(
                uuid: (UInt8(index / 256), byte, byte ^ 0x5a, 3, 4, 5, 0x50, 7, 0x80, 9, 10, 11, 12, 13, 14, 15))
            return ClosedHandling(number: CaseNumber(home: home, day: day, reportId: id, length: 12), cycle: 0)
        }
    }

    @Test("For n = 1..500 the draw chooses ceil(0.3 n) different closings of the pool, in its order; 192 gives 58 (§5)")
    func size() throws {
        let all = try pool(500)
        #expect(Set(all).count == 500)
        for n in 0...500 {
            let pool = Array(all.prefix(n))
            let chosen = OnSiteDraw.draw(seed: [7, UInt8(n % 251)], pool: pool)
            #expect(chosen.count == Int((0.3 * Double(n)).rounded(.up)), "n = \(n)")
            let picked = Set(chosen)
            #expect(picked.count == chosen.count)
            #expect(chosen == pool.filter(picked.contains))
        }
        #expect(OnSiteDraw.size(of: 192) == 58)
    }

    @Test("The same seed and pool give the same choice; another seed, or one more closing, gives another")
    func recomputable() throws {
        let all = try pool(200)
        let seed = OnSiteDraw.seed(key: [1, 2, 3], unit: try unit(), month: try #require(Self.month))
        let chosen = OnSiteDraw.draw(seed: seed, pool: all)
        #expect(chosen == OnSiteDraw.draw(seed: seed, pool: all))
        #expect(chosen != OnSiteDraw.draw(seed: seed.reversed(), pool: all))
        let fewer = OnSiteDraw.draw(seed: seed, pool: all.dropLast())
        // What one more closing changes is not only itself: nobody can tell his own chance from the others' closings.
        #expect(Set(chosen).symmetricDifference(fewer).count > 10)
    }

    @Test("Every closing of a pool has about the same chance, over a thousand seeds")
    func fair() throws {
        let all = try pool(20)
        var hits: [ClosedHandling: Int] = [:]
        for index in 0..<1000 {
            for one in OnSiteDraw.draw(seed: [UInt8(index % 256), UInt8(index / 256)], pool: all) {
                hits[one, default: 0] += 1
            }
        }
        // 0.3 of 1000 with a standard deviation of 14.5: five of them.
        for one in all { #expect(abs((hits[one] ?? 0) - 300) < 73) }
    }

    @Test("A seed belongs to key, unit and month; its commitment tells nothing of it and fits no other")
    func commitment() throws {
        let month = try #require(Self.month)
        let seed = OnSiteDraw.seed(key: [1, 2, 3], unit: try unit(), month: month)
        #expect(seed == OnSiteDraw.seed(key: [1, 2, 3], unit: try unit(), month: month))
        #expect(seed != OnSiteDraw.seed(key: [1, 2, 4], unit: try unit(), month: month))
        #expect(seed != OnSiteDraw.seed(key: [1, 2, 3], unit: try unit(), month: month.next))
        #expect(OnSiteDraw.commitment(to: seed).count == 64)
        #expect(OnSiteDraw.commitment(to: seed) != OnSiteDraw.commitment(to: Array(seed.dropLast())))
        #expect(OnSiteDraw.bytes(OnSiteDraw.hex(seed)) == seed)
        #expect(OnSiteDraw.bytes("0g") == nil && OnSiteDraw.bytes("012") == nil && OnSiteDraw.bytes("+1") == nil)
        // SHA-256 of "abc", from FIPS 180-2.
        #expect(OnSiteDraw.commitment(to: Array("abc".utf8)).hasPrefix("ba7816bf8f01cfea"))
    }

    @Test("A month knows its next, over the end of the year too")
    func months() throws {
        #expect(CivilMonth("2026-12")?.next == CivilMonth("2027-01"))
        #expect(CivilMonth("2026-01")?.next.description == "2026-02")
        #expect(CivilMonth("2026-13") == nil && CivilMonth("2026-1") == nil)
        let november = try #require(Self.month)
        #expect(OnSiteDraw.moment(of: november).description.hasPrefix("2026-12-01T06:00:00"))
    }

    @Test("Four answers have a sum; any “no” reopens (row 69)")
    func scores() {
        #expect(RevisitScores.all(.yes).sum == 100)
        #expect(RevisitScores.all(.mostly).sum == 60)
        #expect(RevisitScores.all(.yes).description == "100 分:人员稳控是、问题处置是、群众满意是、风险化解是")
        for index in 0..<4 {
            var answers = [RevisitAnswer](repeating: .yes, count: 4)
            answers[index] = .no
            let scores = RevisitScores(
                stability: answers[0], handling: answers[1], satisfaction: answers[2], risk: answers[3])
            #expect(!scores.isPassed)
            #expect(scores.sum == 75)
            #expect(scores.failed == [RevisitScores.titles[index]])
        }
    }

    @Test(
        "A case nobody can phone is visited: after three calls on two days, or at once when there is no number",
        arguments: [
            (1, 1, AttemptResult.noAnswer, false), (3, 1, .noAnswer, false), (2, 2, .noAnswer, false),
            (3, 2, .noAnswer, true), (4, 2, .declined, true), (1, 1, .wrongNumber, true), (1, 1, .noContact, true),
        ])
    func unreachable(_ attempts: Int, _ days: Int, _ last: AttemptResult, _ reached: Bool) {
        #expect(Unreachable.isReached(attempts: attempts, days: days, last: last) == reached)
    }

    @Test("The first reopening is the unit's own matter, from the second on it is supervised (§3.2)")
    func reopened() {
        #expect((1...4).map(ReopenRule.isSupervised) == [false, true, true, true])
    }

    private func unit() throws -> UnitCode { try #require(UnitCode("410803-housing")) }
}

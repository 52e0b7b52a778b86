import Testing

@testable import Governance

@Suite("Counts that do not flatter: the numbers of domain.md §5")
struct FormulaTests {
    @Test("209 / 192 / 151 / 151 prints 办结率 91.87 %, 回访覆盖 78.65 % with a backlog of 41, 满意率 100 % of 151 (§5 000)")
    func closedLoop() {
        var counts = LoopCounts()
        (counts.issued, counts.closed, counts.revisited, counts.satisfied) = (209, 192, 151, 151)
        #expect(Formulas.closing(counts).description == "91.87 % (192/209)")
        #expect(Formulas.coverage(counts).description == "78.65 % (151/192)")
        #expect(counts.backlog == 41)
        #expect(Formulas.satisfaction(counts).description == "100 % (151/151)")
    }

    @Test(
        "Of 100 000 generated cases with 620 open the rate prints 99.38; with one open it never prints 100.00 (§5 002)")
    func hundredThousand() {
        func rate(open: Int) -> Rate {
            var counts = LoopCounts()
            for index in 0..<100_000 {
                counts.issued += 1
                // 7919 is prime to 100 000: every index once, in another order.
                if index * 7_919 % 100_000 >= open { counts.closed += 1 }
            }
            return Formulas.closing(counts)
        }
        #expect(rate(open: 620).percent == "99.38 %")
        #expect(rate(open: 1).percent == "99.99 %")
        #expect(rate(open: 0).percent == "100 %")
    }

    @Test("All but one is never the whole and one is never nothing, whatever their number")
    func edges() {
        for whole in [5, 100, 9_999, 10_000, 19_999, 20_000, 100_000, 8_600_000] {
            #expect(Rate(whole - 1, of: whole).basisPoints ?? 10_000 < 10_000, "\(whole)")
            #expect(Rate(1, of: whole).basisPoints ?? 0 > 0, "\(whole)")
            #expect(Rate(whole, of: whole).percent == "100 %" && Rate(0, of: whole).percent == "0 %")
        }
        #expect(Rate(1, of: 1_000).percent == "0.10 %")
    }

    @Test("Below the minimum sample there is no percentage, only the numbers; of nothing, too (§4 row 12)")
    func sample() {
        #expect(Rate(4, of: 4).percent == nil)
        #expect(Rate(3, of: 4).description == "样本不足 (3/4)")
        #expect(Rate(0, of: 0).description == "样本不足 (0/0)")
        #expect(Rate(5, of: 5).percent == "100 %")
        #expect(Rate(29, of: 29, minimum: 30).percent == nil)
    }

    @Test("2110 suggestions, 1680 adopted: 79.62 %; 6 measures and 230 solved stay counts of their own (§5 002)")
    func suggestions() {
        let tally = SuggestionTally(received: 2110, adopted: 1680, measures: 6, solved: 230)
        #expect(Formulas.adoption(tally).description == "79.62 % (1680/2110)")
        #expect((tally.measures, tally.solved) == (6, 230))
    }

    @Test(
        "51 mediations, 46 agreed, 5 going on: the 5 are n and never failed; 99.6 % and 42.13 % by their own formulae (§5 004)"
    )
    func mediation() {
        var counts = LoopCounts()
        (counts.mediations, counts.mediationsEnded, counts.mediationsAgreed) = (51, 46, 46)
        let success = Formulas.mediation(counts)
        #expect(success.description == "100 % (46/46,另有 5 件未结,n=51)")
        #expect(success.open == 5)
        (counts.mediationsEnded, counts.mediationsAgreed) = (47, 46)
        #expect(Formulas.mediation(counts).percent == "97.87 %")
        (counts.disputes, counts.disputesClosed, counts.disputesSettled) = (12_400, 12_000, 11_952)
        #expect(Formulas.settlement(counts).description == "99.60 % (11952/12000,另有 400 件未结,n=12400)")
        let court = Formulas.courtMediation(settled: 4_213, sued: 5_787, open: 321)
        #expect(court.percent == "42.13 %" && court.n == 10_321)
    }

    @Test("What was returned or withdrawn is nobody's failure; what was carried over counts against the month")
    func inHand() {
        var counts = LoopCounts()
        (counts.carried, counts.issued, counts.dropped, counts.closed) = (10, 20, 5, 20)
        #expect(Formulas.closing(counts).description == "80 % (20/25)")
        (counts.closedLate, counts.lateOpen) = (4, 2)
        #expect(Formulas.punctuality(counts).description == "72.73 % (16/22,另有 3 件未结,n=25)")
        (counts.met, counts.missed) = (18, 2)
        #expect(Formulas.response(counts).percent == "90 %")
    }

    @Test("A revisit that a reopening made pointless is no longer owed, and an old backlog is not forgotten")
    func revisits() {
        var counts = LoopCounts()
        (counts.awaiting, counts.closed, counts.unrevisited, counts.revisited) = (41, 20, 1, 30)
        #expect(Formulas.coverage(counts).description == "50 % (30/60)")
        #expect(counts.backlog == 30)
    }

    @Test(
        "A change against the base year prints −68.2 % and 153 fewer; only nothing at all is a fall by 100 % (§5 000)")
    func change() {
        // The sources give the share of accidents and the number of lives: no one pair of whole numbers has both.
        #expect(Change(from: 220, to: 70).percent == "-68.2 %")
        #expect(Change(from: 1_000, to: 318).description == "-68.2 %(1000→318,少 682)")
        #expect(Change(from: 224, to: 71).difference == -153)
        #expect(Change(from: 5, to: 4).percent == "-20.0 %" && Change(from: 4, to: 5).percent == "+25.0 %")
        #expect(Change(from: 10_000, to: 1).percent == "-99.9 %" && Change(from: 7, to: 0).percent == "-100.0 %")
        #expect(Change(from: 0, to: 3).description == "无基数(0→3,多 3)")
    }

    @Test("1509 devices: the calls of each day are a series, 3.6 a day before and 0.1 after, to one decimal (§5 000)")
    func devices() throws {
        let first = try #require(CivilDate("2026-01-01"))
        let start = first.adding(days: 30)
        // Each device is known by its number; the days on which somebody who bears one was missed.
        let before = (0..<108).map { first.adding(days: $0 % 1_509 % 30) }
        let after = [first.adding(days: 35), first.adding(days: 47), first.adding(days: 58)]
        let series = DailySeries(before + after, from: first, through: first.adding(days: 59))
        #expect(series.counts.count == 60 && series.counts.reduce(0, +) == 111)
        #expect(series.counts[31] == 0 && series.counts[35] == 1)
        let (old, new) = series.averages(around: start)
        #expect((old.description, new.description) == ("3.6", "0.1"))
        #expect((old.sum, old.days, new.sum, new.days) == (108, 30, 3, 30))
        #expect(series.averages(around: first).before.description == "—")
    }

    @Test("A zero counter is reset by a case and by nothing else: no new month, no new year (§5 三零)")
    func zeros() throws {
        let since = try #require(CivilDate("2026-01-01"))
        var counter = ZeroCounter(since: since)
        #expect(counter.days(on: since.adding(days: 31)) == 31)
        #expect(counter.days(on: since.adding(days: 365)) == 365)
        counter.add(since.adding(days: 100))
        #expect(counter.days(on: since.adding(days: 100)) == 0)
        counter.add(since.adding(days: 40))
        #expect(counter.days(on: since.adding(days: 365)) == 265)
        #expect(ZeroKind.kinds(from: .petition, isMajorSafety: false) == [.petition])
        #expect(ZeroKind.kinds(from: .police, isMajorSafety: true) == [.accident, .incident])
        #expect(ZeroKind.kinds(from: .hotline, isMajorSafety: false).isEmpty)
    }
}

@Suite("The scorecards of a month (domain.md §4 row 12: frozen snapshots)")
struct ScoreSnapshotTests {
    private let month = CivilMonth("2026-11")!

    private func card(_ subject: String, issued: Int, closed: Int) -> ScoreCard {
        var counts = LoopCounts()
        (counts.issued, counts.closed) = (issued, closed)
        return ScoreCard(subject, counts)
    }

    @Test("The largest stands first, not the one with the best rate: one case tops no table")
    func order() {
        let snapshot = ScoreSnapshot(
            month, .unit,
            [card("b", issued: 1, closed: 1), card("a", issued: 1, closed: 0), card("c", issued: 9, closed: 5)])
        #expect(snapshot.cards.map(\.subject) == ["c", "a", "b"])
    }

    @Test("The seal is the same for the same counts, and another for any count, subject, month or formula")
    func seal() throws {
        let cards = [card("a", issued: 9, closed: 5), card("b", issued: 3, closed: 3)]
        let snapshot = ScoreSnapshot(month, .unit, cards)
        #expect(snapshot.seal.count == 12)
        #expect(snapshot.seal == ScoreSnapshot(month, .unit, cards.reversed()).seal)
        let others = [
            ScoreSnapshot(month.next, .unit, cards), ScoreSnapshot(month, .place, cards),
            ScoreSnapshot(month, .unit, cards, formula: 2), ScoreSnapshot(month, .unit, [cards[0]]),
            ScoreSnapshot(month, .unit, [cards[0], card("b", issued: 3, closed: 2)]),
        ]
        #expect(Set(others.map(\.seal) + [snapshot.seal]).count == 6)
    }

    @Test("Every count is part of the seal")
    func complete() throws {
        let counts = LoopCounts()
        #expect(Mirror(reflecting: counts).children.count == counts.members.count)
    }

    @Test("A month freezes at six on the first of the next, with its draw")
    func freezing() {
        #expect(ScoreSnapshot.freezes(month).description.hasPrefix("2026-12-01T06:00:00"))
    }
}

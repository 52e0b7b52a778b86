import Contracts
import Foundation
import GRDB
import Governance
import Support
import Testing

@testable import ConsoleCore

/// Lists stay as they are with eight million cases (domain.md §5, 860万): what they read is bounded, and what they leave out they say.
@Suite("Lists of cases")
struct ListTests {
    private let center = Scope(Samples.actor(.center))

    /// Rows as the fold writes them, one a millisecond.
    private func fill(_ fixture: Fixture, _ rows: Int, _ edit: @Sendable @escaping (Int, inout CaseView) -> Void)
        async throws
    {
        try await fixture.store.pool.write { db in
            for index in 0..<rows {
                let id = UUID.v5(Samples.report, "\(index)")
                var view = CaseView(
                    CaseNumber(home: Samples.home, day: Samples.at.day, reportId: id),
                    at: Samples.at + .milliseconds(index))
                view.title = "第\(index)件"
                edit(index, &view)
                try view.save(replacing: "", in: db)
            }
        }
    }

    private func find(_ fixture: Fixture, _ query: CaseQuery, as scope: Scope? = nil) async throws -> CaseQuery.Found {
        let scope = scope ?? center
        return try await fixture.read { try query.fetch(scope, now: Samples.at, in: $0) }
    }

    @Test("The open come first by what runs out, then those that ended, the newest first, over the edge of a page")
    func order() async throws {
        let fixture = try Fixture()
        try await fill(fixture, 70) { index, view in
            view.isOpen = index < 30
            view.nextDue = index < 30 ? Samples.at.milliseconds - Int64(index) : nil
        }
        let (first, second) = (try await find(fixture, CaseQuery()), try await find(fixture, CaseQuery(page: 2)))
        let third = try await find(fixture, CaseQuery(page: 3))
        let titles = (first.rows + second.rows + third.rows).map(\.title)
        #expect(titles == ((0..<30).reversed() + (30..<70).reversed()).map { "第\($0)件" })
        #expect(first.total == 70 && !first.isMore)
    }

    @Test(
        "Those that ended are counted up to a thousand; beyond that a list says that there are more, and its pages go on"
    )
    func reach() async throws {
        let fixture = try Fixture()
        try await fill(fixture, 1100) { index, view in view.isOpen = index == 0 }
        let found = try await find(fixture, CaseQuery())
        #expect(found.total == 1001 && found.isMore)
        #expect(try await find(fixture, CaseQuery(page: 44)).rows.count == 25, "beyond what was counted")
        #expect(try await find(fixture, CaseQuery(open: true)).total == 1)
        let exact = try await find(fixture, CaseQuery(open: true))
        #expect(!exact.isMore)
    }

    @Test(
        "A search finds two or more neighbouring characters of title or item, words in any order, or the beginning of a number",
        arguments: [
            ("充电", true), ("充电桩", true), ("无法使用", true), ("充电设施", true), ("使用 充电", true), ("桩充", false),
            ("充桩", false), ("电", true), ("噪", false), ("410803001-2026", true), ("410803002", false), ("充电 噪声", false),
            ("\"充电\" OR *", false), ("充电%", true), (" ", true),
        ])
    func search(typed: String, isFound: Bool) async throws {
        let fixture = try Fixture()
        try await fixture.bring(to: .dispatched)
        #expect(try await find(fixture, CaseQuery(text: typed)).total == (isFound ? 1 : 0))
    }

    @Test(
        "A number is found as a whole: 12号 is not in 112号",
        arguments: [
            ("12号", true), ("12", true), ("2号", false), ("112号", false), ("12号3单元", true), ("路12号", true),
            ("单元漏水", true), ("3 12", true), ("3号", false), ("a座", true), ("b座", false),
        ])
    func numbers(typed: String, isFound: Bool) async throws {
        let fixture = try Fixture()
        try await fill(fixture, 1) { _, view in view.title = "向阳路12号3单元漏水 A座也有" }
        #expect(try await find(fixture, CaseQuery(text: typed)).total == (isFound ? 1 : 0))
    }

    @Test("A search by number finds the newest of what it begins, and says when there are more than it looks at")
    func newestNumbers() async throws {
        let fixture = try Fixture()
        try await fixture.store.pool.write { db in
            for day in 0...CaseSearch.reach {
                let number = CaseNumber(
                    home: Samples.home, day: CivilDate(daysSinceEpoch: 1000 + day), reportId: Samples.report)
                try CaseView(number, at: Samples.at + .milliseconds(day)).save(replacing: "", in: db)
            }
        }
        let found = try await fixture.read { try CaseSearch(text: "410803001").rows(in: $0) }
        #expect(found.ids.count == CaseSearch.reach && found.isCut)
        #expect(!found.ids.contains(1) && found.ids.contains(Int64(CaseSearch.reach) + 1))
    }

    @Test("A search knows the words that a case has now, not those that it had")
    func renamed() async throws {
        let fixture = try Fixture()
        try await fill(fixture, 1) { _, view in view.title = "路灯不亮" }
        try await fixture.store.pool.write { db in
            let number = CaseNumber(home: Samples.home, day: Samples.at.day, reportId: UUID.v5(Samples.report, "0"))
            var view = try CaseView.row(of: number, at: Samples.at, in: db)
            let was = view.words
            view.title = "井盖缺失"
            try view.save(replacing: was, in: db)
        }
        #expect(try await find(fixture, CaseQuery(text: "路灯")).total == 0)
        #expect(try await find(fixture, CaseQuery(text: "井盖")).total == 1)
    }

    @Test("People of a unit find what it handles, open and ended, and nothing else")
    func unit() async throws {
        let fixture = try Fixture()
        try await fill(fixture, 60) { index, view in view.isOpen = index % 2 == 0 }
        try await fixture.store.pool.write { db in
            try db.execute(
                sql: """
                    INSERT INTO case_unit (unit, number, opened)
                    SELECT ?, number, opened FROM case_view WHERE title IN ('第4件', '第5件', '第7件')
                    """, arguments: [Samples.housing.text])
        }
        let scope = Scope(Samples.actor(.unitHead, unit: Samples.housing))
        #expect(try await find(fixture, CaseQuery(), as: scope).rows.map(\.title) == ["第4件", "第7件", "第5件"])
        #expect(try await find(fixture, CaseQuery(text: "第7件"), as: scope).total == 1)
        #expect(try await find(fixture, CaseQuery(text: "第8件"), as: scope).total == 0)
    }

    @Test("What was drawn for a visit waits for the revisitor after strike-off too, whatever else was struck off")
    func drawn() async throws {
        let fixture = try Fixture()
        try await fill(fixture, 30) { _, view in (view.stage, view.isOpen) = (Stage.struckOff.rawValue, false) }
        try await fixture.bring(to: .revisited)
        try await fixture.land(Path.sample("revisit.drawn"))
        try await fixture.land(Path.sample("case.struck_off"))
        let scope = Scope(Samples.actor(.revisitor, unit: UnitCode("410803-center")))
        let found = try await fixture.read { try TaskQuery.fetch(scope, now: Samples.at, in: $0) }
        #expect(found.rows.map(\.view.number) == [Samples.number.text])
        #expect(found.rows.first?.primary == .revisitVisit)
    }

    @Test(
        "A report waits until its outcome is read, whichever of the two topics is read first", arguments: [true, false])
    func waiting(outcomeFirst: Bool) async throws {
        let fixture = try Fixture()
        let batch = ReportBatch(partition: 0, appeals: [Samples.appeal()], position: .init(cursor: 1, before: nil))
        func undecided() async throws -> Int {
            try await fixture.read { try Overview.read(center, now: Samples.at, in: $0).undecided }
        }
        if outcomeFirst { try await fixture.bring(to: .answered) }
        try await fixture.store.apply([], reports: [batch])
        #expect(try await undecided() == (outcomeFirst ? 0 : 1))
        if !outcomeFirst { try await fixture.bring(to: .answered) }
        #expect(try await undecided() == 0)
    }
}

import CaseLog
import Contracts
import Foundation
import GRDB
import Governance
import ServiceKit
import Support
import Testing

@testable import ConsoleCore

struct FoldTests {
    @Test("The facts of each stage fold to that stage", arguments: Path.stages)
    func stages(_ stage: Stage) async throws {
        let fixture = try Fixture()
        try await fixture.bring(to: stage)
        let view = try #require(try await fixture.view())
        #expect(view.current == stage)
        #expect(view.isOpen == stage.isOpen)
    }

    @Test("A case's row tells title, place, item, units and the clock that matters now")
    func row() async throws {
        let fixture = try Fixture()
        try await fixture.bring(to: .dispatched)
        let view = try #require(try await fixture.view())
        #expect(view.title == "充电桩无法使用")
        #expect(view.itemName == "充电设施")
        #expect(view.units == [Samples.housing.text, Samples.cityManagement.text])
        #expect(view.nextRule == "meet")
        #expect(view.nextDue == Samples.deadline.due.milliseconds)
        #expect(view.byRule == true)
    }

    @Test(
        "A case that ended, is suspended or not dispatched has no running clock",
        arguments: [
            Stage.received, .assessed, .answered, .suspended, .revisited, .withdrawn,
        ])
    func noClock(_ stage: Stage) async throws {
        let fixture = try Fixture()
        try await fixture.bring(to: stage)
        #expect(try await fixture.view()?.nextDue == nil)
    }

    @Test("A verified case runs the clock of its phone revisit, until it is passed")
    func phoneClock() async throws {
        let fixture = try Fixture()
        try await fixture.bring(to: .verified)
        #expect(try await fixture.view()?.nextRule == "revisit_phone")
    }

    @Test("After a 挂账 the case goes on with the errand's deadline, moved as Supervision moves it; finished, it is gone")
    func errandAfterSuspension() async throws {
        let fixture = try Fixture()
        try await fixture.bring(to: .handling)
        let sent = DeadlineRules.deadline(.errand, start: Samples.at, calendar: try Reference.sample.calendar)
        try await fixture.land(
            .errandSent(
                .init(
                    number: Samples.number, order: Samples.order, unit: Samples.cityManagement, task: "上门代办",
                    clock: sent, at: Samples.at, basis: Samples.basis)))
        let (stopped, resumed) = (Samples.at + .naturalDays(1), Samples.at + .naturalDays(8))
        try await fixture.land(Path.sample("order.suspended"), at: stopped)
        let standing = try #require(try await fixture.view())
        #expect(standing.deadlines.first { $0.clock == .errand } == sent, "while it stands it is told as it was")
        try await fixture.land(
            .orderResumed(
                .init(
                    number: Samples.number, order: Samples.order, clocks: [Samples.deadline], at: resumed,
                    basis: Samples.basis)), at: resumed)
        var clock = CaseClock(sent, order: Samples.order, since: Samples.at, startedBy: Samples.report)
        clock.goOn(stopped: stopped, resumed: resumed)
        let view = try #require(try await fixture.view())
        let moved = try #require(view.deadlines.first { $0.clock == .errand })
        #expect(moved == clock.deadline)
        #expect(moved.due > sent.due && moved.originalDue == sent.due)
        #expect(view.deadlines.contains(Samples.deadline) && view.deadlines.count == 2)
        let page = CasePage(
            names: Names(reference: Fixture.reference, language: .zh), scope: Scope(Samples.actor(.center)),
            now: resumed)
        let detail = try #require(
            try await fixture.read { try CaseDetail.read(Samples.number, Scope(Samples.actor(.center)), in: $0) })
        let shown = try #require(page.values(detail)["clocks"] as? [[String: Any]])
        #expect(shown.contains { ($0["text"] as? String)?.contains("代办") == true && $0["hasTrack"] as? Bool == true })
        try await fixture.land(Path.sample("errand.finished"), at: resumed)
        #expect(try await fixture.view()?.deadlines == [Samples.deadline])
    }

    @Test("A late record stands in the timeline as late and changes nothing else")
    func late() async throws {
        let fixture = try Fixture()
        try await fixture.bring(to: .answered)
        let before = try await fixture.view()
        try await fixture.land(Path.sample("order.issued"), at: Samples.at + .hours(1))
        #expect(try await fixture.view() == before)
        let lines = try await fixture.read { try TimelineEntry.all(of: Samples.number, in: $0) }
        #expect(lines.map(\.isLate) == [false, false, true])
    }

    @Test("The timeline keeps the order of the log and the reasons of each step")
    func timeline() async throws {
        let fixture = try Fixture()
        try await fixture.bring(to: .signed)
        let lines = try await fixture.read { try TimelineEntry.all(of: Samples.number, in: $0) }
        #expect(lines.map(\.type).suffix(2) == ["order.issued", "order.signed"])
        #expect(lines.allSatisfy { $0.basis?.reasons.first?.text == "命中目录「充电设施」" })
    }

    @Test("An appeal that joins is counted, keeps its text and gets the unit's reply")
    func appeals() async throws {
        let fixture = try Fixture()
        try await fixture.bring(to: .handling)
        try await fixture.land(
            .reportAttached(
                .init(
                    number: Samples.number, appeal: Samples.appeal(Samples.second, title: "还是不能充电"), opening: false,
                    at: Samples.at, basis: Samples.basis)))
        try await fixture.land(Path.sample("order.finished"))
        let appeals = try await fixture.read { try CaseAppeal.all(of: Samples.number, in: $0) }
        #expect(appeals.map(\.appeal.title) == ["充电桩无法使用", "还是不能充电"])
        #expect(appeals.map(\.reply) == ["已修复。", "已修复。"])
        #expect(try await fixture.view()?.appeals == 2)
    }

    @Test("A queued appeal waits with its reason and candidates until a person places it")
    func queue() async throws {
        let fixture = try Fixture()
        try await fixture.bring(to: .received)
        let scope = Scope(Samples.actor(.analyst))
        let waiting = try await fixture.read { try CaseQuery.queue(scope, page: 1, in: $0) }
        #expect(waiting.rows.first?.queueWhy == "命中目录「充电设施」")
        #expect(waiting.rows.first?.candidates == "A-01")
        try await fixture.land(Path.sample("case.accepted"), Path.sample("case.assessed"))
        #expect(try await fixture.read { try CaseQuery.queue(scope, page: 1, in: $0) }.total == 0)
    }

    @Test("Reports are counted once, and those without an outcome are told")
    func reports() async throws {
        let fixture = try Fixture()
        let batch = ReportBatch(
            partition: 0, appeals: [Samples.appeal(), Samples.appeal(), Samples.appeal(Samples.second)],
            position: .init(cursor: 3))
        try await fixture.store.apply([], reports: [batch])
        try await fixture.bring(to: .answered)
        let overview = try await fixture.read {
            try Overview.read(Scope(Samples.actor(.center)), now: Samples.at, in: $0)
        }
        #expect(overview.receivedToday == 2)
        #expect(overview.undecided == 1)
        #expect(try await fixture.store.reportPositions()[0]?.cursor == 3)
    }

    @Test("A store of another version, or none that can be read, is made anew")
    func version() async throws {
        let fixture = try Fixture()
        let path = "\(fixture.folder)/other.sqlite"
        try Data("not a database at all, only bytes that fill a page".utf8).write(to: URL(filePath: path))
        let store = try ConsoleStore(path: path)
        #expect(try await store.positions().isEmpty)
    }

    @Test("Small cells of the heat table are not shown")
    func heat() async throws {
        let fixture = try Fixture()
        for index in 0..<6 {
            let id = UUID()
            let home = HomeKey(index < 5 ? "410803001" : "410803002")!
            var appeal = Samples.appeal(id)
            appeal.home = home
            let number = CaseNumber(home: home, day: Samples.at.day, reportId: id)
            guard case .caseAssessed(var assessed) = Path.sample("case.assessed") else { return }
            assessed.number = number
            try await fixture.land(
                .caseOpened(.init(number: number, appeal: appeal, kind: .appeal, at: Samples.at, basis: Samples.basis)),
                .caseAssessed(assessed))
        }
        let heat = try await fixture.read { try HeatTable.read(Scope(Samples.actor(.center)), now: Samples.at, in: $0) }
        #expect(heat.categories == ["城乡建设"])
        #expect(heat.rows == [HeatTable.Row(home: "410803001", cells: [5])])
    }
}

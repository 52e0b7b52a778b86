import Contracts
import Foundation
import Governance
import HTTPTypes
import ServiceKit
import Support
import Testing

@testable import ConsoleCore

@Suite("The material of meetings (domain.md rows 58-60, 65; §5 早晚研判、日清日结)")
struct PackTests {
    private let supervisor = Samples.actor(.supervisor)
    private let names = Names(reference: Fixture.reference, language: .zh)

    private func pack(_ site: Site, _ kind: Pack.Kind, at now: Instant) async throws -> Pack {
        let supervisor = supervisor
        return try await site.fixture.read { db in try Pack.read(kind, Scope(supervisor), now: now, in: db) }
    }

    @Test(
        "People meet at 08:00 and at 20:00; the material begins with the session before",
        arguments: [
            ("2026-11-21T07:59:59+08:00", "2026-11-20T20:00:00+08:00"),
            ("2026-11-21T08:00:00+08:00", "2026-11-21T08:00:00+08:00"),
            ("2026-11-21T19:59:59+08:00", "2026-11-21T08:00:00+08:00"),
            ("2026-11-21T20:00:00+08:00", "2026-11-21T20:00:00+08:00"),
        ])
    func sessions(_ now: String, _ at: String) throws {
        let session = PackSession(at: try #require(Instant(now)))
        #expect(session.at == Instant(at))
        #expect(session.before == session.at - .hours(12))
        #expect(session.isMorning == at.contains("T08"))
    }

    @Test("The carried-over list is empty or explained: every row says why it was not done on its day")
    func carried() async throws {
        let stages: [Stage] = [
            .dispatched, .signed, .met, .handling, .extensionReview, .returnReview, .suspended, .mediating, .reported,
        ]
        for stage in stages {
            let site = try await Site()
            try await site.fixture.bring(to: stage)
            let today = try await pack(site, .day, at: Samples.at)
            #expect(today.sections.first { $0.name == .packCarried }?.rows.isEmpty == true)
            #expect(today.tally == Pack.Tally(received: 1, settled: 0))
            let next = Samples.at + .hours(15)
            let carried = try #require(
                try await pack(site, .day, at: next).sections.first { $0.name == .packCarried })
            let rows = try #require(PackSheet(names: names, now: next).section(carried)["rows"] as? [[String: Any]])
            #expect(rows.count == 1)
            let why = try #require(rows.first?["why"] as? String)
            #expect(!why.isEmpty && !why.contains("{"), "\(stage): \(why)")
        }
    }

    @Test("An overdue 提醒单 is in the weekly pack, with the 督办单 that took its place; an answered one is not")
    func overdue() async throws {
        let site = try await Site()
        try await site.fixture.bring(to: .handling)
        try await site.fixture.land(Path.sample("case.reminded"))
        let late = Samples.at + .hours(73)
        #expect(try await pack(site, .week, at: Samples.at + .hours(71)).overdue.isEmpty)
        let due = try await pack(site, .week, at: late)
        #expect(due.overdue.map(\.form) == [FormKind.reminder.number(Samples.number, 1)])
        #expect(try await pack(site, .day, at: late).overdue.isEmpty)
        func confirm(_ role: Role) -> [String: Any]? {
            due.overdue.first.flatMap(PackSheet(names: names, now: late, actor: Samples.actor(role)).confirm)
        }
        #expect(confirm(.center) == nil, "a supervisor confirms it")
        let action = try #require(confirm(.supervisor)?["action"] as? String)
        #expect(action == "/cases/\(Samples.number.text)/commands/case.supervise")
        try await site.fixture.land(Path.sample("case.supervised"))
        let replaced = try #require(try await pack(site, .week, at: late).overdue.first)
        #expect(replaced.replacedBy == FormKind.supervision.number(Samples.number, 1))
        let answered = try await Site()
        try await answered.fixture.bring(to: .handling)
        try await answered.fixture.land(Path.sample("case.reminded"))
        try await answered.fixture.land(
            .formRectified(
                .init(
                    number: Samples.number, form: FormKind.reminder.number(Samples.number, 1), kind: .reminder,
                    ordinal: 1, result: "已办", at: Samples.at, basis: Samples.basis)))
        #expect(try await pack(answered, .week, at: late).overdue.isEmpty)
    }

    @Test("A resolution stands in the pack of its period, a topic with its cases in the month's; all are printable")
    func minutes() async throws {
        let site = try await Site()
        try await site.fixture.bring(to: .handling)
        try await site.fixture.land(Path.sample("minutes.recorded"))
        for kind in Pack.Kind.allCases {
            let values = PackPage.values(try await pack(site, kind, at: Samples.at), names, Samples.at)
            #expect((values["minutes"] as? [[String: Any]])?.count == 1)
            let topics = try #require(values["topics"] as? [[String: Any]])
            #expect(topics.compactMap { $0["theme"] as? String } == (kind == .month ? ["充电设施"] : []))
        }
        let nextMonth = try await pack(site, .month, at: Samples.at + .naturalDays(30))
        #expect(nextMonth.minutes.isEmpty)
        try await site.test { client in
            for kind in Pack.Kind.allCases {
                for language in ["zh-CN", "en"] {
                    let page = try await site.get(
                        client, "/packs/\(kind.rawValue)", Samples.actor(.supervisor), language: language)
                    #expect(page.status == .ok && !page.text.contains("{{"), "\(kind) \(language)")
                }
            }
        }
    }

    @Test("The crisis pack has what is red or orange first on its agenda, each case once, with what is to be decided")
    func agenda() async throws {
        let site = try await Site()
        try await site.fixture.bring(to: .assessed)
        guard case .caseAssessed(var red) = Path.sample("case.assessed") else { return }
        red.colour = .red
        try await site.fixture.land([.caseAssessed(red), Path.sample("case.major_reported")])
        let found = try await pack(site, .crisis, at: Samples.at)
        #expect(found.agenda.map(\.why) == [.packUnacknowledged])
        #expect(found.sections.first { $0.name == .packHigh }?.total == 1)
        let rows = PackSheet(names: names, now: Samples.at).agenda(found)
        #expect(rows.first?["ask"] as? String == WatchText.askAcknowledge.text(.zh))
    }
}

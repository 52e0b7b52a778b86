import Contracts
import Foundation
import GRDB
import Governance
import HTTPTypes
import Support
import Testing

@testable import ConsoleCore

@Suite("A device's alarm on its case's page (domain.md row 54, §5)")
struct AlarmLinesTests {
    private static let began = Instant("2026-03-09T14:10:00+08:00")!

    private static func signal(_ alarm: AlarmState?, _ id: UUID, minutes: Int) -> Appeal {
        var appeal = Samples.appeal(id)
        (appeal.device, appeal.alarm, appeal.source) = ("gas-0001", alarm, "sensor")
        appeal.occurredAt = began + .minutes(minutes)
        return appeal
    }

    /// An alarm of 14:10, and its end at 14:31.
    private func site(isOver: Bool) async throws -> Site {
        let site = try await Site()
        let raise = Self.signal(.raised, Samples.report, minutes: 0)
        try await site.fixture.land(
            .caseOpened(
                .init(number: Samples.number, appeal: raise, kind: .safety, at: Self.began, basis: Samples.basis)),
            at: Self.began)
        guard isOver else { return site }
        let end = Self.signal(.cleared, Samples.second, minutes: 21)
        try await site.fixture.land(
            .reportAttached(
                .init(number: Samples.number, appeal: end, opening: false, at: end.occurredAt, basis: Samples.basis)),
            .alarmCleared(
                .init(
                    number: Samples.number, device: "gas-0001", raised: raise.id, raisedAt: raise.occurredAt,
                    report: end.id, clearedAt: end.occurredAt, at: end.occurredAt, basis: Samples.basis)),
            at: end.occurredAt)
        return site
    }

    @Test("The page shows exactly 21 min 0 s from 14:10:00 to 14:31:00, among the facts and on the timeline")
    func exactly() async throws {
        let site = try await site(isOver: true)
        try await site.test { client in
            for (language, lasted) in [("zh-CN", "历时 21 分 0 秒"), ("en", "lasted 21 min 0 s")] {
                let page = try await site.get(
                    client, "/cases/\(Samples.number.text)", Samples.actor(.center), language: language)
                #expect(page.status == .ok)
                #expect(page.text.components(separatedBy: lasted).count == 3)
                for part in ["14:10:00", "14:31:00", "gas-0001"] { #expect(page.text.contains(part)) }
            }
        }
    }

    @Test("While nothing says that it is over, the page says so")
    func standing() async throws {
        let site = try await site(isOver: false)
        try await site.test { client in
            let page = try await site.get(client, "/cases/\(Samples.number.text)", Samples.actor(.center))
            #expect(page.text.contains("14:10:00,尚未解除") && !page.text.contains("历时"))
        }
    }

    @Test("The end of an alarm is not one more alarm in the day's count of its source (row 27)")
    func uncounted() async throws {
        let site = try await site(isOver: true)
        let count = try await site.fixture.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM report_day") }
        #expect(count == 1)
    }
}

import CaseLog
import Contracts
import Foundation
import GRDB
import Governance
import Support
import Testing

@testable import TriageCore

@Suite("The end of a device's alarm 报警解除 (domain.md row 54, §5: 14:10 → 14:31 is 21 min 0 s)")
struct AlarmEndTests {
    private let bench: DecisionBench<TriageDecider>
    /// 2026-03-09 14:10.
    private let began = Instant("2026-03-09T14:10:00+08:00")!

    private static let posts = ("小区充电桩坏了一周没人修", "向阳社区3号楼前的电动车充电桩坏了一周,六个充电口都没电,大家只好飞线充电。")

    init() throws { bench = try DecisionBench(TriageDecider(reference: Reference.sample)) }

    private func appeal(
        _ alarm: AlarmState?, _ minutes: Int = 0, device: String = "gas-0001", place: String? = "410803008",
        text: String = "重大危险源液氯充装秤垫片处氯气泄漏,浓度超过报警值,泄漏报警持续。"
    ) -> Appeal {
        let key = UUID().uuidString
        let place = place.flatMap { PlaceCode($0) }
        let occurred = began + .minutes(minutes)
        return Appeal(
            id: UUID(), source: "sensor", sourceKey: key,
            home: HomeKey(place: place, source: "sensor", sourceKey: key), place: place,
            title: alarm == .cleared ? "液氯秤垫片处氯气泄漏报警解除" : "液氯秤垫片处氯气泄漏报警", text: text,
            occurredAt: occurred, receivedAt: occurred, vaultToken: nil, onBehalf: nil, enteredBy: nil, device: device,
            alarm: alarm)
    }

    @discardableResult
    private func give(_ appeal: Appeal) throws -> [Fact] {
        bench.now = appeal.receivedAt
        return try bench.give(
            .report(
                Received(
                    id: appeal.id, body: Report(appeal), key: appeal.home.text, actor: nil, time: bench.now, offset: 0))
        ).facts
    }

    private func pair(_ facts: [Fact]) -> AlarmCleared? {
        for case .alarmCleared(let body) in facts { return body }
        return nil
    }

    private func number(_ facts: [Fact]) throws -> CaseNumber { try #require(facts.first?.about) }

    @Test("It joins the case of its alarm, which says that it lasted exactly 21 min 0 s")
    func exactly() throws {
        let (raise, end) = (appeal(.raised), appeal(.cleared, 21))
        let opened = try number(give(raise))
        let facts = try give(end)
        #expect(facts.map(\.type) == ["report.attached", "alarm.cleared"])
        let told = try #require(pair(facts))
        #expect(told.number == opened && told.raised == raise.id && told.report == end.id)
        #expect(told.raisedAt == began && told.clearedAt == began + .minutes(21))
        #expect(told.lasted.chinese == "21 分 0 秒")
        #expect(told.basis.reasons.first?.text.contains("历时 21 分 0 秒") == true)
        #expect(told.basis.reasons.map(\.rule) == ["alarm.cleared", "device.place"])
    }

    @Test("A device that raises it again before it is over joins its case; it began with what happened first")
    func again() throws {
        let opened = try number(give(appeal(.raised, 2)))
        for next in [appeal(.raised, 5), appeal(.raised)] {
            let facts = try give(next)
            #expect(facts.first?.about == opened)
            #expect(facts.first?.type == "report.attached" && !facts.contains { $0.type == "case.major_reported" })
            #expect(facts.first?.basisRules.first == "alarm.again")
        }
        let told = try #require(pair(try give(appeal(.cleared, 21))))
        #expect(told.number == opened && told.lasted.chinese == "21 分 0 秒")
    }

    @Test("A hazard is not joined to an alarm for which no leader was called: a leader is")
    func hazard() throws {
        var still = appeal(.raised, text: Self.posts.1)
        still.title = Self.posts.0
        let opened = try give(still)
        #expect(opened.contains { $0.type == "case.assessed" } && !opened.contains { $0.type == "case.major_reported" })
        let leak = try give(appeal(.raised, 5))
        #expect(leak.first?.type == "case.opened" && leak.contains { $0.type == "case.major_reported" })
        #expect(try give(appeal(.raised, 6)).first?.about == number(leak))
    }

    @Test("A device that knows no end of its alarm opens a case each time, and leaders are called each time")
    func endless() throws {
        for minutes in 0..<3 {
            let facts = try give(appeal(nil, minutes))
            #expect(facts.first?.type == "case.opened" && facts.contains { $0.type == "case.major_reported" })
        }
    }

    @Test("A second end joins and makes no second pair; what happened before the end is a part of it")
    func twice() throws {
        try give(appeal(.raised))
        #expect(pair(try give(appeal(.cleared, 21))) != nil)
        let again = try give(appeal(.cleared, 22))
        #expect(again.map(\.type) == ["report.attached"])
        #expect(again.first?.basisRules.first == "alarm.cleared_again")
        try give(appeal(.raised, 20))
        #expect(pair(try give(appeal(.cleared, 23))) == nil)
        let anew = appeal(.raised, 30)
        try give(anew)
        #expect(try #require(pair(try give(appeal(.cleared, 33)))).raised == anew.id)
    }

    @Test("Without an alarm before it, of this device and in this township, a person looks, and no leader is called")
    func unmatched() throws {
        try give(appeal(.raised))
        for end in [
            appeal(.cleared, 21, device: "gas-0002"), appeal(.cleared, -1), appeal(.cleared, 21, place: "410803002"),
        ] {
            let facts = try give(end)
            #expect(facts.map(\.type) == ["case.opened", "report.queued"])
            #expect(facts.last?.basisRules.first == "alarm.unmatched")
        }
        #expect(pair(try give(appeal(.cleared, 21))) != nil)
    }

    @Test("Where the case is closed it is answered by itself, starts no clock, and the pair still stands in the case")
    func closed() throws {
        let opened = try number(give(appeal(.raised)))
        try bench.land([Path.issued(opened), Path.verified(opened)], by: .dispatch)
        let end = appeal(.cleared, 90)
        let facts = try give(end)
        #expect(facts.map(\.type) == ["case.opened", "report.answered", "alarm.cleared"])
        #expect(try #require(pair(facts)).number == opened)
        guard case .caseOpened(let own)? = facts.first, case .reportAnswered(let answer) = facts[1] else {
            Issue.record("\(facts.map(\.type))")
            return
        }
        #expect(own.number != opened && own.clocks == nil && answer.report == end.id)
        #expect(answer.reply.contains("历时 1 时 30 分 0 秒"))
    }

    @Test("An alarm that still waits for a person keeps waiting: its end is answered by itself")
    func waiting() throws {
        let vague = appeal(.raised, text: "内容不全。")
        var queued = vague
        queued.title = "信号异常"
        let facts = try give(queued)
        #expect(facts.map(\.type) == ["case.opened", "report.queued"])
        let end = try give(appeal(.cleared, 4))
        #expect(end.map(\.type) == ["case.opened", "report.answered", "alarm.cleared"])
        #expect(try #require(pair(end)).number == number(facts))
    }

    @Test("A joined case takes its alarm along, and another township that the alarm moves to")
    func joined() throws {
        let raise = appeal(.raised)
        let opened = try number(give(raise))
        let other = try number(give(appeal(.raised, 1, device: "gas-0002", place: "410803008")))
        #expect(opened != other)
        let attached = ReportAttached(
            number: other, appeal: raise, opening: false, from: opened, at: began, basis: Samples.basis)
        try bench.land([.reportAttached(attached)], by: .triage)
        #expect(try #require(pair(try give(appeal(.cleared, 21)))).number == other)
    }

    @Test("No model counts it: the end of an alarm is no signal")
    func uncounted() throws {
        try give(appeal(.raised))
        let before = try bench.queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM triage_sighting") }
        try give(appeal(.cleared, 21))
        try give(appeal(.cleared, 21, device: "gas-0002"))
        let after = try bench.queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM triage_sighting") }
        #expect(before == after)
    }
}

/// Facts of others that close a case.
private enum Path {
    static func issued(_ number: CaseNumber) -> Fact {
        .orderIssued(
            .init(
                number: number, order: "\(number.text)-1", round: 1, main: Samples.housing, assists: [],
                designated: false, direct: false, clocks: [Samples.deadline], at: Samples.at, basis: Samples.basis))
    }

    static func verified(_ number: CaseNumber) -> Fact {
        .caseVerified(.init(number: number, order: "\(number.text)-1", at: Samples.at, basis: Samples.basis))
    }
}

extension Fact {
    /// The rules that decided it.
    fileprivate var basisRules: [String] {
        switch self {
        case .reportAttached(let body): body.basis.reasons.map(\.rule)
        case .reportQueued(let body): body.basis.reasons.map(\.rule)
        default: []
        }
    }
}

import CaseLog
import Contracts
import Foundation
import Governance
import Ledger
import Support
import Testing

@testable import TriageCore

@Suite("Placing appeals by rule")
struct PlacingTests {
    private let bench: DecisionBench<TriageDecider>

    init() throws { bench = try DecisionBench(TriageDecider(reference: Reference.sample)) }

    private func report(_ appeal: Appeal) throws -> Decision<Fact, Contracts.Command> {
        try bench.give(
            .report(
                Received(
                    id: appeal.id, body: Report(appeal), key: appeal.home.text, actor: nil, time: bench.now, offset: 0))
        )
    }

    private func appeal(
        _ key: String, _ title: String, _ text: String, place: String? = "410803001", daysAgo: Int = 0
    ) -> Appeal {
        let place = place.flatMap { PlaceCode($0) }
        let home = HomeKey(place: place, source: "hotline", sourceKey: key)
        return Appeal(
            id: UUID(), source: "hotline", sourceKey: key, home: home, place: place, title: title, text: text,
            occurredAt: Samples.at - .naturalDays(daysAgo), receivedAt: Samples.at, vaultToken: nil, onBehalf: nil,
            enteredBy: nil)
    }

    private let posts = ("小区充电桩坏了一周没人修", "向阳社区3号楼前的电动车充电桩坏了一周,六个充电口都没电,大家只好飞线充电。")

    @Test("A sure catalogue match opens a case that is accepted and assessed with its unit and reason (row 53)")
    func match() throws {
        let facts = try report(appeal("1", posts.0, posts.1)).facts
        #expect(facts.map(\.type) == ["case.opened", "report.attached", "case.accepted", "case.assessed"])
        guard case .caseAssessed(let assessed) = facts[3] else { return }
        #expect(assessed.lead != nil)
        #expect(assessed.basis.actor == nil)
        #expect(assessed.basis.reasons.first?.text.contains("充电桩") == true)
        #expect(assessed.basis.reasons.first?.reference == bench.decider.reference.version)
    }

    @Test("The same matter in the same township within seven days joins the open case")
    func join() throws {
        let first = try report(appeal("1", posts.0, posts.1)).facts
        let second = try report(appeal("2", "向阳社区充电桩坏了没人修", posts.1, daysAgo: 3)).facts
        #expect(second.map(\.type) == ["report.attached"])
        #expect(second.first?.about == first.first?.about)
    }

    @Test("Another township, another week, or another matter is not joined", arguments: [0, 1, 2])
    func noJoin(_ which: Int) throws {
        _ = try report(appeal("1", posts.0, posts.1))
        let other =
            switch which {
            case 0: appeal("2", posts.0, posts.1, place: "410803002")
            case 1: appeal("2", posts.0, posts.1, daysAgo: 8)
            default: appeal("2", "希望在新华苑增设充电桩", "新华苑没有任何充电设施,几百户老人无处充电,请街道协调增建两处充电车棚。")
            }
        #expect(try report(other).facts.first?.type == "case.opened")
    }

    @Test("A join that lands after the case closed is placed again, in a case of its own")
    func lateJoin() throws {
        let first = try report(appeal("1", posts.0, posts.1)).facts
        let number = try #require(first.first?.about)
        let late = appeal("2", posts.0, posts.1)
        let join = Fact.reportAttached(
            .init(number: number, appeal: late, opening: false, at: bench.now, basis: Samples.basis))
        try bench.land(
            [.caseWithdrawn(.init(number: number, reason: "撤回", at: bench.now, basis: Samples.basis))], by: .dispatch)
        #expect(try bench.land([join], by: .triage) == false)
        let again = try bench.give(.late(bench.landed(join, by: .triage)))
        #expect(again.facts.first?.type == "case.opened")
        #expect(again.facts.first?.about != number)
    }

    @Test("What no rule places waits for a person, with the reason")
    func queue() throws {
        let facts = try report(appeal("1", "你好", "我想说一件事情。")).facts
        #expect(facts.map(\.type) == ["case.opened", "report.queued"])
    }

    @Test("An appeal without a place whose text names one township moves there with a crossing command")
    func readdress() throws {
        let decision = try report(appeal("1", "李封街道" + posts.0, posts.1, place: nil))
        #expect(decision.facts.map(\.type) == ["report.readdressed"])
        let command = try #require(decision.commands.first)
        #expect(command.key == "410803001")
        #expect(command.to == .triage)
        let placed = try bench.give(command.command, by: nil)
        #expect(placed.facts.first?.about?.home.text == "410803001")
    }

    @Test("An appeal that was taken is known by report and hop for good")
    func takenTwice() throws {
        var moved = appeal("1", posts.0, posts.1)
        moved.hops = 1
        let take = Contracts.Command.takeReport(.init(appeal: moved, from: nil))
        try bench.give(take, by: nil)
        #expect(throws: Refusal.self) { try bench.give(take, by: nil) }
    }

    @Test("Without any place an appeal waits for a person")
    func noPlace() throws {
        let facts = try report(appeal("1", posts.0, "充电桩坏了。", place: nil)).facts
        #expect(facts.last?.type == "report.queued")
    }

    @Test("A major hazard goes to the leaders at once and is never queued (row 51)")
    func hazard() throws {
        let facts = try report(
            appeal("1", "化工厂液氯泄漏", "液氯秤垫片老化,氯气泄漏,现场有刺鼻气味,周边居民需要疏散。")
        ).facts
        #expect(facts.last?.type == "case.major_reported")
        #expect(!facts.contains { $0.type == "report.queued" })
    }
}

import CaseLog
import Contracts
import Foundation
import Governance
import Support
import Testing

@testable import TriageCore

@Suite("What Triage makes of a device's signal (domain.md rows 25-28)")
struct SignalDeviceTests {
    private let bench: DecisionBench<TriageDecider>

    init() throws { bench = try DecisionBench(TriageDecider(reference: Reference.sample)) }

    private func signal(
        _ device: String?, _ source: String, _ title: String, _ text: String, place: String? = "410803001004"
    ) throws -> [Fact] {
        let key = UUID().uuidString
        let place = place.flatMap { PlaceCode($0) }
        let home = HomeKey(place: place, source: source, sourceKey: key)
        let appeal = Appeal(
            id: UUID(), source: source, sourceKey: key, home: home, place: place, title: title, text: text,
            occurredAt: Samples.at, receivedAt: Samples.at, vaultToken: nil, onBehalf: nil, enteredBy: nil,
            device: device)
        return try bench.give(
            .report(
                Received(id: appeal.id, body: Report(appeal), key: home.text, actor: nil, time: bench.now, offset: 0))
        ).facts
    }

    private let leak = ("液氯秤垫片处氯气泄漏报警", "重大危险源液氯充装秤垫片处氯气泄漏,浓度超过报警值,泄漏报警持续。")
    private let posts = ("小区充电桩坏了一周没人修", "向阳社区3号楼前的电动车充电桩坏了一周,六个充电口都没电,大家只好飞线充电。")

    private func assessment(_ facts: [Fact]) -> CaseAssessed? {
        for case .caseAssessed(let body) in facts { return body }
        return nil
    }

    private func reasons(_ facts: [Fact]) -> [Reason] {
        for case .caseOpened(let body) in facts { return body.basis.reasons }
        return []
    }

    @Test("The unit that the registry names goes, those it tells assist, and the case cites the registry (rows 25, 27)")
    func units() throws {
        let facts = try signal("gas-0001", "sensor", leak.0, leak.1, place: "410803008")
        let assessed = try #require(assessment(facts))
        #expect(assessed.lead?.text == "410803-emergency" && assessed.place?.text == "410803008")
        #expect(Set(assessed.assists.map(\.text)).isSuperset(of: ["410803-fire", "410803008-office"]))
        let reason = try #require(reasons(facts).last)
        #expect(reason.rule == "device.place" && reason.inputs == ["gas-0001"])
        #expect(reason.text.contains("液氯充装秤气体探测器") && reason.text.contains("责任单位 中站区应急管理局"))
        #expect(!reason.text.contains("另报地点"))
    }

    @Test("The unit that the rule would have sent assists, each unit once; a place told besides is named")
    func ruleAssists() throws {
        let facts = try signal("camera-0001", "camera", posts.0, posts.1, place: "410803001004002")
        let alone = try #require(assessment(try signal(nil, "camera", posts.0, posts.1, place: "410803002")))
        let assessed = try #require(assessment(facts))
        #expect(assessed.lead?.text == "410803-traffic")
        #expect(
            assessed.assists.first == alone.lead && assessed.assists.map(\.text).contains("410803-urban"))
        #expect(Set(assessed.assists).count == assessed.assists.count)
        #expect(reasons(facts).last?.text.contains("另报地点 焦作市中站区李封街道向阳社区向阳社区第二网格,以来件为准") == true)
    }

    @Test(
        "A device that is not registered, no longer, or for another source decides nothing, and the case says so",
        arguments: [
            ("no-such-device", "sensor", "device.unknown", "没有登记"),
            ("wander-0003", "wander", "device.not_in_force", "不在登记有效期内"),
            ("gas-0001", "wander", "device.not_in_force", "登记的信息源不是「wander」"),
        ])
    func unusable(_ code: String, _ source: String, _ rule: String, _ says: String) throws {
        let plain = try #require(assessment(try signal(nil, source, leak.0, leak.1, place: "410803002")))
        let facts = try signal(code, source, leak.0, leak.1, place: "410803002")
        let assessed = try #require(assessment(facts))
        #expect(assessed.lead == plain.lead && assessed.assists == plain.assists)
        let reason = try #require(reasons(facts).last)
        #expect(reason.rule == rule && reason.text.contains(says) && reason.text.contains("照常受理"))
    }

    @Test("An unknown device without a place waits for a person, who is told both")
    func queued() throws {
        let facts = try signal("no-such-device", "wander", "信号异常", "内容不全。", place: nil)
        let waits = facts.contains { fact in
            guard case .reportQueued(let queued) = fact else { return false }
            return queued.basis.reasons.map(\.rule) == ["place.unknown", "device.unknown"]
        }
        #expect(waits, "\(facts.map(\.type))")
    }

    @Test("A device that was registered after Intake had read its register sends the signal to its township")
    func registeredSince() throws {
        let facts = try signal("wander-0001", "wander", "信号异常", "内容不全。", place: nil)
        guard case .reportReaddressed(let moved) = facts.last else {
            Issue.record("\(facts.map(\.type))")
            return
        }
        #expect(moved.home.text == "410803001" && moved.basis.reasons.map(\.rule) == ["device.place"])
    }

    @Test("A signal that joins an open case brings what is known of its device")
    func joined() throws {
        _ = try signal("camera-0001", "camera", posts.0, posts.1)
        let facts = try signal("no-such-device", "camera", posts.0, posts.1)
        guard case .reportAttached(let attached) = facts.first else {
            Issue.record("\(facts.map(\.type))")
            return
        }
        #expect(!attached.opening && attached.basis.reasons.map(\.rule) == ["join.same_matter", "device.unknown"])
    }
}

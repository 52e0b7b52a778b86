import CaseLog
import Contracts
import Foundation
import Governance
import Support
import Testing

@testable import TriageCore

/// 风险预警: models over what Triage sees (domain.md rows 40-45, §3.2 触发→确认→处置→解除|误报).
@Suite("Risk warnings")
struct RiskWarningTests {
    private let bench: DecisionBench<TriageDecider>
    private let analyst = Samples.actor(.analyst)

    init() throws { bench = try DecisionBench(TriageDecider(reference: Reference.sample)) }

    @discardableResult
    private func give(
        _ key: String, title: String = "小区电梯故障停运", text: String = "楼里的电梯坏了,老人上下楼困难。",
        source: String = "hotline", place: String = "410803001004", daysAgo: Int = 0
    ) throws -> [Fact] {
        let place = PlaceCode(place)
        let appeal = Appeal(
            id: UUID.v5(Identifier.space, key), source: source, sourceKey: key,
            home: HomeKey(place: place, source: source, sourceKey: key), place: place, title: title,
            text: "\(key):\(text)", occurredAt: bench.now - .naturalDays(daysAgo), receivedAt: bench.now,
            vaultToken: nil, onBehalf: nil, enteredBy: nil)
        return try bench.give(
            .report(
                Received(
                    id: appeal.id, body: Report(appeal), key: appeal.home.text, actor: nil, time: bench.now, offset: 0))
        ).facts
    }

    private func warnings(_ facts: [Fact]) -> [WarningRaised] {
        facts.compactMap { if case .warningRaised(let raised) = $0 { raised } else { nil } }
    }

    private func number(_ facts: [Fact]) throws -> CaseNumber {
        try #require(facts.compactMap(\.about).first)
    }

    @Test("The third report of a scenario within a week warns in the same decision: model, inputs, threshold, value")
    func frequency() throws {
        #expect(try warnings(give("1", daysAgo: 3)).isEmpty)
        #expect(try warnings(give("2", place: "410803001005", daysAgo: 1)).isEmpty)
        let warning = try #require(try warnings(give("3")).first)
        #expect(warning.warning == "frequent.lift-trap" && warning.area?.text == "410803001")
        #expect(warning.threshold == 3 && warning.found == 3 && warning.days == 7)
        let reason = try #require(warning.basis.reasons.first)
        #expect(reason.rule == "model.frequent" && reason.inputs.count == 3)
        #expect(try reason.reference == Reference.sample.version)
    }

    @Test("Within a window, model, scenario and place warn once; another township and the next window warn again")
    func once() throws {
        for key in ["1", "2", "3"] { try give(key) }
        #expect(try warnings(give("4")).isEmpty)
        for key in ["a", "b"] { try give(key, place: "410803002001") }
        #expect(try warnings(give("c", place: "410803002001")).map(\.area?.text) == ["410803002"])
        bench.now = bench.now + .naturalDays(8)
        for key in ["5", "6"] { #expect(try warnings(give(key)).isEmpty) }
        #expect(try warnings(give("7")).count == 1)
    }

    @Test("A measured value over its threshold warns with the alarm itself")
    func reading() throws {
        let facts = try give(
            "s", title: "液氯储罐区浓度报警", text: "氯气浓度 35.5 ppm。", source: "sensor", place: "410803003001901")
        let warning = try #require(warnings(facts).first { $0.model == "gas-level" })
        #expect(warning.found == 35 && warning.threshold == 25 && warning.colour == .red)
    }

    @Test("What a person places is looked at too")
    func placed() throws {
        let number = try number(give("q", title: "请帮忙看看", text: "这里的事情一直没人管。"))
        for key in ["1", "2"] { try give(key) }
        let placed = try bench.give(.placeCase(.init(number: number, item: "SM-106")), by: analyst)
        #expect(warnings(placed.facts).map(\.warning) == ["frequent.lift-trap"])
    }

    @Test("A case of a high-risk scenario that stands still warns at once; of whatever matter the second time does")
    func unsettled() throws {
        let number = try number(give("u", title: "楼盘停工烂尾", text: "楼盘烂尾两年,工地停工,开发商不交房。"))
        func stand() throws -> [Fact] {
            let fact = Fact.raiseProposed(
                .init(
                    number: number, level: .county, deadline: Samples.deadline, at: bench.now, basis: Samples.basis))
            #expect(try bench.land([fact], by: .supervision))
            return try bench.give(.fact(bench.landed(fact, by: .supervision))).facts
        }
        #expect(try warnings(stand()).map(\.warning) == ["restless.unfinished"])
        let raised = Fact.levelRaised(
            .init(number: number, level: .county, reason: "两周无进展", at: bench.now, basis: Samples.basis))
        #expect(try bench.land([raised], by: .supervision))
        #expect(try warnings(stand()).map(\.warning) == ["stuck"], "the first one is still open")
    }

    @Test("A warning is confirmed, then resolved; unconfirmed it can only be called a false alarm")
    func steps() throws {
        for key in ["1", "2"] { try give(key) }
        let facts = try give("3")
        let warning = try #require(warnings(facts).first)
        let clear = ClearWarning(number: warning.number, outcome: .resolved, reason: "已更换部件")
        #expect(throws: Refusal.self) { try bench.give(.clearWarning(clear), by: analyst) }
        #expect(
            try bench.give(.confirmWarning(.init(number: warning.number, note: "会同市场监管核查")), by: analyst).facts
                .map(\.type) == ["warning.confirmed"])
        #expect(throws: Refusal.self) {
            try bench.give(.confirmWarning(.init(number: warning.number)), by: analyst)
        }
        #expect(try bench.give(.clearWarning(clear), by: analyst).facts.map(\.type) == ["warning.cleared"])
        #expect(throws: Refusal.self) { try bench.give(.clearWarning(clear), by: analyst) }
    }

    @Test("Only analysts, supervisors and centers handle warnings", arguments: [Role.handler, .unitHead, .operator])
    func roles(_ role: Role) throws {
        for key in ["1", "2", "3"] { try give(key) }
        let number = try number(give("1"))
        #expect(throws: Refusal.self) {
            try bench.give(.confirmWarning(.init(number: number)), by: Samples.actor(role))
        }
    }
}

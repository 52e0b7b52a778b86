import CaseLog
import Contracts
import Foundation
import Governance
import Support
import Testing

@testable import TriageCore

/// 同一人反复: the third appeal of one person within thirty days warns, whatever it is about (domain.md rows 40, 41; §4 row 2).
@Suite("Repeats by one person")
struct RepeatTests {
    private let bench: DecisionBench<TriageDecider>

    init() throws { bench = try DecisionBench(TriageDecider(reference: Reference.sample)) }

    /// Matters that have nothing to do with each other; the last one waits for a person.
    private static let matters = [
        ("路灯不亮", "社区路口路灯不亮,夜间出行不便,请维修路灯。"), ("下水道堵塞污水横流", "5号院下水道堵了,化粪池外溢,污水横流到路面上,请疏通。"),
        ("小区充电桩坏了一周没人修", "楼前的电动车充电桩坏了一周,大家只好从楼上飞线充电。"), ("反映一个事情", "来人没有说清楚内容。"),
    ]

    @discardableResult
    private func give(
        _ key: String, by person: String?, about matter: Int, place: String = "410803001004", daysAgo: Int = 0
    ) throws -> [Fact] {
        let place = PlaceCode(place)
        let (title, text) = Self.matters[matter]
        let appeal = Appeal(
            id: UUID.v5(Identifier.space, key), source: "hotline", sourceKey: key,
            home: HomeKey(place: place, source: "hotline", sourceKey: key), place: place, title: title, text: text,
            occurredAt: bench.now - .naturalDays(daysAgo), receivedAt: bench.now, vaultToken: nil, onBehalf: nil,
            enteredBy: nil, personToken: person)
        return try bench.give(
            .report(
                Received(
                    id: appeal.id, body: Report(appeal), key: appeal.home.text, actor: nil, time: bench.now, offset: 0))
        ).facts
    }

    private func repeats(_ facts: [Fact]) -> [WarningRaised] {
        facts.compactMap { if case .warningRaised(let raised) = $0, raised.kind == .repetition { raised } else { nil } }
    }

    @Test(
        "The third appeal in thirty days warns in the same decision; the inputs are the appeals, the person is not named"
    )
    func third() throws {
        #expect(try repeats(give("1", by: "SOMEBODY", about: 0, daysAgo: 29)).isEmpty)
        #expect(try repeats(give("2", by: "SOMEBODY", about: 1, daysAgo: 3)).isEmpty)
        let warning = try #require(try repeats(give("3", by: "SOMEBODY", about: 2)).first)
        #expect(warning.warning == "repeat" && warning.found == 3 && warning.threshold == 3 && warning.days == 30)
        #expect(warning.area?.text == "410803001")
        let reason = try #require(warning.basis.reasons.first)
        #expect(reason.inputs == ["2", "1", "3"].map { UUID.v5(Identifier.space, $0).wire })
        #expect(try !String(decoding: Fact.warningRaised(warning).json(), as: UTF8.self).contains("SOMEBODY"))
    }

    @Test("It warns once a window for each person: the fourth does not, another person's third does")
    func once() throws {
        for (matter, key) in ["1", "2", "3"].enumerated() { try give(key, by: "P1", about: matter) }
        #expect(try repeats(give("4", by: "P1", about: 3)).isEmpty)
        for (matter, key) in ["a", "b"].enumerated() { try give(key, by: "P2", about: matter) }
        #expect(try repeats(give("c", by: "P2", about: 2)).count == 1)
        bench.now = bench.now + .naturalDays(31)
        for (matter, key) in ["5", "6"].enumerated() {
            #expect(try repeats(give(key, by: "P1", about: matter)).isEmpty)
        }
        #expect(try repeats(give("7", by: "P1", about: 2)).count == 1)
    }

    @Test("Another person's appeals and those of nobody known do not count")
    func others() throws {
        try give("1", by: "P1", about: 0)
        try give("2", by: "P2", about: 1)
        for (matter, key) in ["x", "y", "z"].enumerated() {
            #expect(try repeats(give(key, by: nil, about: matter)).isEmpty)
        }
        #expect(try repeats(give("3", by: "P1", about: 2)).isEmpty)
    }

    @Test("What lies thirty-one days back is over")
    func over() throws {
        try give("1", by: "P1", about: 0, daysAgo: 31)
        try give("2", by: "P1", about: 1)
        #expect(try repeats(give("3", by: "P1", about: 2)).isEmpty)
    }

    @Test(
        "It counts within the home township, also what waits for a person there; what was moved away counts where it lies"
    )
    func township() throws {
        try give("1", by: "P1", about: 0)
        try give("2", by: "P1", about: 3)
        #expect(try repeats(give("3", by: "P1", about: 2, place: "410803002001")).isEmpty)
        let home = try #require(HomeKey("410803001"))
        let waiting = CaseNumber(home: home, day: bench.now.day, reportId: UUID.v5(Identifier.space, "2"))
        let place = try #require(PlaceCode("410803002001"))
        let moved = try bench.give(
            .readdressCase(.init(number: waiting, place: place, reason: "电话核实")), by: Samples.actor(.operator))
        #expect(moved.facts.map(\.type) == ["report.readdressed"])
        #expect(try repeats(give("4", by: "P1", about: 1)).isEmpty, "two are left here")
        #expect(try repeats(give("5", by: "P1", about: 3)).count == 1)
    }
}

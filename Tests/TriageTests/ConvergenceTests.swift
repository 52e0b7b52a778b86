import CaseLog
import Contracts
import Foundation
import Governance
import Support
import Testing

@testable import TriageCore

/// 舆情、访情、警情 converge (domain.md row 44).
@Suite("Several channels about one matter")
struct ConvergenceTests {
    private let bench: DecisionBench<TriageDecider>

    init() throws { bench = try DecisionBench(TriageDecider(reference: Reference.sample)) }

    @discardableResult
    private func give(_ key: String, _ source: String, daysAgo: Int = 0) throws -> [Fact] {
        let place = PlaceCode("410803001")
        let appeal = Appeal(
            id: UUID.v5(Identifier.space, key), source: source, sourceKey: key,
            home: HomeKey(place: place, source: source, sourceKey: key), place: place, title: "小区充电桩坏了一周没人修",
            text: "向阳社区3号楼前的电动车充电桩坏了一周,六个充电口都没电,大家只好飞线充电。",
            occurredAt: Samples.at - .naturalDays(daysAgo), receivedAt: Samples.at, vaultToken: nil, onBehalf: nil,
            enteredBy: nil)
        return try bench.give(
            .report(
                Received(
                    id: appeal.id, body: Report(appeal), key: appeal.home.text, actor: nil, time: bench.now, offset: 0))
        ).facts
    }

    private func colour(_ facts: [Fact]) -> Colour? {
        facts.compactMap { if case .caseAssessed(let assessed) = $0 { assessed.colour } else { nil } }.last
    }

    @Test("The third channel within seven days raises the colour by one, and says which channels")
    func raises() throws {
        let first = try #require(colour(try give("1", "opinion", daysAgo: 6)))
        #expect(try give("2", "petition", daysAgo: 3).map(\.type) == ["report.attached"])
        let facts = try give("3", "police110")
        #expect(facts.map(\.type) == ["report.attached", "warning.raised", "case.assessed"])
        let raised = try #require(colour(facts))
        #expect(raised.severity == first.severity + 1)
        guard case .warningRaised(let warning) = facts[1], case .caseAssessed(let assessed) = facts[2] else { return }
        #expect(warning.warning == "converge" && warning.threshold == 3 && warning.found == 3 && warning.area == nil)
        #expect(assessed.basis.reasons.first?.rule == "model.converge")
        #expect(assessed.basis.reasons.first?.inputs.count == 3)
        #expect(assessed.basis.reasons.first?.text.contains("网络舆情监测、信访平台、110非警务警情") == true)
        #expect(assessed.basis.reasons.first?.text.hasSuffix(",由蓝升为黄") == true)
    }

    @Test("A fourth channel, or the same ones again, raise nothing more")
    func once() throws {
        for (key, source) in [("1", "opinion"), ("2", "petition"), ("3", "police110")] { try give(key, source) }
        #expect(try give("4", "hotline").map(\.type) == ["report.attached"])
        #expect(try colour(give("5", "opinion")) == nil)
    }

    @Test("One channel three times does not converge")
    func oneChannel() throws {
        try give("1", "opinion")
        for key in ["2", "3"] { #expect(try give(key, "opinion").map(\.type) == ["report.attached"]) }
    }

    @Test("Three channels over more than seven days do not converge")
    func tooLong() throws {
        try give("1", "opinion", daysAgo: 4)
        #expect(try give("2", "petition", daysAgo: 8).map(\.type) == ["report.attached"])
        #expect(try give("3", "police110").map(\.type) == ["report.attached"])
    }
}

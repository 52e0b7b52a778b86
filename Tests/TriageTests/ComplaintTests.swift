import CaseLog
import Contracts
import Foundation
import GRDB
import Governance
import Ledger
import Support
import Testing

@testable import TriageCore

@Suite("Appeals that complain about a unit (domain.md §5 监督二维码)")
struct ComplaintTests {
    private let bench: DecisionBench<TriageDecider>

    init() throws { bench = try DecisionBench(TriageDecider(reference: Reference.sample)) }

    private func report(_ key: String, against: UnitCode?, _ text: String = "向阳社区3号楼前的电动车充电桩坏了一周,六个充电口都没电。") throws
        -> [Fact]
    {
        let place = PlaceCode("410803001")
        let appeal = Appeal(
            id: UUID(), source: "qr", sourceKey: key, home: Samples.home, place: place, title: "小区充电桩坏了没人修",
            text: text, occurredAt: Samples.at, receivedAt: Samples.at, vaultToken: nil, onBehalf: nil, enteredBy: nil,
            against: against)
        return try bench.give(
            .report(Received(id: appeal.id, body: Report(appeal), key: "410803001", time: bench.now, offset: 0))
        ).facts
    }

    private func complained(_ number: CaseNumber) throws -> [UnitCode]? {
        try bench.queue.read { try CaseLedger.columns(of: number, in: $0) }?.triage.complainedAbout
    }

    @Test("The case remembers the unit, whether the appeal opens a case, joins one, or waits for a person")
    func remembered() throws {
        let opened = try report("1", against: Samples.housing)
        #expect(opened.last?.type == "case.complained")
        let number = try #require(opened.first?.about)
        #expect(try complained(number) == [Samples.housing])
        let joined = try report("2", against: Samples.cityManagement)
        #expect(joined.map(\.type) == ["report.attached", "case.complained"])
        #expect(try complained(number) == [Samples.housing, Samples.cityManagement])
        let queued = try report("3", against: Samples.housing, "有件事想说一下。")
        #expect(queued.last?.type == "case.complained")
    }

    @Test("An appeal about no unit says nothing of the kind")
    func nothing() throws {
        let facts = try report("1", against: nil)
        #expect(!facts.contains { $0.type == "case.complained" })
        #expect(try complained(try #require(facts.first?.about)) == nil)
    }
}

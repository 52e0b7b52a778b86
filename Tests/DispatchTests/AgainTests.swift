import CaseLog
import Contracts
import GRDB
import Governance
import Support
import Testing

@testable import DispatchCore

@Suite("A case that is handled anew")
struct AgainTests {
    @Test("A revived case gets one new order with new clocks for the unit that had it (domain.md §4 row 1)")
    func revived() throws {
        let scene = try OrderScene()
        try scene.handle()
        try scene.bench.give(
            .finishOrder(.init(number: scene.number, outcome: .solved, reply: "已修复")), by: scene.handler)
        try scene.bench.give(.verifyCase(.init(number: scene.number)), by: Samples.actor(.gridWorker))
        try strikeOff(scene)
        scene.bench.now = scene.bench.now + .naturalDays(3)
        let revived = Fact.caseRevived(
            .init(number: scene.number, reason: "问题反复", at: scene.bench.now, basis: Samples.basis))
        #expect(try scene.bench.land([revived], by: .supervision))
        #expect(try scene.columns().awaitsNewOrder)
        let said = try scene.bench.give(.fact(scene.bench.landed(revived, by: .supervision)))
        guard case .orderIssued(let issued)? = said.facts.first, said.facts.count == 1 else {
            Issue.record("\(said.facts.map(\.type))")
            return
        }
        #expect(issued.main == scene.main.code && issued.round == 2)
        #expect(issued.clocks.allSatisfy { $0.start == scene.bench.now })
        #expect(try scene.stage() == .dispatched)
        #expect(try scene.bench.give(.fact(scene.bench.landed(revived, by: .supervision))).facts.isEmpty)
    }

    /// Revisited and struck off: columns of other services.
    private func strikeOff(_ scene: OrderScene) throws {
        var columns = try scene.columns()
        columns.revisit.passedCycle = 0
        columns.supervision.struckOffCycle = 0
        let json = String(decoding: try WireJSON.encode(columns), as: UTF8.self)
        try scene.bench.queue.write { db in
            try db.execute(
                sql: "UPDATE case_row SET columns = ? WHERE number = ?", arguments: [json, scene.number.text])
        }
    }
}

import CaseLog
import Contracts
import Governance
import Support
import Testing

@testable import SupervisionCore

@Suite("Cases that come back (domain.md §3.2)")
struct ReopeningTests {
    @Test("The first reopening is the unit's own matter; the second brings a 督办单 to it and raises the case one level")
    func second() throws {
        let scene = try WatchScene(gravity: .complex)
        try scene.close()
        #expect(try scene.reopen(1).isEmpty)
        try scene.issue(.complex, round: 2)
        try scene.verify()
        let facts = try scene.reopen(2)
        #expect(types(facts) == ["case.supervised", "case.level_raised"])
        guard case .caseSupervised(let form) = facts.first else { return }
        #expect(form.unit == scene.unit.code)
        #expect(form.demand.contains("第 2 次重办"))
        let columns = try scene.columns()
        #expect(columns.supervision.raised == 1 && columns.supervision.supervisions == 1)
        // The next handling is under that form: its clocks warn and bring no second one.
        try scene.issue(.complex, round: 3)
        #expect(try scene.columns().isSupervised)
    }
}

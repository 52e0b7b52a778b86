import CaseLog
import Contracts
import Governance
import Support
import Testing

@testable import SupervisionCore

@Suite("Complaints about a unit (domain.md §5 监督二维码)")
struct ComplaintTests {
    private func complain(_ scene: WatchScene) throws -> [Fact] {
        let landed = try scene.land(
            .caseComplained(
                .init(
                    number: scene.number, report: Samples.report, unit: scene.unit.code, at: scene.now,
                    basis: Samples.basis)))
        return try scene.decide(.fact(landed), cause: Identifier.reaction(to: landed.id, by: .supervision))
    }

    @Test("A complaint brings a 督办单 at once, to the center and the leader in charge, never to the unit itself")
    func around() throws {
        let scene = try WatchScene()
        let facts = try complain(scene)
        guard case .caseSupervised(let form)? = facts.first, facts.count == 1 else {
            Issue.record("\(types(facts))")
            return
        }
        #expect(form.unit == nil)
        #expect(form.recipients.map(\.role) == [.center, .deputyLeader])
        #expect(form.recipients.allSatisfy { $0.unit == nil })
        #expect(try complain(scene).isEmpty)
    }

    @Test("Even if the unit held the order, no form of the case and no warning goes to it")
    func handled() throws {
        let scene = try WatchScene(gravity: .ordinary)
        let facts = try complain(scene)
        guard case .caseSupervised(let form)? = facts.first else {
            Issue.record("\(types(facts))")
            return
        }
        #expect(form.unit == nil && form.recipients.allSatisfy { $0.unit != scene.unit.code })
        let columns = try scene.columns()
        for rule in ClockRule.allCases {
            #expect(Recipient.two(for: rule, unit: scene.unit, columns: columns).allSatisfy { $0.unit == nil })
        }
    }
}

import CaseLog
import Contracts
import Foundation
import GRDB
import Governance
import Ledger
import Support
import Testing

@testable import TriageCore

@Suite("What a person decides in triage")
struct HumanTriageTests {
    private let bench: DecisionBench<TriageDecider>
    private let analyst = Samples.actor(.analyst)

    init() throws { bench = try DecisionBench(TriageDecider(reference: Reference.sample)) }

    /// A queued case and its appeal.
    private func queued(_ key: String = "1") throws -> (CaseNumber, Appeal) {
        let appeal = Appeal(
            id: UUID(), source: "hotline", sourceKey: key, home: Samples.home, place: Samples.home.place, title: "你好",
            text: "我想说一件事情。", occurredAt: Samples.at, receivedAt: Samples.at, vaultToken: nil, onBehalf: nil,
            enteredBy: nil)
        let facts = try bench.give(
            .report(
                Received(
                    id: appeal.id, body: Report(appeal), key: appeal.home.text, actor: nil, time: bench.now, offset: 0))
        ).facts
        return (try #require(facts.first?.about), appeal)
    }

    private func columns(_ number: CaseNumber) throws -> CaseColumns {
        try #require(try bench.queue.read { try CaseLedger.columns(of: number, in: $0) })
    }

    private var item: CatalogueItem { bench.decider.reference.catalogue.items[0] }

    @Test("Placing a queued case accepts and assesses it, and gives the appeal its one outcome")
    func place() throws {
        let (number, _) = try queued()
        let facts = try bench.give(.placeCase(.init(number: number, item: item.code)), by: analyst).facts
        #expect(Array(facts.map(\.type).prefix(3)) == ["report.attached", "case.accepted", "case.assessed"])
        #expect(try columns(number).stage == .assessed)
    }

    @Test("An unknown item is refused by the field's name")
    func unknownItem() throws {
        let (number, _) = try queued()
        let refusal = #expect(throws: Refusal.self) {
            try bench.give(.placeCase(.init(number: number, item: "no-such")), by: analyst)
        }
        #expect(refusal?.field == "item")
    }

    @Test("A handler may not place a case")
    func wrongRole() throws {
        let (number, _) = try queued()
        let refusal = #expect(throws: Refusal.self) {
            try bench.give(.placeCase(.init(number: number, item: item.code)), by: Samples.actor(.handler))
        }
        #expect(refusal?.kind == .forbidden)
    }

    @Test("A question is answered, and nothing follows")
    func answer() throws {
        let (number, _) = try queued()
        try bench.give(.answerCase(.init(number: number, reply: "周一至周五可办。")), by: analyst)
        #expect(try columns(number).stage == .answered)
        #expect(throws: Refusal.self) {
            try bench.give(.placeCase(.init(number: number, item: item.code)), by: analyst)
        }
    }

    @Test("A redirect tells the route's own text when the person gives none")
    func redirect() throws {
        let (number, _) = try queued()
        let route = try #require(bench.decider.reference.routes.redirects.first)
        let facts = try bench.give(.redirectCase(.init(number: number, route: route.id)), by: analyst).facts
        guard case .reportRedirected(let redirected) = facts.first else { return }
        #expect(redirected.reply == route.told)
        #expect(try columns(number).stage == .redirected)
    }

    @Test("A case moved to another township ends here and a command carries its appeal there")
    func readdress() throws {
        let (number, appeal) = try queued()
        let place = try #require(PlaceCode("410803002"))
        let decision = try bench.give(.readdressCase(.init(number: number, place: place)), by: analyst)
        #expect(try columns(number).stage == .moved)
        guard case .takeReport(let take) = decision.commands.first?.command else { return }
        #expect(take.appeal.id == appeal.id)
        #expect(take.appeal.home.text == "410803002")
        #expect(take.appeal.hops == 1)
    }

    @Test("A join by hand moves the appeal and ends the case it leaves; parting gives it a case of its own")
    func attachAndDetach() throws {
        let (target, _) = try queued("1")
        try bench.give(.placeCase(.init(number: target, item: item.code)), by: analyst)
        let (number, appeal) = try queued("2")
        try bench.give(.attachCase(.init(number: number, into: target, reason: "同一事项")), by: analyst)
        #expect(try columns(number).stage == .joined)
        #expect(try columns(target).triage.appeals == 2)

        let facts = try bench.give(
            .detachReport(.init(number: target, report: appeal.id, reason: "不是一回事")), by: analyst
        ).facts
        #expect(facts.map(\.type) == ["report.detached", "case.opened", "report.queued"])
        #expect(try columns(target).triage.appeals == 1)
    }

    @Test("A join that lands after the case it leaves got its order is late as a whole")
    func attachLate() throws {
        let (target, _) = try queued("1")
        let (number, appeal) = try queued("2")
        try bench.give(.placeCase(.init(number: target, item: item.code)), by: analyst)
        try bench.give(.placeCase(.init(number: number, item: item.code)), by: analyst)
        var issued = try #require(
            Samples.facts.compactMap { if case .orderIssued(let order) = $0 { order } else { nil } }.first)
        issued.number = number
        try bench.land([.orderIssued(issued)], by: .dispatch)
        let join: [Fact] = [
            .reportDetached(.init(number: number, report: appeal.id, to: target, at: bench.now, basis: Samples.basis)),
            .reportAttached(
                .init(number: target, appeal: appeal, opening: false, from: number, at: bench.now, basis: Samples.basis)
            ),
        ]
        #expect(try bench.land(join, by: .triage) == false)
        #expect(try columns(target).triage.appeals == 1)
    }

    @Test("Leaders can be told before an assessment: the township office gets the order (row 51)")
    func major() throws {
        let (number, _) = try queued()
        let facts = try bench.give(.reportMajor(.init(number: number, reason: "现场有爆炸危险")), by: analyst).facts
        #expect(facts.map(\.type) == ["report.attached", "case.accepted", "case.major_reported"])
        guard case .majorReported(let major) = facts.last else { return }
        #expect(major.lead != nil)
    }

    @Test("A case that does not exist is told by its number")
    func unknownCase() throws {
        let refusal = #expect(throws: Refusal.self) {
            try bench.give(.answerCase(.init(number: Samples.number, reply: "好")), by: analyst)
        }
        #expect(refusal?.kind == .notFound)
    }
}

import Contracts
import GRDB
import Governance
import Ledger
import Support
import Testing

@Suite("What Supervision writes into a case's row")
struct SupervisionColumnTests {
    private func columns(_ types: String...) throws -> CaseColumns {
        var book = CaseBook()
        for type in types { book.evolve(try fact(type)) }
        return try #require(book[Samples.number])
    }

    private func fact(_ type: String) throws -> Fact { try #require(Samples.facts.first { $0.type == type }) }

    @Test("Forms, levels and the acknowledgement are counted; a 督办单 belongs to one handling")
    func counted() throws {
        let all = try columns(
            "case.opened", "case.assessed", "order.issued", "case.reminded", "case.supervised", "case.level_raised",
            "case.acknowledged")
        #expect(all.supervision.reminders == 1 && all.supervision.supervisions == 1 && all.supervision.raised == 1)
        #expect(all.supervision.acknowledged && all.isSupervised)
        #expect(all.dispatch.clocksSince == Samples.at && all.dispatch.stallSince == Samples.at)
    }

    @Test(
        "What came between makes a fact of Supervision late",
        arguments: [
            ("case.warned", ["order.issued"], false), ("case.warned", ["order.issued", "order.met"], true),
            ("case.warned", [], true), ("case.reminded", ["order.issued"], false),
            ("case.reminded", ["order.issued", "return.accepted"], true),
            ("case.leader_called", ["case.major_reported"], false),
            ("case.leader_called", ["case.major_reported", "case.acknowledged"], true),
            ("case.level_raised", ["order.issued", "case.withdrawn"], true),
            ("case.struck_off", ["order.issued"], true),
            ("vault.unsealed", ["order.issued", "case.withdrawn"], false),
        ])
    func late(_ type: String, _ before: [String], _ isGone: Bool) throws {
        var book = CaseBook()
        for type in ["case.opened", "case.assessed"] + before { book.evolve(try fact(type)) }
        #expect(book.isGone([try fact(type)]) == isGone, "\(type) after \(before)")
    }

    @Test("The book in memory and the table in a store tell the same")
    func bothFolds() throws {
        let queue = try DatabaseQueue()
        var book = CaseBook()
        let kept = try queue.write { db -> CaseColumns? in
            try CaseLedger.create(in: db)
            for fact in Samples.facts where fact.about == Samples.number {
                try CaseLedger.evolve(fact, in: db)
                book.evolve(fact)
            }
            return try CaseLedger.columns(of: Samples.number, in: db)
        }
        #expect(kept == book[Samples.number])
    }
}

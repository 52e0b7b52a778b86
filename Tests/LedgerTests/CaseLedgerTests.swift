import Contracts
import GRDB
import Governance
import Ledger
import Support
import Testing

@Suite("The ledger's row of a case")
struct CaseLedgerTests {
    private func fold(_ facts: [Fact]) throws -> CaseColumns? {
        let queue = try DatabaseQueue()
        return try queue.write { db in
            try CaseLedger.create(in: db)
            for fact in facts { try CaseLedger.evolve(fact, in: db) }
            return try CaseLedger.columns(of: Samples.number, in: db)
        }
    }

    private func fact(_ type: String) throws -> Fact { try #require(Samples.facts.first { $0.type == type }) }

    @Test(
        "Each fact leads to its stage",
        arguments: [
            (["case.opened"], Stage.received), (["case.opened", "case.accepted"], .accepted),
            (["case.opened", "case.accepted", "case.assessed"], .assessed),
            (["case.opened", "case.accepted", "case.assessed", "order.issued"], .dispatched),
            (["case.opened", "case.assessed", "order.issued", "order.signed"], .signed),
            (["case.opened", "case.assessed", "order.issued", "order.returned"], .returnReview),
            (["case.opened", "case.assessed", "order.issued", "order.returned", "return.accepted"], .assessed),
            (
                ["case.opened", "case.assessed", "order.issued", "order.signed", "order.met", "order.progressed"],
                .handling
            ),
            (["case.opened", "case.assessed", "order.issued", "order.finished"], .reported),
            (["case.opened", "case.assessed", "order.issued", "order.finished", "case.verified"], .verified),
            (
                ["case.opened", "case.assessed", "order.issued", "order.finished", "case.verified", "revisit.passed"],
                .revisited
            ),
            (
                [
                    "case.opened", "case.assessed", "order.issued", "order.finished", "case.verified",
                    "revisit.reopened",
                ], .assessed
            ),
            (["case.opened", "report.answered"], .answered), (["case.opened", "report.redirected"], .redirected),
            (["case.opened", "report.detached"], .joined), (["case.opened", "case.withdrawn"], .withdrawn),
        ])
    func stages(_ types: [String], _ stage: Stage) throws {
        #expect(try fold(try types.map(fact))?.stage == stage)
    }

    @Test("A fact is late when what it rests on is gone where it landed")
    func lateness() throws {
        let open = try fold([try fact("case.opened"), try fact("case.assessed")])
        let ordered = try fold([try fact("case.opened"), try fact("case.assessed"), try fact("order.issued")])
        let answered = try fold([try fact("case.opened"), try fact("report.answered")])
        let closed = try fold(
            [try fact("case.opened"), try fact("case.assessed"), try fact("order.issued"), try fact("case.verified")])
        let withdrawn = try fold([try fact("case.opened"), try fact("case.withdrawn")])
        let table: [(String, CaseColumns?, Bool)] = [
            ("report.detached", closed, false), ("report.detached", withdrawn, true),
            ("report.answered", open, false), ("report.answered", ordered, true), ("order.issued", open, false),
            ("order.issued", answered, true), ("report.attached", ordered, false), ("report.attached", closed, true),
            ("case.opened", closed, false), ("order.signed", ordered, false), ("revisit.passed", closed, false),
            ("revisit.passed", ordered, true), ("revisit.reopened", closed, false), ("revisit.reopened", ordered, true),
        ]
        for (type, columns, gone) in table {
            #expect(Lateness.isGone(try fact(type), on: columns) == gone, "\(type)")
        }
    }

    @Test("The row is the same however the history came: stored text equals stored text")
    func deterministic() throws {
        let facts = Samples.facts
        #expect(try fold(facts) == fold(facts))
    }
}

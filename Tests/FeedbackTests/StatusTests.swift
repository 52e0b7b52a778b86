import Contracts
import Foundation
import Governance
import Support
import Testing

@testable import FeedbackEdge

@Suite("What the holder of a receipt may know")
struct StatusTests {
    private static let way = [
        "case.opened", "case.accepted", "case.assessed", "order.issued", "order.signed", "order.met",
        "order.progressed", "order.finished", "case.verified",
    ]

    /// The facts of a case that was closed.
    static let closed: [Fact] = way.compactMap { type in Samples.facts.first { $0.type == type } }

    private func board(_ facts: some Sequence<Fact>) throws -> StatusBoard {
        var board = StatusBoard()
        for fact in facts { board.take([fact]) { $0.wire } }
        return board
    }

    private func status(_ facts: some Sequence<Fact>, at now: Instant = Samples.at) throws -> PublicStatus? {
        try board(facts).status(of: Samples.report.wire, reference: try Reference.sample, now: now)
    }

    @Test(
        "The state follows the case; the reply is shown once it was checked",
        arguments: [
            (1, FeedbackText.stateReceived, false), (3, .statePlaced, false), (4, .stateHandling, false),
            (8, .stateChecking, false), (9, .stateClosed, true),
        ])
    func states(_ count: Int, _ state: FeedbackText, _ isReplied: Bool) throws {
        let found = try #require(try status(Self.closed.prefix(count)))
        #expect(found.state == state)
        #expect((found.reply == "已修复。") == isReplied)
        #expect((found.reopenUntil != nil) == isReplied)
        #expect((found.due != nil) == (count >= 4 && count < 9))
    }

    @Test("After 14 days it cannot be reopened any more")
    func late() throws {
        #expect(try status(Self.closed, at: Samples.at + .naturalDays(14))?.reopenUntil != nil)
        #expect(try status(Self.closed, at: Samples.at + .naturalDays(14) + .seconds(1))?.reopenUntil == nil)
    }

    @Test("A reopening takes the reply back and is counted")
    func reopened() throws {
        let reopened = Samples.facts.filter { $0.type == "revisit.reopened" }
        let found = try #require(try status(Self.closed + reopened))
        #expect(found.reply == nil && found.reopens == 1 && found.reopenUntil == nil)
    }

    @Test("A petitioner reads the opinion on a review below the answer that it is about")
    func opinion() throws {
        let remedy = Samples.facts.filter { ["petition.asked", "petition.answered"].contains($0.type) }
        #expect(try status(Self.closed + remedy)?.reply == "已修复。\n维持")
    }

    @Test("Of a key person nothing is told but that it was received (重点人员)")
    func person() throws {
        var facts = Self.closed
        guard case .caseAssessed(var assessed) = facts[2] else { return }
        assessed.kind = .person
        facts[2] = .caseAssessed(assessed)
        #expect(try status(facts) == PublicStatus(number: Samples.number, state: .stateReceived))
    }

    @Test("A receipt that no case has is not known")
    func unknown() throws {
        #expect(try board(Self.closed).status(of: "x", reference: try Reference.sample, now: Samples.at) == nil)
    }
}

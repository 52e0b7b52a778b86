import Contracts
import Foundation
import Governance
import Support
import Testing

@testable import ToolCore

@Suite("Figures of a replay")
struct OutcomesTests {
    private let number = Samples.number

    private func placed(_ end: (inout Outcomes) -> Void = { _ in }) -> Outcomes {
        var outcomes = Outcomes()
        outcomes.add(Samples.appeal())
        for fact in Samples.facts.prefix(3) { outcomes.note(fact, writtenAt: Samples.at) }
        end(&outcomes)
        return outcomes
    }

    private func attached(_ id: UUID, opening: Bool) -> Fact {
        .reportAttached(
            .init(
                number: number, appeal: Samples.appeal(id), opening: opening, at: Samples.at, basis: Samples.basis))
    }

    private func issued(_ basis: Basis = Samples.basis) -> Fact {
        .orderIssued(
            .init(
                number: number, order: Samples.order, round: 1, main: Samples.housing, assists: [], designated: false,
                direct: false, clocks: [], at: Samples.at, basis: basis))
    }

    @Test("A report with an order by rules alone counts as ordered without a human, and its latency is measured")
    func ordered() {
        let outcomes = placed {
            $0.note(attached(Samples.report, opening: true), writtenAt: Samples.at)
            $0.note(issued(), writtenAt: Samples.at + .milliseconds(250))
        }
        #expect(outcomes.count(.placed) == 1)
        #expect(outcomes.orderedWithoutPerson == 1)
        #expect(outcomes.delays.percentile(0.5, of: .order) == 250)
    }

    @Test("A joined report counts with its case; its own acceptance adds no latency")
    func joined() {
        let outcomes = placed {
            $0.add(Samples.appeal(Samples.second))
            $0.note(attached(Samples.report, opening: true), writtenAt: Samples.at)
            $0.note(issued(), writtenAt: Samples.at)
            $0.note(attached(Samples.second, opening: false), writtenAt: Samples.at)
        }
        #expect(outcomes.count(.joined) == 1)
        #expect(outcomes.orderedWithoutPerson == 2)
        #expect(outcomes.delays.count(.order) == 1)
    }

    @Test("An order by a person is not one without a human")
    func byPerson() {
        let outcomes = placed {
            $0.note(attached(Samples.report, opening: true), writtenAt: Samples.at)
            $0.note(issued(.person(Samples.actor(.dispatcher))), writtenAt: Samples.at)
        }
        #expect(outcomes.orderedWithoutPerson == 0)
    }

    @Test("The same seed draws the same cases")
    func sample() throws {
        var outcomes = Outcomes()
        for index in 0..<40 { outcomes.add(Samples.appeal(UUID.v5(Samples.report, "\(index)"))) }
        let sample = CaseSample(outcomes: outcomes, reference: try Reference.sample)
        #expect(sample.draw(10, seed: 7).map(\.appeal.id) == sample.draw(10, seed: 7).map(\.appeal.id))
        #expect(sample.draw(10, seed: 7).map(\.appeal.id) != sample.draw(10, seed: 8).map(\.appeal.id))
        #expect(sample.table(10, seed: 7).count == 12)
    }

    @Test("Every kind of fact can be shown in a timeline with who decided it", arguments: Samples.facts)
    func timeline(fact: Fact) {
        #expect(fact.basis != nil)
        #expect(!fact.details.contains { $0.hasPrefix("basis") || $0.contains("Optional(") })
    }
}

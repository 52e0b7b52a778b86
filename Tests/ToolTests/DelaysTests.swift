import Contracts
import Foundation
import Governance
import Support
import Testing

@testable import ToolCore

@Suite("How long what follows from a report took")
struct DelaysTests {
    private let number = Samples.number
    private let at = Samples.at

    private func after(_ facts: [(Fact, Int)]) -> Delays {
        var delays = Delays()
        delays.accept(Samples.appeal())
        for (fact, milliseconds) in facts { delays.note(fact, writtenAt: at + .milliseconds(milliseconds)) }
        return delays
    }

    private var opened: Fact {
        .caseOpened(.init(number: number, appeal: Samples.appeal(), kind: .appeal, at: at, basis: Samples.basis))
    }

    private var attached: Fact {
        .reportAttached(.init(number: number, appeal: Samples.appeal(), opening: true, at: at, basis: Samples.basis))
    }

    @Test(
        "A report is judged when it has an outcome, and a complaint is answered by the supervision order that follows it"
    )
    func complaint() {
        let complained = Fact.caseComplained(
            .init(number: number, report: Samples.report, unit: Samples.housing, at: at, basis: Samples.basis))
        let supervised = Samples.facts.first { if case .caseSupervised = $0 { true } else { false } }
        let delays = after(
            [(opened, 20), (attached, 20), (complained, 20)] + [supervised].compactMap { $0.map { ($0, 90) } })
        #expect(delays.percentile(0.99, of: .judged) == 20)
        #expect(delays.percentile(0.99, of: .supervision) == 90)
        #expect(delays.count(.order) == 0)
    }

    @Test("What nobody asked for by a report counts for none: a supervision order without a complaint has no delay")
    func without() {
        let supervised = Samples.facts.filter { if case .caseSupervised = $0 { true } else { false } }
        #expect(after([(opened, 20)] + supervised.map { ($0, 90) }).count(.supervision) == 0)
    }

    @Test("Only the first order of a case is measured")
    func once() {
        let issued = Samples.facts.filter { if case .orderIssued = $0 { true } else { false } }.prefix(1)
        #expect(issued.count == 1)
        let delays = after([(opened, 20), (attached, 20)] + issued.map { ($0, 30) } + issued.map { ($0, 4000) })
        #expect(delays.count(.order) == 1 && delays.percentile(1, of: .order) == 30)
    }

    @Test("Percentiles are values that occurred: of 1 to 100 ms the 95th is 95")
    func percentiles() {
        var delays = Delays()
        for count in 1...100 {
            let id = UUID.v5(Samples.report, "\(count)")
            delays.accept(Samples.appeal(id))
            delays.note(
                .reportAttached(
                    .init(number: number, appeal: Samples.appeal(id), opening: false, at: at, basis: Samples.basis)),
                writtenAt: at + .milliseconds(count))
        }
        #expect(delays.percentile(0.5, of: .judged) == 50 && delays.percentile(0.95, of: .judged) == 95)
        #expect(delays.percentile(0.99, of: .judged) == 99 && delays.percentile(1, of: .judged) == 100)
        #expect(delays.lines == ["受理→研判 accepted→judged: p50 50 ms, p95 95 ms, p99 99 ms, n 100"])
    }
}

import Contracts
import Governance
import Support
import Testing

@testable import DispatchCore

@Suite("Who is on duty in the main unit is told with the order (domain.md rows 3, 15)")
struct DutyTests {
    private func duty(_ unit: String, at instant: String) throws -> OnDuty? {
        let now = try #require(Instant(instant))
        let dispatching = Dispatching(reference: try Reference.sample, columns: CaseColumns(), now: now)
        let fact = dispatching.order(
            Samples.number, main: try #require(UnitCode(unit)), assists: [], why: Samples.basis)
        guard case .orderIssued(let body) = fact else { return nil }
        return body.duty
    }

    @Test("An urgent order at night goes to whoever has the night shift, until it ends")
    func night() throws {
        let found = try #require(try duty("410803-emergency", at: "2026-11-21T23:59:59+08:00"))
        #expect(found.officer != nil && found.shift == "夜班")
        #expect(found.until == Instant("2026-11-22T08:00:00+08:00"))
    }

    @Test("A gap is told with the instant at which somebody comes: Monday morning on a weekend")
    func gap() throws {
        let found = try #require(try duty("410803-housing", at: "2026-11-21T10:00:00+08:00"))
        #expect(found == OnDuty(officer: nil, shift: nil, until: Instant("2026-11-23T08:30:00+08:00")))
    }

    @Test("A unit without a roster tells nothing")
    func none() throws {
        #expect(try duty("410803-market", at: "2026-11-21T10:00:00+08:00") == nil)
    }
}

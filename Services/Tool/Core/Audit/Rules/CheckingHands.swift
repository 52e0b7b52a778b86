import Contracts
import Foundation
import Governance

/// `check.hands`: nobody verifies, refuses or revisits what he or his unit handled (domain.md §3.5). Told from the facts alone:
/// whoever signed, met, worked or finished handled it, and so did every unit that held an order of the case until then. A
/// revisit is judged by the closing it is about.
struct CheckingHands: AuditRule {
    let name = "check.hands"
    /// Who had a hand in the handling.
    private struct Hands {
        var people: Set<String> = []
        var units: Set<UnitCode> = []
    }
    private struct History {
        var hands = Hands()
        /// As they were at each closing: the n-th belongs to the n-th handling.
        var closings: [Hands] = []
    }

    private var cases: [CaseNumber: History] = [:]
    private var found: [Offence] = []

    mutating func feed(_ feed: AuditFeed) {
        guard case .record(let record) = feed, record.hasEffect else { return }
        for fact in record.facts { note(fact.fact, record.place) }
    }

    private mutating func note(_ fact: Fact, _ place: AuditPlace) {
        switch fact {
        case .orderIssued(let issued):
            cases[issued.number, default: History()].hands.units.formUnion([issued.main] + issued.assists)
        case .errandSent(let sent): cases[sent.number, default: History()].hands.units.insert(sent.unit)
        case .errandFinished(let body): work(body.number, body.basis)
        case .orderSigned(let body): work(body.number, body.basis)
        case .orderMet(let body): work(body.number, body.basis)
        case .orderProgressed(let body): work(body.number, body.basis)
        case .orderFinished(let body): work(body.number, body.basis)
        case .caseRejected(let body): check(body.number, fact, body.basis, nil, place)
        case .caseVerified(let body):
            check(body.number, fact, body.basis, nil, place)
            let hands = cases[body.number]?.hands ?? Hands()
            cases[body.number, default: History()].closings.append(hands)
        case .revisitPassed(let body): check(body.number, fact, body.basis, body.cycle, place)
        case .revisitVisited(let body): check(body.number, fact, body.basis, body.cycle, place)
        default: break
        }
    }

    private mutating func work(_ number: CaseNumber, _ basis: Basis) {
        guard let actor = basis.actor else { return }
        cases[number, default: History()].hands.people.insert(actor.subject)
    }

    private mutating func check(
        _ number: CaseNumber, _ fact: Fact, _ basis: Basis, _ cycle: Int?, _ place: AuditPlace
    ) {
        let history = cases[number] ?? History()
        let hands =
            cycle.flatMap { history.closings.indices.contains($0) ? history.closings[$0] : nil } ?? history.hands
        guard let actor = basis.actor else { return }
        func add(_ what: String) {
            found.append(Offence(what: "\(number.text): \(fact.type) by \(what)", place: place))
        }
        if hands.people.contains(actor.subject) { return add("\(actor.subject), who worked on it") }
        if let unit = actor.unit, hands.units.contains(unit) { add("somebody of \(unit.text), which handled it") }
    }

    func finish() -> [Offence] { found }
}

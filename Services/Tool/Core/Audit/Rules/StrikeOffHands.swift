import Contracts
import Foundation
import Governance

/// `strike_off.hands`: a case is struck off only with all orders closed and the revisit of that handling done, by somebody who
/// neither handled nor verified nor revisited it, nor belongs to a unit that did, nor sponsors or sponsored it 包案领导; red and
/// orange by two persons.
struct StrikeOffHands: AuditRule {
    let name = "strike_off.hands"
    private struct History {
        var open: Set<String> = []
        var hands: Set<String> = []
        var sponsors: Set<String> = []
        var units: Set<UnitCode> = []
        var colour = Colour.grey
        var proposer: String?
    }
    /// What every fact carries.
    private struct Stamped: Decodable {
        var number: CaseNumber?
        var basis: Basis?
    }

    private var cases: [CaseNumber: History] = [:]
    private var found: [Offence] = []

    mutating func feed(_ feed: AuditFeed) {
        guard case .record(let record) = feed, record.hasEffect else { return }
        for fact in record.facts { note(fact, record.place) }
    }

    private mutating func note(_ step: AuditFact, _ place: AuditPlace) {
        let fact = step.fact
        if Self.work.contains(fact.type) { touch(fact) }
        guard let number = fact.about else { return }
        switch fact {
        case .caseAssessed(let assessed): cases[number, default: History()].colour = assessed.colour
        case .orderIssued(let issued):
            cases[number, default: History()].open.insert(issued.order)
            cases[number]?.units.formUnion([issued.main] + issued.assists)
            cases[number]?.proposer = nil
        case .errandSent(let sent): cases[number, default: History()].units.insert(sent.unit)
        case .returnAccepted(let accepted): cases[number]?.open.remove(accepted.order)
        case .caseVerified(let verified): cases[number]?.open.remove(verified.order)
        case .caseSponsored(let sponsored):
            cases[number, default: History()].sponsors.insert(sponsored.sponsor.subject)
        case .strikeOffProposed(let proposed): cases[number]?.proposer = proposed.basis.actor?.subject
        case .caseStruckOff(let struckOff): check(struckOff, from: step.from, place)
        default: break
        }
    }

    /// Facts by which a person had a hand in the case.
    private static let work: Set<String> = [
        OrderSigned.type, OrderMet.type, OrderProgressed.type, OrderFinished.type, ErrandFinished.type,
        CaseVerified.type, CaseRejected.type,
        RevisitPassed.type, RevisitVisited.type,
    ]

    private mutating func touch(_ fact: Fact) {
        guard let json = try? fact.json(), let stamped = try? WireJSON.decode(Stamped.self, from: json),
            let number = fact.about ?? stamped.number, let actor = stamped.basis?.actor
        else { return }
        cases[number, default: History()].hands.insert(actor.subject)
    }

    private mutating func check(_ struckOff: CaseStruckOff, from: Stage?, _ place: AuditPlace) {
        let history = cases[struckOff.number] ?? History()
        func add(_ what: String) {
            found.append(Offence(what: "\(struckOff.number.text) is struck off \(what)", place: place))
        }
        if let order = history.open.sorted().first { add("while \(order) is open") }
        if from != .revisited { add("before its revisit is done") }
        guard let actor = struckOff.basis.actor else { return add("by nobody") }
        if history.hands.contains(actor.subject) { add("by \(actor.subject), who worked on it") }
        if history.sponsors.contains(actor.subject) { add("by \(actor.subject), who sponsors or sponsored it") }
        if let unit = actor.unit, history.units.contains(unit) { add("by somebody of \(unit.text), which handled it") }
        guard history.colour.isHigh else { return }
        if history.proposer == nil { add("without a proposal, although \(history.colour.rawValue)") }
        if history.proposer == actor.subject { add("by its proposer") }
    }

    func finish() -> [Offence] { found }
}

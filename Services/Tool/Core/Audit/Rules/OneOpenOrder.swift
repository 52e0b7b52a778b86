import Contracts
import Governance

/// `order.two_open`: a case has at most one main order open.
struct OneOpenOrder: AuditRule {
    let name = "order.two_open"
    private var open: [CaseNumber: Set<String>] = [:]
    private var found: [Offence] = []

    mutating func feed(_ feed: AuditFeed) {
        guard case .record(let record) = feed, record.hasEffect else { return }
        for fact in record.facts { note(fact.fact, record.place) }
    }

    private mutating func note(_ fact: Fact, _ place: AuditPlace) {
        switch fact {
        case .orderIssued(let issued):
            if let other = open[issued.number]?.sorted().first {
                found.append(
                    Offence(
                        what: "order \(issued.order) of \(issued.number.text) is issued while \(other) is open",
                        place: place))
            }
            open[issued.number, default: []].insert(issued.order)
        case .returnAccepted(let accepted): close(accepted.number, accepted.order)
        case .caseVerified(let verified): close(verified.number, verified.order)
        case .caseWithdrawn(let withdrawn): open[withdrawn.number] = nil
        default: break
        }
    }

    private mutating func close(_ number: CaseNumber, _ order: String) {
        open[number]?.remove(order)
        if open[number]?.isEmpty == true { open[number] = nil }
    }

    func finish() -> [Offence] { found }
}

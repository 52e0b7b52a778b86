import Contracts
import Governance

/// `transition`: a fact with effect moves its case as the table permits and is written by the service that alone may.
struct TransitionRule: AuditRule {
    let name = "transition"
    private var found: [Offence] = []

    mutating func feed(_ feed: AuditFeed) {
        guard case .record(let record) = feed, record.hasEffect, let service = record.headers?.owner.service else {
            return
        }
        for fact in record.facts { check(fact, by: service, at: record.place) }
    }

    private mutating func check(_ fact: AuditFact, by service: ServiceName, at place: AuditPlace) {
        let type = fact.fact.type
        let about = fact.fact.about.map { " of \($0.text)" } ?? ""
        let author = type == Transitions.openingFact ? .triage : Transitions.step(type)?.author
        if let author, author.rawValue != service.rawValue {
            add("\(type)\(about) is written by \(service), but only \(author.rawValue) may", place)
        }
        guard let to = fact.to else { return }
        if type == Transitions.openingFact {
            if let from = fact.from { add("\(type)\(about) opens a case that is already \(from.rawValue)", place) }
            return
        }
        guard let from = fact.from else { return add("\(type)\(about): no such case was opened", place) }
        if !Transitions.permits(fact: type, from: from, to: to) {
            add(
                "\(type)\(about) moves it from \(from.rawValue) to \(to.rawValue), which the table does not have", place
            )
        }
    }

    private mutating func add(_ what: String, _ place: AuditPlace) { found.append(Offence(what: what, place: place)) }

    func finish() -> [Offence] { found }
}

import Contracts
import Governance

/// `petition.terms`: a term that the law sets for a petition is changed by 延长 (once, by a head) and 听证 alone, never by a clock of
/// ours; 复查 comes before 复核, and nobody who had a hand in the answer gives the opinion on it (信访工作条例 34-36; domain.md §3.3).
struct PetitionTerms: AuditRule {
    let name = "petition.terms"
    private struct Pending {
        var instance: PetitionInstance
        var people: Set<String>
        var units: Set<UnitCode>
        var orders: Int
    }
    private struct Story {
        /// The dues that were set, by clock.
        var dues: [ClockRule: Set<Instant>] = [:]
        var isExtended = false
        var isStruckOff = false
        /// Who worked on the case, and which units did.
        var people: Set<String> = []
        var units: Set<UnitCode> = []
        var orders = 0
        /// The instance whose opinion is owed, with the hands until it was asked for.
        var pending: Pending?
        /// The instance whose opinion upheld the answer.
        var upheld: PetitionInstance?
        /// Who gave it.
        var reviewer: String?
    }
    private var cases: [CaseNumber: Story] = [:]
    private var found: [Offence] = []

    mutating func feed(_ feed: AuditFeed) {
        guard case .record(let record) = feed, record.hasEffect else { return }
        for step in record.facts {
            guard let number = step.fact.about else { continue }
            var story = cases[number] ?? Story()
            let faults = Self.work(step.fact, &story) ?? Self.petition(step.fact, &story) ?? []
            cases[number] = story
            found += faults.map { Offence(what: "\(number.text): \(step.fact.type) \($0)", place: record.place) }
        }
    }

    /// What sets and tells terms, and who works; nil for other facts.
    private static func work(_ fact: Fact, _ story: inout Story) -> [String]? {
        switch fact {
        case .caseOpened(let body): set(body.clocks ?? [], &story)
        case .reportAttached(let body): set(body.clocks ?? [], &story)
        case .orderIssued(let body):
            story.units.formUnion([body.main] + body.assists)
            story.orders += 1
            // The answer to come is another one.
            (story.upheld, story.reviewer) = (nil, nil)
        case .orderSigned(let body): touch(body.basis, &story)
        case .orderMet(let body): touch(body.basis, &story)
        case .orderProgressed(let body): touch(body.basis, &story)
        case .orderFinished(let body): touch(body.basis, &story)
        case .extensionGranted(let body): return moved(body.clocks)
        case .orderResumed(let body): return moved(body.clocks)
        case .orderRetimed(let body): return moved(body.clocks)
        case .caseWarned(let body): return told(body, story)
        case .caseStruckOff: story.isStruckOff = true
        case .caseRevived: story.isStruckOff = false
        default: return nil
        }
        return []
    }

    private static func petition(_ fact: Fact, _ story: inout Story) -> [String]? {
        switch fact {
        case .petitionExtended(let body): extended(body, &story)
        case .petitionAsked(let body): asked(body, &story)
        case .petitionHeard(let body): heard(body, &story)
        case .petitionAnswered(let body): answered(body, &story)
        default: nil
        }
    }

    /// A term of the law speaks when it is due, also after 销号; nothing else speaks then.
    private static func told(_ body: CaseWarned, _ story: Story) -> [String] {
        guard body.rule.isStatutory else {
            return story.isStruckOff ? ["tells \(body.rule.rawValue) after 销号"] : []
        }
        guard story.dues[body.rule]?.contains(body.deadline.due) != true else { return [] }
        return ["tells \(body.rule.rawValue) at a due that nothing set"]
    }

    private static func set(_ clocks: [Deadline], _ story: inout Story) {
        for deadline in clocks {
            guard let rule = deadline.clock, rule.isStatutory else { continue }
            story.dues[rule, default: []].insert(deadline.due)
        }
    }

    private static func touch(_ basis: Basis, _ story: inout Story) {
        if let actor = basis.actor { story.people.insert(actor.subject) }
    }

    private static func moved(_ clocks: [Deadline]) -> [String] {
        clocks.contains { $0.clock?.isStatutory == true } ? ["moves a term that the law sets"] : []
    }

    private static func extended(_ body: PetitionExtended, _ story: inout Story) -> [String] {
        var faults: [String] = []
        if story.isExtended { faults.append("extends the answer a second time") }
        if body.basis.actor?.role != .unitHead { faults.append("is not by a head") }
        for clock in body.clocks {
            let known = story.dues[.petitionAnswer] ?? []
            guard clock.clock == .petitionAnswer, let first = clock.originalDue, known.contains(first),
                clock.due > first
            else {
                faults.append("extends a term that was not set")
                continue
            }
        }
        story.isExtended = true
        set(body.clocks, &story)
        return faults
    }

    private static func asked(_ body: PetitionAsked, _ story: inout Story) -> [String] {
        var faults: [String] = []
        if story.pending != nil { faults.append("comes while an opinion is owed") }
        let next: PetitionInstance? = story.upheld == nil ? .review : story.upheld == .review ? .recheck : nil
        if body.instance != next { faults.append("is out of turn") }
        if body.deadline.clock != body.instance.clock { faults.append("has the term of another") }
        if let unit = body.unit, story.units.contains(unit) {
            faults.append("is addressed to \(unit.text), which handled it")
        }
        story.pending = Pending(
            instance: body.instance, people: story.people, units: story.units, orders: story.orders)
        story.dues[body.instance.clock] = [body.deadline.due]
        return faults
    }

    private static func heard(_ body: PetitionHeard, _ story: inout Story) -> [String] {
        let rule = body.instance.clock
        guard story.pending?.instance == body.instance, let before = story.dues[rule]?.max() else {
            return ["holds a hearing that nobody asked for"]
        }
        story.dues[rule, default: []].insert(body.deadline.due)
        return body.deadline.due < before ? ["shortens the term"] : []
    }

    private static func answered(_ body: PetitionAnswered, _ story: inout Story) -> [String] {
        guard let pending = story.pending, pending.instance == body.instance else {
            return ["gives an opinion that nobody asked for"]
        }
        var faults: [String] = []
        let actor = body.basis.actor
        if let subject = actor?.subject, pending.people.contains(subject) || subject == story.reviewer {
            faults.append("is by \(subject), who had a hand in it")
        }
        if let unit = actor?.unit, pending.units.contains(unit) {
            faults.append("is by somebody of \(unit.text), which handled it")
        }
        story.pending = nil
        // An opinion on an answer that another took the place of leads nowhere.
        let stands = body.outcome == .upheld && pending.orders == story.orders
        story.upheld = stands ? body.instance : nil
        story.reviewer = stands ? actor?.subject : nil
        return faults
    }

    func finish() -> [Offence] { found }
}

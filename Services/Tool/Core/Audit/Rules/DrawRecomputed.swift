import Contracts
import Governance

/// `draw.recomputable`: every on-site draw is the one that its seed and the closings before it give; the seed is the one
/// committed to before the first of them; every closing takes part once, and exactly the chosen ones are to be visited.
struct DrawRecomputed: AuditRule {
    let name = "draw.recomputable"
    private struct Key: Hashable {
        var unit: UnitCode
        var month: CivilMonth
        var text: String { "\(month) of \(unit.text)" }
    }
    private struct Choice: Hashable {
        var key: Key
        var closing: ClosedHandling
    }
    private var committed: [Key: DrawCommitted] = [:]
    private var pools: [Key: [ClosedHandling]] = [:]
    private var made: Set<Key> = []
    private var enrolled: Set<ClosedHandling> = []
    private var planned: [(ClosedHandling, AuditPlace)] = []
    private var chosen: [(Choice, AuditPlace)] = []
    private var drawn: [Choice: AuditPlace] = [:]
    private var found: [Offence] = []

    mutating func feed(_ feed: AuditFeed) {
        guard case .record(let record) = feed, record.hasEffect else { return }
        for fact in record.facts { take(fact.fact, record.place) }
    }

    private mutating func take(_ fact: Fact, _ place: AuditPlace) {
        switch fact {
        case .drawCommitted(let body):
            let key = Key(unit: body.unit, month: body.month)
            if committed[key] != nil { add("\(key.text) was committed to twice", place) }
            committed[key] = committed[key] ?? body
        case .drawEnrolled(let body): enrol(body, place)
        case .drawMade(let body): check(body, place)
        case .revisitPlanned(let body):
            planned.append((ClosedHandling(number: body.number, cycle: body.cycle), place))
        case .revisitDrawn(let body):
            guard body.ground == .draw else { return }
            let closing = ClosedHandling(number: body.number, cycle: body.cycle)
            guard let unit = body.unit, let month = body.month else {
                return add("\(closing.text) was drawn by no named draw", place)
            }
            drawn[Choice(key: Key(unit: unit, month: month), closing: closing)] = place
        default: break
        }
    }

    private mutating func enrol(_ body: DrawEnrolled, _ place: AuditPlace) {
        let key = Key(unit: body.unit, month: body.month)
        if committed[key] == nil { add("\(body.closing.text) takes part before \(key.text) was committed to", place) }
        if made.contains(key) { add("\(body.closing.text) takes part after \(key.text) was drawn", place) }
        if !enrolled.insert(body.closing).inserted { add("\(body.closing.text) takes part twice", place) }
        pools[key, default: []].append(body.closing)
    }

    private mutating func check(_ body: DrawMade, _ place: AuditPlace) {
        let key = Key(unit: body.unit, month: body.month)
        if !made.insert(key).inserted { return add("\(key.text) was drawn twice", place) }
        let pool = pools[key] ?? []
        chosen += body.chosen.map { (Choice(key: key, closing: $0), place) }
        guard let seed = OnSiteDraw.bytes(body.seed), let before = committed[key],
            OnSiteDraw.commitment(to: seed) == before.commitment
        else { return add("the seed of \(key.text) is not the one committed to", place) }
        if body.at < before.due { add("\(key.text) was drawn before its time", place) }
        if body.size != pool.count { add("\(key.text) counts \(body.size) closings, the log has \(pool.count)", place) }
        guard body.chosen != OnSiteDraw.draw(seed: seed, pool: pool) else { return }
        add("\(key.text): seed and closings give another choice", place)
    }

    private mutating func add(_ what: String, _ place: AuditPlace) { found.append(Offence(what: what, place: place)) }

    func finish() -> [Offence] {
        let choices = Set(chosen.map(\.0))
        let left = planned.filter { !enrolled.contains($0.0) }.map {
            Offence(what: "\($0.0.text) takes part in no draw", place: $0.1)
        }
        let untold = chosen.filter { drawn[$0.0] == nil }.map {
            Offence(what: "\($0.0.closing.text) was chosen and is not to be visited", place: $0.1)
        }
        let strange = drawn.filter { !choices.contains($0.key) }.sorted { $0.value.offset < $1.value.offset }.map {
            Offence(
                what: "\($0.key.closing.text) is to be visited, but \($0.key.key.text) did not choose it",
                place: $0.value)
        }
        return found + left + untold + strange
    }
}

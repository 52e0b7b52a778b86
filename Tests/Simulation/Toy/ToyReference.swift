/// The toy domain of one partition as a plain value, folded by the checks from the log alone. It shares no code with
/// the stores, and unlike them it notes what must never happen.
struct ToyReference {
    struct Case: Equatable {
        var place: Int
        var order: String?
        var signed = false
        var level = 0
        var closed = false
        var orders = 0
        var suspended = false
        var starts = 0
    }

    var cases: [String: Case] = [:]
    var openAt: [Int: String] = [:]
    var clocks: [String: (no: String, due: Int, started: String)] = [:]
    var fired: Set<String> = []
    var units: [String: (unit: Int, drawn: Int)] = [:]
    var marks: [String: Int] = [:]
    var counts: [String: Int] = [:]
    var plans: Set<String> = []
    var letters: Set<String> = []
    var urges: Set<String> = []
    var outcomes: [String: (hop: Int, no: String?)] = [:]
    var violations: [String] = []

    /// A foreign precondition of the fact is gone where it lands.
    func isGone(_ fact: ToyFact) -> Bool {
        switch fact {
        case .fired(let no, let order, _, _, _):
            guard let row = cases[no] else { return false }
            return row.order != order || row.signed || row.suspended
        case .joined(_, let no, _, _): return cases[no]?.closed ?? false
        case .closed(let no): return (cases[no]?.level ?? 0) > 0
        default: return false
        }
    }

    private mutating func change(_ no: String, _ what: String, _ body: (inout Case, inout [String]) -> Void) {
        guard var row = cases[no] else {
            violations.append("\(what) on a case that does not exist")
            return
        }
        body(&row, &violations)
        cases[no] = row
    }

    mutating func evolve(_ fact: ToyFact, id: String) {
        switch fact {
        case .opened(let no, let place):
            if cases[no] != nil || openAt[place] != nil {
                violations.append("case opened twice, or two open cases at a place")
            } else {
                cases[no] = Case(place: place)
                openAt[place] = no
            }
        case .joined(let report, let no, let hop, _):
            if cases[no] == nil { violations.append("joined to a case that does not exist") }
            if outcomes[report]?.no != nil { violations.append("report with two outcomes") }
            outcomes[report] = (hop, no)
        case .readdressed(let report, let hop, _): outcomes[report] = (hop, nil)
        case .enrolled(let no, let unit, let drawn):
            if units[no] != nil { violations.append("case drawn twice") }
            units[no] = (unit, drawn)
        case .counted(let order, let unit):
            if counts[order] != nil { violations.append("order counted twice") }
            counts[order] = unit
        case .marked(let no, let drawn):
            if marks[no] != nil { violations.append("draw marked twice") }
            marks[no] = drawn
        case .planned(let no):
            if !plans.insert(no).inserted { violations.append("revisit planned twice") }
        case .urged(let no):
            if !urges.insert(no).inserted { violations.append("urged twice") }
        case .letter(let no): letters.insert(no)
        case .withdrawn: break
        case .poison: violations.append("a fact that no store can evolve is in the log")
        case .issued, .signed, .returned, .suspended, .resumed, .closed, .fired: order(fact, id)
        }
    }

    private mutating func order(_ fact: ToyFact, _ id: String) {
        switch fact {
        case .issued(let no, let order, let due):
            change(no, "issued") { row, violations in
                if row.order != nil { violations.append("two open main orders") }
                if row.closed { violations.append("order issued on a closed case") }
                (row.order, row.signed, row.level, row.suspended) = (order, false, 0, false)
                row.orders += 1
                row.starts += 1
            }
            clocks[order] = (no, due, id)
        case .signed(let no, let order), .returned(let no, let order), .suspended(let no, let order),
            .resumed(let no, let order):
            change(no, fact.type) { row, violations in
                if row.order != order { violations.append("\(fact.type) an order that is not open") }
                switch fact {
                case .signed: row.signed = true
                case .returned: row.order = nil
                case .suspended: row.suspended = true
                default:
                    row.suspended = false
                    row.starts += 1
                }
            }
            if case .resumed = fact { clocks[order]?.started = id }
        case .closed(let no):
            change(no, "closed") { row, violations in
                if row.closed { violations.append("case closed twice") }
                (row.closed, row.order) = (true, nil)
            }
            if let place = cases[no]?.place, openAt[place] == no { openAt[place] = nil }
        case .fired(let no, let order, _, _, _):
            if !fired.insert(order).inserted { violations.append("timer fired twice") }
            change(no, "fired") { row, _ in row.level += 1 }
        default: break
        }
    }

    /// The same lines as a store's dump.
    func dump() -> [String] {
        var lines: [String] = []
        func add<Row>(_ table: String, _ rows: [String: Row], _ text: (Row) -> String) {
            for (key, row) in rows.sorted(by: { bytes($0.key, before: $1.key) }) {
                let rest = text(row)
                lines.append(rest.isEmpty ? "\(table)|\(key)" : "\(table)|\(key)|\(rest)")
            }
        }
        func flag(_ value: Bool) -> Int { value ? 1 : 0 }
        func keyed(_ keys: Set<String>) -> [String: Void] {
            Dictionary(uniqueKeysWithValues: keys.map { ($0, ()) })
        }
        add("cases", cases) {
            "\($0.place)|\($0.order ?? "-")|\(flag($0.signed))|\($0.level)|\(flag($0.closed))|\($0.orders)|"
                + "\(flag($0.suspended))"
        }
        add("clocks", clocks) { "\($0.no)|\($0.due)|\($0.started)" }
        add("counts", counts) { "\($0)" }
        add("fired", keyed(fired)) { _ in "" }
        add("letters", keyed(letters)) { _ in "" }
        add("marks", marks) { "\($0)" }
        add("outcomes", outcomes) { "\($0.hop)|\($0.no ?? "-")" }
        add("plans", keyed(plans)) { _ in "" }
        add("units", units) { "\($0.unit)|\($0.drawn)" }
        add("urges", keyed(urges)) { _ in "" }
        return lines
    }

    private func bytes(_ left: String, before right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}

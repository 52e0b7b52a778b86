/// What must hold of the toy domain over all partitions.
struct ToyCheck {
    let evidence: Evidence
    let folds: [ToyFold]
    private var bad: [String] = []

    init(_ evidence: Evidence, _ folds: [ToyFold]) {
        self.evidence = evidence
        self.folds = folds
    }

    mutating func run() -> [String] {
        reports()
        cases()
        books()
        return bad
    }

    private mutating func reports() {
        var outcomes: [String: [String]] = [:]
        for fold in folds {
            for (report, body) in fold.joined { outcomes[report, default: []].append(body) }
        }
        let dead = Set(evidence.letters.compactMap(\.body))
        for report in evidence.accepted {
            let got = outcomes[report.name] ?? []
            if got.isEmpty { bad.append("report owed an answer by nobody") }
            if got.count > 1 { bad.append("report with two outcomes") }
            if !Set(report.bodies).subtracting(got).subtracting(dead).isEmpty {
                bad.append("accepted content neither answered nor a dead letter")
            }
        }
        if outcomes.count > evidence.accepted.count { bad.append("an outcome for a report that nobody accepted") }
    }

    private mutating func cases() {
        var enrolled: [String: [(partition: Int, drawn: Int)]] = [:]
        var marked: [String: [Int]] = [:]
        for (partition, fold) in folds.enumerated() {
            for entry in fold.enrolled { enrolled[entry.no, default: []].append((partition, entry.drawn)) }
            for entry in fold.marked { marked[entry.no, default: []].append(entry.drawn) }
        }
        var closed: Set<String> = []
        for fold in folds {
            let domain = fold.domain
            for (no, row) in domain.cases {
                if row.orders == 0 { bad.append("case never dispatched") }
                if !domain.urges.contains(no) { bad.append("case never urged") }
                if domain.letters.contains(no) != row.closed { bad.append("letter and close differ") }
                if row.closed {
                    closed.insert(no)
                    let draws = enrolled[no] ?? []
                    if draws.count != 1 || draws[0].partition != (row.place % 2 + 1) % SimSize.partitions
                        || marked[no] != [draws[0].drawn]
                    {
                        bad.append("closed case not drawn exactly once")
                    }
                }
                if let order = row.order, !row.signed, !row.suspended, !domain.fired.contains(order),
                    evidence.settled, (domain.clocks[order]?.due ?? .max) < evidence.now
                {
                    bad.append("timer forgotten")
                }
            }
        }
        if !Set(enrolled.keys).isSubset(of: closed) { bad.append("drawn without a close") }
    }

    /// The units' book is equal to the warnings that took effect.
    private mutating func books() {
        let fired = folds.flatMap(\.fired).sorted()
        let counted = folds.flatMap(\.counted).sorted()
        if fired != counted { bad.append("unit book differs from the warnings") }
    }
}

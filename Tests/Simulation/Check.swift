import Foundation

/// What a run showed: what is wrong, and how much of everything happened.
package struct Verdict: Sendable {
    /// Each violated rule once, sorted.
    package var violations: [String]
    /// Counts of what happened.
    package var statistics: Statistics
    /// The log byte for byte, as one number.
    package var fingerprint: UInt64
}

/// Checks one finished run. Every rule is about the log, what people were told, and the live stores.
struct Check {
    let evidence: Evidence
    private(set) var folds: [PartitionFold] = []
    private var bad: [String] = []

    init(_ evidence: Evidence) { self.evidence = evidence }

    mutating func run(sentAfter: [UUID: (no: String, after: Int)]) -> [String] {
        if !evidence.settled { bad.append("does not settle") }
        bad += evidence.troubles
        folds = evidence.cases.map { PartitionFold($0, human: evidence.human, sent: sentAfter) }
        for (partition, fold) in folds.enumerated() {
            bad += fold.bad
            if !fold.late.isSubset(of: fold.followed) { bad.append("late fact that nobody followed up") }
            stores(partition, fold)
        }
        letters()
        reports()
        cases()
        books()
        commands()
        replies()
        return Set(bad).sorted()
    }

    /// A live store is the fold of the log, table by table, and a lost one would read a bounded tail.
    private mutating func stores(_ partition: Int, _ fold: PartitionFold) {
        let expected = fold.domain.dump()
        for store in evidence.live where store.partition == partition {
            if store.dump != expected { bad.append("live differs from rebuild") }
            let covered = fold.upto[store.service]?[1] ?? 0
            if evidence.settled, store.commandsDone - covered > World.progressAfter + 8 {
                bad.append("a lost store would read too much again")
            }
        }
    }

    private mutating func letters() {
        let sent = Set(evidence.letters.map { "\($0.service)/\($0.cause)" })
        for fold in folds {
            for (service, causes) in fold.parked where causes.contains(where: { !sent.contains("\(service)/\($0)") }) {
                bad.append("parked, but no dead letter")
            }
        }
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
                    if draws.count != 1 || draws[0].partition != (row.place % 2 + 1) % PlaceNames.partitions
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

    private mutating func commands() {
        let ordered = folds.reduce(into: Set<UUID>()) { $0.formUnion($1.ordered) }
        for sent in evidence.commands where sent.byDecider && !ordered.contains(sent.id) {
            bad.append("a command that no counted record ordered")
        }
    }

    private mutating func replies() {
        var told: [UUID: [(index: Int, status: String)]] = [:]
        for (index, reply) in evidence.replies.enumerated() {
            told[reply.id, default: []].append((index, reply.status))
        }
        for ask in evidence.asks where !(told[ask.id] ?? []).contains(where: { $0.index >= ask.after }) {
            bad.append("asked, never answered")
        }
        var truth: [UUID: [String]] = [:]
        for fold in folds { truth.merge(fold.truth) { $0 + $1 } }
        let soft = folds.reduce(into: Set<String>()) { $0.formUnion($1.soft) }
        for (id, answers) in told {
            let real = truth[id] ?? []
            if real.count > 1 { bad.append("one command decided twice") }
            var firm: Set<String> = []
            for (_, status) in answers {
                switch status {
                case "parked", "expired":
                    if !soft.contains("\(id)/\(status)") { bad.append("told \(status), the log does not say so") }
                default:
                    let said = status == "done" ? "ok" : "no"
                    firm.insert(said)
                    if !real.contains(said) { bad.append("told \(said), the log says otherwise") }
                }
            }
            if firm.count > 1 { bad.append("two different replies") }
        }
        if !Set(told.keys).isSubset(of: evidence.human) { bad.append("a reply to nobody") }
    }
}

import Contracts
import Foundation

/// What a run showed: what is wrong, and how much of everything happened.
package struct Verdict: Sendable {
    /// Each violated rule once, sorted.
    package var violations: [String]
    /// The violations in the domain's words, for the story.
    package var details: [String]
    /// Counts of what happened.
    package var statistics: Statistics
    /// The log byte for byte, as one number.
    package var fingerprint: UInt64
}

/// Checks one finished run of any domain. Every rule is about the log, what people were told, and the live stores.
struct Check<D: SimDomain> {
    let evidence: Evidence
    let folds: [PartitionFold<D.Fold>]
    private var bad: [String] = []

    init(_ evidence: Evidence, _ domain: D, sentAfter: [UUID: (no: String, after: Int)]) {
        self.evidence = evidence
        folds = evidence.cases.enumerated().map { partition, log in
            PartitionFold(domain.fold(partition), log, human: evidence.human, sent: sentAfter)
        }
    }

    mutating func run(_ domain: D) async -> [String] {
        if !evidence.settled { bad.append("does not settle") }
        bad += evidence.troubles
        for fold in folds {
            bad += fold.bad
            if !fold.late.isSubset(of: fold.followed) { bad.append("late fact that nobody followed up") }
        }
        stores(domain)
        letters()
        bad += await domain.judge(evidence, folds)
        commands()
        replies()
        return Set(bad).sorted()
    }

    /// A store is the fold of the log as far as it has read, table by table, and a lost one would read a bounded tail.
    private mutating func stores(_ domain: D) {
        for store in evidence.live {
            let fold = folds[store.partition]
            do {
                let log = evidence.logs[Topic.cases]?[store.partition] ?? []
                let end = store.isCurrent ? nil : store.cursor
                let expected = try domain.expected(store.service, store.partition, at: end, fold.domain, log)
                if let expected, store.dump != expected { bad.append("live differs from rebuild") }
            } catch { bad.append("the log cannot be folded: \(error)") }
            let covered = fold.upto[domain.services[store.service].rawValue]?[1] ?? 0
            if evidence.settled, store.isCurrent, store.commandsDone - covered > SimSize.progressAfter + 8 {
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

import CaseLog
import Contracts
import Foundation

/// A whole run: the actions, the settling, the checks.
package enum Run {
    /// Runs the actions and judges what they left.
    package static func verdict(_ actions: [Action], in kind: WorldKind = .toy) async -> Verdict {
        let world = kind.make()
        await play(actions, on: world)
        return await world.judge()
    }

    private static func play(_ actions: [Action], on world: any Playable) async {
        for (index, action) in actions.enumerated() {
            if index == actions.count / 2 { world.remember() }
            await world.perform(action)
        }
    }

    /// Runs the actions of a seed.
    package static func verdict(
        seed: UInt64, actions: Int = 300, weather: Weather = .all, in kind: WorldKind = .toy
    ) async -> Verdict {
        await verdict(script(seed: seed, actions: actions, weather: weather, in: kind), in: kind)
    }

    /// The actions of a seed.
    package static func script(
        seed: UInt64, actions: Int = 300, weather: Weather = .all, in kind: WorldKind = .toy
    ) -> [Action] {
        Action.script(seed: seed, count: actions, weather: weather, profile: kind.profile)
    }

    /// What happened, step by step, for a person who looks for the cause.
    package static func story(_ actions: [Action], in kind: WorldKind = .toy) async -> [String] {
        let world = kind.make()
        world.beginStory()
        await play(actions, on: world)
        let quiet = world.story.count
        let verdict = await world.judge()
        return Array(world.story.prefix(quiet)) + world.logText() + verdict.violations + verdict.details
    }

    /// How a person runs the seed again.
    package static func replay(_ seed: UInt64, _ weather: Weather = .all, in kind: WorldKind = .toy) -> String {
        let flags = kind.name == WorldKind.toy.name ? "" : " --\(kind.name)"
        return "replay: make sim SEED=\(seed)\(flags.isEmpty ? "" : " WORLD=\(kind.name)"), or swift run simulate"
            + "\(flags) --seed \(seed) --weather \(weather.rawValue)"
    }

    /// The shortest list of actions found that still violates the same rule.
    package static func shrunk(
        _ actions: [Action], _ violation: String, in kind: WorldKind = .toy
    ) async -> [Action] {
        await shrink(actions) { await verdict($0, in: kind).violations.contains(violation) }
    }
}

extension World {
    package func judge() async -> Verdict {
        var settled = await settle()
        if settled { settled = await bringToEnd() }
        await noteDone()
        var check = Check(evidence(settled: settled), domain, sentAfter: sentAfter())
        let violations = await check.run(domain)
        count(check)
        return Verdict(
            violations: violations, details: domain.details, statistics: statistics, fingerprint: fingerprint())
    }

    /// Calm weather and people who do what is next, until no case is open: whatever happened before, every case must
    /// still find its end, and what is due long after it.
    private func bringToEnd() async -> Bool {
        var later = domain.epilogue
        for round in 0..<40 {
            look()
            let wishes = domain.forward(at: instant)
            if wishes.isEmpty {
                guard later > 0 else { return true }
                advance(later)
                later = 0
                guard await rest() else { return false }
            }
            for wish in wishes {
                let key = UUID.v5(Identifier.space, "end\(round)/\(wish.no)")
                give(wish, key: key, at: instant, after: nil, isDrawn: false)
            }
            guard await rest() else { return false }
        }
        troubles += domain.forward(at: instant).prefix(1).map {
            "a case does not come to its end: \($0.name) is refused"
        }
        return true
    }

    private func noteDone() async {
        for at in machines.indices {
            if let status = await machines[at].owner?.status() { commandsDone[at] = Int(status.done.commands) }
        }
    }

    private func count(_ check: Check<D>) {
        statistics["seeds"] += 1
        statistics["records"] += check.evidence.cases.reduce(0) { $0 + $1.count }
        statistics["dead letters"] += check.evidence.letters.count
        statistics["crossing commands"] += check.evidence.commands.count { $0.byDecider }
        statistics["reports"] += check.evidence.accepted.count
        statistics["replies"] += check.evidence.replies.count
        statistics["wire faults"] += wire.faults
        statistics["silent group"] += wire.silences
        for fold in check.folds {
            statistics["void records"] += fold.void
            statistics["late facts"] += fold.lateFacts
            statistics["parked"] += fold.parked.values.reduce(0) { $0 + $1.count }
            statistics["progress"] += fold.progress
            statistics["expired"] += fold.soft.count { $0.hasSuffix("expired") }
            statistics["known repeats"] += fold.refusals[D.Fold.repeated] ?? 0
        }
        countCommands(check.folds)
        domain.count(check.folds, into: &statistics)
    }

    /// What became of the commands that people drew.
    private func countCommands(_ folds: [PartitionFold<D.Fold>]) {
        for person in people where person.isDrawn {
            let answer = folds.lazy.compactMap { $0.truth[person.id]?.last }.first
            statistics.command(person.wish.name, isTaken: answer.map { $0 == "ok" })
        }
    }
}

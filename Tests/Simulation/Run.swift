import CaseLog
import Contracts

/// A whole run: the actions, the settling, the checks.
package enum Run {
    /// Runs the actions and judges what they left.
    package static func verdict(_ actions: [Action]) async -> Verdict {
        let world = World()
        for action in actions { await world.perform(action) }
        return await world.judge()
    }

    /// Runs the actions of a seed.
    package static func verdict(seed: UInt64, actions: Int = 300, weather: Weather = .all) async -> Verdict {
        await verdict(Action.script(seed: seed, count: actions, weather: weather))
    }

    /// What happened, step by step, for a person who looks for the cause.
    package static func story(_ actions: [Action]) async -> [String] {
        let world = World()
        world.notes = []
        for action in actions { await world.perform(action) }
        let quiet = world.notes?.count ?? 0
        let verdict = await world.judge()
        let replies = world.log.entries(Topic.replies, 0).compactMap { try? Reply($0.message) }
            .map { "\($0.command.wire.prefix(8)) \($0.status)" }
        return Array((world.notes ?? []).prefix(quiet)) + world.logText() + ["replies \(replies)"]
            + verdict.violations
    }

    /// How a person runs the seed again.
    package static func replay(_ seed: UInt64, _ weather: Weather = .all) -> String {
        "replay: make sim SEED=\(seed), or swift run simulate --seed \(seed) --weather \(weather.rawValue), "
            + "or CASELOOP_SIM_SEED=\(seed) swift test --filter SimulationTests"
    }

    /// The shortest list of actions found that still violates the same rule.
    package static func shrunk(_ actions: [Action], _ violation: String) async -> [Action] {
        await shrink(actions) { await verdict($0).violations.contains(violation) }
    }
}

extension World {
    /// Settles, checks and counts.
    func judge() async -> Verdict {
        let settled = await settle()
        await noteDone()
        var check = Check(evidence(settled: settled))
        let violations = check.run(sentAfter: sentAfter())
        count(check)
        return Verdict(violations: violations, statistics: statistics, fingerprint: fingerprint())
    }

    private func noteDone() async {
        for at in machines.indices {
            if let status = await machines[at].owner?.status() { commandsDone[at] = Int(status.done.commands) }
        }
    }

    private func count(_ check: Check) {
        statistics["seeds"] += 1
        statistics["records"] += check.evidence.cases.reduce(0) { $0 + $1.count }
        statistics["dead letters"] += check.evidence.letters.count
        statistics["crossing commands"] += check.evidence.commands.count { $0.byDecider }
        statistics["reports"] += check.evidence.accepted.count
        statistics["replies"] += check.evidence.replies.count
        statistics["wire faults"] += wire.faults
        for fold in check.folds {
            statistics["void records"] += fold.void
            statistics["late facts"] += fold.lateFacts
            statistics["parked"] += fold.parked.values.reduce(0) { $0 + $1.count }
            statistics["progress"] += fold.progress
            statistics["expired"] += fold.soft.count { $0.hasSuffix("expired") }
            statistics["warnings"] += fold.fired.count
            statistics["closed"] += fold.domain.letters.count
            statistics["known repeats"] += fold.refusals["known"] ?? 0
        }
    }
}

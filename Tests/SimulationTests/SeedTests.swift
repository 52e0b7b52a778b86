import Foundation
import Simulation
import Testing

/// The runtime under a seeded scheduler: toy deciders, three partitions, everything that may go wrong.
@Suite struct SeedTests {
    /// Only this seed is run when it is set.
    static let one = ProcessInfo.processInfo.environment["CASELOOP_SIM_SEED"].flatMap(UInt64.init)

    @Test(
        "Five hundred seeds of crashes, moves, zombies, lost stores and garbage break no rule", .timeLimit(.minutes(20))
    )
    func seeds() async {
        let result = await Self.run(.toy, seeds: 520)
        guard Self.one == nil else { return }
        // A run that met no trouble proves nothing: every kind of fault must really have happened.
        for kind in [
            "records", "reports", "closed", "warnings", "asks", "crossing commands", "void records", "late facts",
            "parked", "dead letters", "retries", "expired", "lost stores", "crashes", "moves", "zombie steps",
            "landed late", "lost requests", "wire faults", "garbage", "truncated", "progress", "known repeats",
            "silent group",
        ] {
            #expect(result.statistics[kind] > 0, "no \(kind) in the whole run")
        }
    }

    @Test("Without crashes, moves and skew no rule is broken either", arguments: [UInt64(0)..<30])
    func calm(_ seeds: Range<UInt64>) async {
        for seed in seeds {
            let verdict = await Run.verdict(seed: seed, weather: .nofaults)
            #expect(verdict.violations.isEmpty, "seed \(seed)")
        }
    }

    @Test("A seed replays exactly: the same log byte for byte", arguments: [UInt64(1), 7, 19, 42, 301])
    func replay(_ seed: UInt64) async {
        let (first, second) = (await Run.verdict(seed: seed), await Run.verdict(seed: seed))
        #expect(first.fingerprint == second.fingerprint)
        #expect(first.violations == second.violations)
        #expect(first.statistics.line == second.statistics.line)
    }

    /// Runs the seeds, or the one that is asked for; what fails is told with its shortest form.
    static func run(_ kind: WorldKind, seeds: Int) async -> Tally.Result {
        let tally = Tally(total: one == nil ? seeds : 1, isQuiet: true)
        await tally.run(kind, from: one ?? 0, tasks: 2, keepGoing: true)
        let result = tally.result
        for failure in result.failures.prefix(3) {
            let violation = failure.verdict.violations.first ?? ""
            let shrunk = await Run.shrunk(Run.script(seed: failure.seed, in: kind), violation, in: kind)
            Issue.record(
                """
                seed \(failure.seed): \(failure.verdict.violations.joined(separator: "; "))
                shrunk to \(shrunk.count) actions: \(shrunk.map { "\($0)" }.joined(separator: "\n"))
                \(Run.replay(failure.seed, in: kind))
                """)
        }
        #expect(result.failures.isEmpty)
        print("simulation of the \(kind.name) world: \(result.statistics.line)")
        return result
    }
}

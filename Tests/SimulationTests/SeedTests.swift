import Foundation
import Simulation
import Synchronization
import Testing

/// The runtime under a seeded scheduler: toy deciders, three partitions, everything that may go wrong.
@Suite struct SeedTests {
    /// Only this seed is run when it is set.
    static let one = ProcessInfo.processInfo.environment["CASELOOP_SIM_SEED"].flatMap(UInt64.init)

    @Test(
        "Five hundred seeds of crashes, moves, zombies, lost stores and garbage break no rule", .timeLimit(.minutes(20))
    )
    func seeds() async {
        let seeds = Self.one.map { [$0] } ?? Array(0..<520)
        let found = await runAll(seeds)
        for (seed, verdict) in found.failures.prefix(3) {
            let violation = verdict.violations.first ?? ""
            let shrunk = await Run.shrunk(Action.script(seed: seed), violation)
            Issue.record(
                """
                seed \(seed): \(verdict.violations.joined(separator: "; "))
                shrunk to \(shrunk.count) actions: \(shrunk.map { "\($0)" }.joined(separator: "\n"))
                \(Run.replay(seed))
                """)
        }
        #expect(found.failures.isEmpty)
        print("simulation: \(found.statistics.line)")
        guard Self.one == nil else { return }
        // A run that met no trouble proves nothing: every kind of fault must really have happened.
        for kind in [
            "records", "reports", "closed", "warnings", "asks", "crossing commands", "void records", "late facts",
            "parked", "dead letters", "retries", "expired", "lost stores", "crashes", "moves", "zombie steps",
            "landed late", "lost requests", "wire faults", "garbage", "truncated", "progress", "known repeats",
        ] {
            #expect(found.statistics[kind] > 0, "no \(kind) in the whole run")
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

    private struct Found {
        var failures: [(UInt64, Verdict)] = []
        var statistics = Statistics()
    }

    private func runAll(_ seeds: [UInt64]) async -> Found {
        let next = Mutex(0)
        let found = Mutex(Found())
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<max(1, min(4, ProcessInfo.processInfo.activeProcessorCount)) {
                group.addTask {
                    while let at = next.withLock({ index in
                        index += 1
                        return index <= seeds.count ? index - 1 : nil
                    }) {
                        let verdict = await Run.verdict(seed: seeds[at])
                        found.withLock {
                            $0.statistics.add(verdict.statistics)
                            if !verdict.violations.isEmpty { $0.failures.append((seeds[at], verdict)) }
                        }
                    }
                }
            }
        }
        return found.withLock { $0 }
    }
}

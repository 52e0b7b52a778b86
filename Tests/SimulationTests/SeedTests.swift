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

    private func runAll(_ seeds: [UInt64]) async -> Sweep.Found {
        let sweep = Sweep(seeds)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<max(1, min(4, ProcessInfo.processInfo.activeProcessorCount)) {
                group.addTask {
                    while let seed = sweep.next() { sweep.add(seed, await Run.verdict(seed: seed)) }
                }
            }
        }
        return sweep.found
    }
}

/// Seeds shared out among tasks, and what the runs showed.
private final class Sweep: Sendable {
    struct Found {
        var failures: [(seed: UInt64, verdict: Verdict)] = []
        var statistics = Statistics()
    }

    private let state: Mutex<(left: ArraySlice<UInt64>, found: Found)>

    init(_ seeds: [UInt64]) { state = Mutex((seeds[...], Found())) }

    func next() -> UInt64? { state.withLock { $0.left.popFirst() } }

    func add(_ seed: UInt64, _ verdict: Verdict) {
        state.withLock {
            $0.found.statistics.add(verdict.statistics)
            if !verdict.violations.isEmpty { $0.found.failures.append((seed, verdict)) }
        }
    }

    var found: Found { state.withLock { $0.found } }
}

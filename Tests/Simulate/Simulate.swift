import ArgumentParser
import Foundation
import Simulation

/// Runs many seeds of the simulated world, or one with its story.
@main
struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Runs the deciders on a faulty log under a seeded scheduler and checks what they leave.")

    @Option(help: "How many seeds to run.")
    var seeds = 1_000
    @Option(help: "The first seed.")
    var from: UInt64 = 0
    @Option(help: "Actions in a run.")
    var actions = 300
    @Option(help: "Runs side by side.")
    var tasks = 2
    @Option(help: "all, nozombie or nofaults.")
    var weather = "all"
    @Option(help: "Runs this seed alone; when it fails, shrinks it and tells what happened.")
    var seed: UInt64?
    @Flag(help: "Goes on after the first failing seed and counts what fails.")
    var keepGoing = false
    @Flag(help: "Does not shrink a failing seed.")
    var noShrink = false

    func run() async throws {
        guard let weather = Weather(rawValue: weather) else {
            throw ValidationError("--weather: all, nozombie or nofaults, not \(weather)")
        }
        if let seed {
            let verdict = await Run.verdict(seed: seed, actions: actions, weather: weather)
            print("seed \(seed): \(verdict.violations.isEmpty ? "clean" : "\(verdict.violations)")")
            print("\(verdict.statistics.line) · log \(String(verdict.fingerprint, radix: 16))")
            guard !verdict.violations.isEmpty else { return }
            if !noShrink { await tell(seed, verdict, weather) }
            throw ExitCode(1)
        }
        let tally = Tally(total: seeds)
        await runAll(tally, weather)
        let result = tally.result
        print(result.summary(weather.rawValue))
        guard let first = result.failures.min(by: { $0.seed < $1.seed }) else {
            return try await refusals()
        }
        print("FAILED seed \(first.seed): \(first.verdict.violations.joined(separator: "; "))")
        if !noShrink { await tell(first.seed, first.verdict, weather) }
        throw ExitCode(1)
    }

    /// What must be refused in a loud voice, whatever chance brings.
    private func refusals() async throws {
        var silent = 0
        for damage in Directed.Damage.allCases where await Directed.refusal(damage) == nil {
            print("FAILED directed: \(damage) was not refused")
            silent += 1
        }
        for violation in await Directed.harmlessRetention() {
            print("FAILED directed: retention below the positions in the log: \(violation)")
            silent += 1
        }
        if silent > 0 { throw ExitCode(1) }
    }

    private func runAll(_ tally: Tally, _ weather: Weather) async {
        let (from, actions, keepGoing) = (from, actions, keepGoing)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<max(1, tasks) {
                group.addTask {
                    while let next = tally.next(keepGoing: keepGoing) {
                        let seed = from + UInt64(next)
                        tally.add(seed, await Run.verdict(seed: seed, actions: actions, weather: weather))
                    }
                }
            }
        }
    }

    private func tell(_ seed: UInt64, _ verdict: Verdict, _ weather: Weather) async {
        guard let violation = verdict.violations.first else { return }
        let script = Action.script(seed: seed, count: actions, weather: weather)
        let shrunk = await Run.shrunk(script, violation)
        print("shrunk to \(shrunk.count) actions for “\(violation)”:")
        for action in shrunk { print("  \(action)") }
        for line in await Run.story(shrunk) { print(line) }
        print(Run.replay(seed, weather))
    }
}

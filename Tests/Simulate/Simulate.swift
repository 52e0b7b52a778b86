import ArgumentParser
import Foundation
import RealSimulation
import Simulation

/// Runs many seeds of the simulated world, or one with its story.
@main
struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Runs the deciders on a faulty log under a seeded scheduler and checks what they leave.")

    @Option(help: "How many seeds to run.")
    var seeds = 1_000
    @Option(help: "Runs seeds until so many commands drawn by chance were decided, and prints how each kind fared.")
    var commands: Int?
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
    @Flag(help: "The real deciders instead of the toy ones.")
    var real = false
    @Flag(help: "Goes on after the first failing seed and counts what fails.")
    var keepGoing = false
    @Flag(help: "Does not shrink a failing seed.")
    var noShrink = false

    private var kind: WorldKind { real ? .real : .toy }

    func run() async throws {
        guard let weather = Weather(rawValue: weather) else {
            throw ValidationError("--weather: all, nozombie or nofaults, not \(weather)")
        }
        if let seed {
            let verdict = await Run.verdict(seed: seed, actions: actions, weather: weather, in: kind)
            print("seed \(seed): \(verdict.violations.isEmpty ? "clean" : "\(verdict.violations)")")
            print("\(verdict.statistics.line) · log \(String(verdict.fingerprint, radix: 16))")
            for detail in verdict.details { print("  \(detail)") }
            guard !verdict.violations.isEmpty else { return }
            if !noShrink { await tell(seed, verdict, weather) }
            throw ExitCode(1)
        }
        let tally = Tally(total: commands == nil ? seeds : .max, commands: commands)
        await tally.run(
            kind, from: from, actions: actions, weather: weather, tasks: tasks, keepGoing: keepGoing)
        let result = tally.result
        print(result.summary("\(kind.name), \(weather.rawValue)"))
        if commands != nil { for line in result.statistics.table { print(line) } }
        guard let first = result.failures.min(by: { $0.seed < $1.seed }) else {
            return try await directed()
        }
        print("FAILED seed \(first.seed): \(first.verdict.violations.joined(separator: "; "))")
        if !noShrink { await tell(first.seed, first.verdict, weather) }
        throw ExitCode(1)
    }

    /// What chance brings too seldom.
    private func directed() async throws {
        guard !real else { return }
        let failures = await Directed.failures()
        for failure in failures { print("FAILED directed: \(failure)") }
        if !failures.isEmpty { throw ExitCode(1) }
    }

    private func tell(_ seed: UInt64, _ verdict: Verdict, _ weather: Weather) async {
        guard let violation = verdict.violations.first else { return }
        let script = Run.script(seed: seed, actions: actions, weather: weather, in: kind)
        let shrunk = await Run.shrunk(script, violation, in: kind)
        print("shrunk to \(shrunk.count) actions for “\(violation)”:")
        for action in shrunk { print("  \(action)") }
        for line in await Run.story(shrunk, in: kind) { print(line) }
        print(Run.replay(seed, weather, in: kind))
    }
}

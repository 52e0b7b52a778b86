import Foundation
import Synchronization

/// What the runs side by side have found so far; draws the progress bar.
package final class Tally: Sendable {
    package struct Failure {
        package var seed: UInt64
        package var verdict: Verdict
    }

    package struct Result {
        package var done = 0
        package var failures: [Failure] = []
        package var statistics = Statistics()
        package var seconds = 0.0

        package func summary(_ weather: String) -> String {
            var lines = [
                "\(weather): \(done) seeds, \(failures.count) failed, \(Int(seconds)) s, "
                    + "\(Int(Double(done) / max(seconds, 0.001) * 60)) seeds/min", statistics.line,
            ]
            var kinds: [String: (count: Int, seed: UInt64)] = [:]
            for failure in failures {
                for violation in failure.verdict.violations {
                    let old = kinds[violation] ?? (0, failure.seed)
                    kinds[violation] = (old.count + 1, min(old.seed, failure.seed))
                }
            }
            for (kind, found) in kinds.sorted(by: { $0.value.count > $1.value.count }) {
                lines.append("  \(found.count)  \(kind)  (seed \(found.seed))")
            }
            return lines.joined(separator: "\n")
        }
    }

    private struct State {
        var started = 0
        var result = Result()
    }

    private let state = Mutex(State())
    private let total: Int
    private let commands: Int?
    private let isQuiet: Bool
    private let begin = Date()
    private let isTerminal = isatty(STDERR_FILENO) == 1

    /// `commands`: runs seeds until so many commands that people drew were decided, `total` at most.
    package init(total: Int, commands: Int? = nil, isQuiet: Bool = false) {
        self.isQuiet = isQuiet
        self.total = total
        self.commands = commands
    }

    /// The number of the next run; nil when there is none left, or one has failed.
    func next(keepGoing: Bool) -> Int? {
        state.withLock { state in
            guard state.started < total, keepGoing || state.result.failures.isEmpty else { return nil }
            if let commands, state.result.statistics["commands"] >= commands { return nil }
            state.started += 1
            return state.started - 1
        }
    }

    /// Runs seeds from `first` on, several side by side, until all are done or one has failed.
    package func run(
        _ kind: WorldKind, from first: UInt64 = 0, actions: Int = 300, weather: Weather = .all, tasks: Int = 2,
        keepGoing: Bool = false
    ) async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<max(1, tasks) {
                group.addTask {
                    while let next = self.next(keepGoing: keepGoing) {
                        let seed = first + UInt64(next)
                        self.add(
                            seed, await Run.verdict(seed: seed, actions: actions, weather: weather, in: kind))
                    }
                }
            }
        }
    }

    func add(_ seed: UInt64, _ verdict: Verdict) {
        let (done, decided, failed) = state.withLock { state in
            state.result.done += 1
            state.result.statistics.add(verdict.statistics)
            if !verdict.violations.isEmpty { state.result.failures.append(Failure(seed: seed, verdict: verdict)) }
            return (
                state.result.done, state.result.statistics["commands"], state.result.failures.count
            )
        }
        bar(done, decided, failed)
    }

    private func bar(_ done: Int, _ decided: Int, _ failed: Int) {
        guard !isQuiet else { return }
        let every = isTerminal ? 20 : commands == nil ? max(500, total / 20) : 100
        guard done % every == 0 || done == total else { return }
        let seconds = Date().timeIntervalSince(begin)
        let share =
            commands.map { min(1, Double(decided) / Double(max($0, 1))) } ?? Double(done) / Double(max(total, 1))
        let width = Int(30 * share)
        let bar = String(repeating: "█", count: width) + String(repeating: "·", count: 30 - width)
        let rate = Int(Double(done) / max(seconds, 0.001) * 60)
        let aim = commands.map { "\(done) seeds, \(decided)/\($0) commands" } ?? "\(done)/\(total) seeds"
        let text = "\(bar) \(aim), \(failed) failed, \(rate) seeds/min"
        FileHandle.standardError.write(Data(((isTerminal ? "\r" : "") + text + (isTerminal ? "" : "\n")).utf8))
        if isTerminal, done == total { FileHandle.standardError.write(Data("\n".utf8)) }
    }

    package var result: Result {
        state.withLock { state in
            var result = state.result
            result.seconds = Date().timeIntervalSince(begin)
            return result
        }
    }
}

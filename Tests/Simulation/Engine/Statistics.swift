import Foundation

/// How much of everything happened, so that a run that exercised nothing is visible.
package struct Statistics: Sendable {
    /// Counts by name.
    package private(set) var counts: [String: Int] = [:]
    /// What became of the commands that people drew, by name.
    package private(set) var commands: [String: Answers] = [:]

    /// How the deciders answered one kind of command.
    package struct Answers: Sendable {
        /// It was done.
        package var taken = 0
        /// A rule refused it, or it came too late.
        package var refused = 0
        /// It was too old, or its rule was broken when it came.
        package var undecided = 0
    }

    /// Nothing happened.
    package init() {}

    /// The count of one thing; 0 when it never happened.
    package subscript(_ name: String) -> Int {
        get { counts[name] ?? 0 }
        set { counts[name] = newValue }
    }

    /// Adds another run.
    package mutating func add(_ other: Statistics) {
        counts.merge(other.counts, uniquingKeysWith: +)
        for (name, answers) in other.commands {
            commands[name, default: Answers()].taken += answers.taken
            commands[name]?.refused += answers.refused
            commands[name]?.undecided += answers.undecided
        }
    }

    /// Counts a command that somebody drew; `isTaken` is nil when it was never decided.
    package mutating func command(_ name: String, isTaken: Bool?) {
        switch isTaken {
        case true?: commands[name, default: Answers()].taken += 1
        case false?: commands[name, default: Answers()].refused += 1
        case nil: commands[name, default: Answers()].undecided += 1
        }
        counts["commands", default: 0] += isTaken == nil ? 0 : 1
    }

    /// A line for every kind of command and one for all of them.
    package var table: [String] {
        let rows = commands.sorted { $0.key < $1.key }
        let sum = rows.reduce(into: Answers()) { sum, row in
            sum.taken += row.value.taken
            sum.refused += row.value.refused
            sum.undecided += row.value.undecided
        }
        return (rows.map { ($0.key, $0.value) } + [("all", sum)]).map { name, answers in
            name.padding(toLength: 24, withPad: " ", startingAt: 0)
                + " taken \(answers.taken), refused \(answers.refused), undecided \(answers.undecided)"
        }
    }

    /// One line, sorted by name.
    package var line: String {
        counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: " · ")
    }
}

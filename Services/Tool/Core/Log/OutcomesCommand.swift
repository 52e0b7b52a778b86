import ArgumentParser
import Foundation

/// `caseloop outcomes`.
struct OutcomesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outcomes",
        abstract: "去向:what became of every report in the log, and how long each step took from its acceptance")

    @OptionGroup var stack: StackOptions

    func run() async throws {
        for line in try await Outcomes.read(TopicReader(settings: try stack.kafka())).lines { print(line) }
    }
}

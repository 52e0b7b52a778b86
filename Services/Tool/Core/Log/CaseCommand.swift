import ArgumentParser
import Contracts
import Foundation
import Governance
import Kafka

/// `caseloop case`.
struct CaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "case", abstract: "一件事", subcommands: [Show.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "全过程:the timeline of a case from the log, with reasons and clocks")

        @Argument(help: "Number, such as 410803001-20261121-K7Q2MX.") var number: String
        @OptionGroup var stack: StackOptions
        @Flag(help: "One JSON line per fact.") var json = false

        func run() async throws {
            guard let number = CaseNumber(number) else {
                throw ValidationError(
                    "\(number) is no case number: place, day and part, such as 410803001-20261121-K7Q2MX")
            }
            let reader = TopicReader(settings: try stack.kafka())
            let count = Int32(try await reader.partitions(Topic.cases).count)
            let partition = Partitioner.partition(of: number.home.text, count: count)
            var timeline = Timeline(number: number)
            var counting = CountingReader()
            try await reader.read(Topic.cases, only: partition) { record in
                guard let found = counting.take(record) else { return }
                try timeline.take(found)
            }
            guard !timeline.entries.isEmpty else {
                throw InputFault(place: number.text, detail: "no fact in \(Topic.cases)/\(partition) is about it")
            }
            for line in json ? try timeline.jsonLines() : timeline.lines() { print(line) }
        }
    }
}

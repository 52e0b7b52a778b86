import ArgumentParser
import Contracts
import Foundation
import Governance
import Kafka

/// `caseloop dead`.
struct DeadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead", abstract: "死信:inputs that no rule could decide", subcommands: [List.self, Retry.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "列出:service, cause, time, error")

        @OptionGroup var stack: StackOptions
        @Option(help: "Only this service.") var service: String?

        func run() async throws {
            let letters = try await DeadLetters.read(TopicReader(settings: try stack.kafka()), service: service)
            for letter in letters {
                print(
                    "\(letter.time) \(letter.service) \(letter.parkedUnder.wire) \(letter.input.kind.rawValue) "
                        + "partition \(letter.partition): \(letter.error)")
            }
            print("\(letters.count) dead letter\(letters.count == 1 ? "" : "s")")
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retry", abstract: "重试:asks the service to decide the input once more",
            discussion: "What is no longer parked is left alone, so that asking twice does no harm.")

        @OptionGroup var stack: StackOptions
        @Option(help: "Only this service.") var service: String?
        @Option(help: "Only this cause, as `dead list` shows it.") var cause: String?
        @Flag(help: "All of them.") var all = false

        func validate() throws {
            guard all || cause != nil else { throw ValidationError("give --cause ID, or --all") }
        }

        func run() async throws {
            let kafka = try stack.kafka()
            let wanted = try cause.map { text throws(ValidationError) in
                guard let id = UUID(uuidString: text) else { throw ValidationError("--cause: \(text) is no UUID") }
                return id
            }
            let letters = try await DeadLetters.read(TopicReader(settings: kafka), service: service)
                .filter { wanted == nil || $0.parkedUnder == wanted || $0.input.cause == wanted }
            guard !letters.isEmpty else { throw InputFault(place: "dead", detail: "no such dead letter") }
            let producer = try Producer(settings: kafka)
            let results = await producer.send(try letters.map(DeadLetters.retry))
            await producer.close()
            for result in results { _ = try result.get() }
            print("\(results.count) asked for once more; see what remains with `caseloop dead list` and the cases")
        }
    }
}

/// The letters of the `<service>.dead` topics.
enum DeadLetters {
    /// All of them, each once (a take-over sends them again), the newest version of each.
    static func read(_ reader: TopicReader, service: String?) async throws -> [DeadLetter] {
        var found: [UUID: DeadLetter] = [:]
        for name in ServiceName.deciders where service == nil || service == name.rawValue {
            try await reader.read(Topic.dead(name)) { record in
                guard let letter = DeadLetter(Message(record)) else { return }
                found[letter.parkedUnder] = letter
            }
        }
        return found.values.sorted { ($0.time, $0.parkedUnder.wire) < ($1.time, $1.parkedUnder.wire) }
    }

    /// The command that brings a letter's input back, for the partition it belongs to.
    static func retry(_ letter: DeadLetter) throws -> ProducerRecord {
        var random = SystemRandomNumberGenerator()
        let now = Instant.systemNow()
        let message = try letter.retry(
            id: .v7(milliseconds: now.milliseconds, using: &random), source: ServiceName(rawValue: "tool"), time: now)
        return ProducerRecord(
            topic: Topic.commands, partition: letter.partition, key: message.key, value: message.value,
            headers: message.headers.map { Kafka.Header($0.name, $0.value) })
    }
}

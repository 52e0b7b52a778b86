import ArgumentParser
import Kafka

/// Hidden: the process that is the LocalBroker of a stack.
struct BrokerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "broker", shouldDisplay: false)

    @Option(help: "Unix socket for line commands.") var socket: String
    @Argument(help: "TOPIC:PARTITIONS …") var topics: [String]

    func run() throws {
        let status = LocalBrokerProcess.run(["--socket", socket] + topics)
        if status != 0 { throw ExitCode(status) }
    }
}

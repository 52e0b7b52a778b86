import ArgumentParser
import Contracts
import Kafka

/// The topics of a deployment, with what each must keep.
enum Topics {
    /// Input and replies are kept this long (design.md section 3).
    private static let month = "\(30 * 86_400_000 as Int64)"

    /// One plan per topic; `replication` -1 = the broker's default.
    static func plans(partitions: Int, replication: Int, minInSync: Int? = nil) -> [TopicPlan] {
        Topic.all.map { topic in
            var configs: [String: String] = [:]
            switch topic {
            case Topic.cases:
                configs["retention.ms"] = "-1"
                configs["retention.bytes"] = "-1"
                if let minInSync { configs["min.insync.replicas"] = "\(minInSync)" }
            case Topic.vault: configs["cleanup.policy"] = "compact"
            case Topic.clock:
                // The broker's own time: what a machine's clock is held against.
                configs["message.timestamp.type"] = "LogAppendTime"
                configs["retention.ms"] = "\(86_400_000)"
            case Topic.replies: configs["retention.ms"] = "\(86_400_000)"
            default: configs["retention.ms"] = month
            }
            return TopicPlan(
                name: topic, partitions: topic == Topic.clock ? 1 : partitions, replication: replication,
                configs: configs)
        }
    }
}

/// `caseloop topics`.
struct TopicsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topics", abstract: "Kafka 主题", subcommands: [Create.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create", abstract: "建立全部主题;those that exist stay as they are")

        @OptionGroup var stack: StackOptions
        @Option(help: "Partitions of every topic; fixed for the life of a deployment.") var partitions = 12
        @Option(help: "Copies of each record; from 2 on `cases` gets min.insync.replicas 2.") var replication = 3

        func validate() throws {
            guard (1...1000).contains(partitions) else { throw ValidationError("--partitions: 1 to 1000") }
            guard replication == -1 || (1...10).contains(replication) else {
                throw ValidationError("--replication: 1 to 10, or -1 for the broker's default")
            }
        }

        func run() async throws {
            let admin = try Admin(settings: try stack.kafka())
            let before = try await admin.topics()
            let plans = Topics.plans(
                partitions: partitions, replication: replication, minInSync: replication >= 2 ? 2 : nil)
            try await admin.createTopics(plans)
            await admin.close()
            for plan in plans {
                let state = before[plan.name] == nil ? "created" : "there already"
                print("\(plan.name): \(plan.partitions) partitions, \(state)")
            }
        }
    }
}

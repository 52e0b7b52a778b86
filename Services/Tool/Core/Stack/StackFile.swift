import ArgumentParser
import Foundation
import Kafka

/// `DATA/stack.json`: what other commands need to know of a stack that `up` started.
struct StackFile: Codable, Sendable, Equatable {
    static let name = "stack.json"
    /// Options for a LocalBroker: it holds back an empty fetch for as long as it is told, whatever comes in meanwhile. A fetch costs
    /// both sides processor time for each partition in it, so more partitions are asked for less often.
    static func localBroker(partitions: Int = 12) -> [String: String] {
        ["KAFKA_FETCH_WAIT_MAX_MS": "\(10 * max(1, (partitions + 11) / 12))"]
    }
    /// `host:port` of the broker.
    var broker: String
    /// Unix socket of the LocalBroker; nil for a real one.
    var brokerSocket: String?
    /// First port; 0 = see `endpoints.json`.
    var portBase: Int
    /// Reference folder; nil = the sample.
    var reference: String?
    /// The process that is `up`.
    var pid: Int32

    static func read(data: URL) -> StackFile? {
        guard let bytes = FileManager.default.contents(atPath: data.appending(path: name).path) else { return nil }
        return try? JSONDecoder().decode(StackFile.self, from: bytes)
    }

    func write(data: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: data.appending(path: Self.name), options: .atomic)
    }
}

/// Options of every command that looks at a stack: which one.
struct StackOptions: ParsableArguments {
    @Option(help: "Data folder of the stack; default: CASELOOP_DATA, else the newest run under ./run.")
    var data: String?
    @Option(help: "Broker HOST:PORT; default: KAFKA_BOOTSTRAP_SERVERS, else the one `up` wrote into the data folder.")
    var broker: String?

    /// The data folder.
    /// - Throws: `InputFault` when none can be found.
    func dataFolder() throws(InputFault) -> URL {
        if let data { return URL(filePath: data, directoryHint: .isDirectory) }
        if let data = ProcessInfo.processInfo.environment["CASELOOP_DATA"], !data.isEmpty {
            return URL(filePath: data, directoryHint: .isDirectory)
        }
        let root = URL(filePath: "run", directoryHint: .isDirectory)
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []).sorted(by: >)
        for name in names where StackFile.read(data: root.appending(path: name)) != nil {
            return root.appending(path: name, directoryHint: .isDirectory)
        }
        throw InputFault(place: "run", detail: "no run folder here: start `caseloop up`, or give --data FOLDER")
    }

    /// How to reach the broker, with every `KAFKA_*` option of the environment.
    /// - Throws: `InputFault` naming what is missing or wrong.
    func kafka() throws(InputFault) -> KafkaSettings {
        var environment = ProcessInfo.processInfo.environment
        if let broker { environment["KAFKA_BOOTSTRAP_SERVERS"] = broker }
        if (environment["KAFKA_BOOTSTRAP_SERVERS"] ?? "").isEmpty {
            guard let file = StackFile.read(data: try dataFolder()) else {
                throw InputFault(place: "--broker", detail: "no broker is known: give --broker HOST:PORT")
            }
            environment["KAFKA_BOOTSTRAP_SERVERS"] = file.broker
            if file.brokerSocket != nil { environment.merge(StackFile.localBroker()) { _, ours in ours } }
        }
        do { return try KafkaSettings.fromEnvironment(environment).settings } catch {
            throw InputFault(place: "KAFKA_*", detail: "\(error)")
        }
    }
}

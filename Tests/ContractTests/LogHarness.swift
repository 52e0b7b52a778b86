import CaseLog
import Contracts
import Kafka
import Testing

/// A log with a handle on its broker, so that one suite can be run on every adapter.
struct LogHarness: Sendable {
    var log: any Log
    /// The broker goes away, or comes back.
    var broker: @Sendable (_ up: Bool) throws -> Void
    /// Makes the oldest entries of a partition disappear.
    var forget: @Sendable (_ topic: String, _ partition: Int32) async -> Void
    var stop: @Sendable () async -> Void
}

/// The adapters of the port.
enum Adapter: String, CaseIterable, Sendable {
    case memory, kafka

    func open(_ topics: [String: Int32]) async throws -> LogHarness {
        switch self {
        case .memory:
            let log = MemoryLog(topics)
            return LogHarness(
                log: log, broker: { up in log.broker(up ? nil : LogFault(.retry, "the broker is away")) },
                forget: { log.trim($0, $1, below: 2) }, stop: {})
        case .kafka:
            let broker = try LocalBroker(topics: topics.mapValues(Int.init))
            var settings = try KafkaSettings(bootstrapServers: broker.bootstrapServers)
            settings.fetchWait = .milliseconds(10)
            settings.messageTimeout = .seconds(1)
            settings.requestTimeout = .seconds(2)
            let log = try KafkaLog(settings: settings)
            return LogHarness(
                log: log, broker: { up in if up { try broker.brokerUp() } else { try broker.brokerDown() } },
                // It keeps 5 MiB of a partition.
                forget: { topic, partition in
                    let filler = message("filler", size: 500_000)
                    for _ in 0..<14 {
                        _ = await log.publish([LogOut(topic: topic, partition: partition, message: filler)])
                    }
                },
                stop: {
                    await log.close()
                    broker.stop()
                })
        }
    }
}

func withLog(
    _ adapter: Adapter, _ topics: [String: Int32] = ["t": 3], _ body: (LogHarness) async throws -> Void
) async throws {
    let harness = try await adapter.open(topics)
    do {
        try await body(harness)
        await harness.stop()
    } catch {
        await harness.stop()
        throw error
    }
}

func message(_ text: String, key: String = "k", size: Int? = nil) -> Message {
    Message(
        key: Array(key.utf8), value: size.map { [UInt8](repeating: 120, count: $0) } ?? Array(text.utf8),
        headers: [Contracts.Header(HeaderName.id, text)])
}

extension Log {
    /// Publishes and expects every message to land.
    func land(_ texts: [String], _ topic: String = "t", _ partition: Int32 = 0) async throws -> [Int64] {
        let outs = texts.map { LogOut(topic: topic, partition: partition, message: message($0)) }
        return try await publish(outs).map { try $0.get() }
    }

    /// Reads on until `count` entries are here or ten seconds are over.
    func readAll(
        _ topic: String = "t", _ partition: Int32 = 0, from offset: Int64 = 0, count: Int
    ) async throws -> [LogEntry] {
        var all: [LogEntry] = []
        let deadline = ContinuousClock.now + .seconds(60)
        while all.count < count, .now < deadline {
            let next = all.last.map { $0.offset + 1 } ?? offset
            let some = try await read(topic, partition, from: next, max: 100)
            all += some
            if some.isEmpty { await wait(for: [LogPlace(topic, partition, next)], atMost: .seconds(1)) }
        }
        return all
    }
}

/// The fault of a call that has to fail.
func fault(_ call: () async throws(LogFault) -> Void) async -> LogFault? {
    do {
        try await call()
        return nil
    } catch {
        return error
    }
}

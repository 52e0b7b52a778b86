import Testing

@testable import Kafka

/// A broker of its own for each test, gone at its end.
func withBroker<T>(
    _ topics: [String: Int], _ body: (LocalBroker, KafkaSettings) async throws -> T
) async throws -> T {
    let broker = try LocalBroker(topics: topics)
    do {
        let result = try await body(broker, try settings(broker))
        await stop(broker)
        return result
    } catch {
        await stop(broker)
        throw error
    }
}

/// The mock takes up to a second to stop: not on the pool.
private func stop(_ broker: LocalBroker) async {
    let stopped: Void? = await Offload.run(within: .seconds(10)) { broker.stop() }
    #expect(stopped != nil, "the broker did not stop")
}

func settings(_ broker: LocalBroker, options: [String: String] = [:]) throws -> KafkaSettings {
    var settings = try KafkaSettings(bootstrapServers: broker.bootstrapServers, options: options)
    settings.fetchWait = .milliseconds(10)
    settings.linger = .zero
    // The mock elects a leader 3 s after the first join; a shorter session would expire meanwhile.
    settings.sessionTimeout = .seconds(4)
    return settings
}

/// Polls until `count` records are here or the limit is over.
func read(
    _ reader: PartitionReader, _ count: Int, within limit: Duration = .seconds(60)
) async throws -> [ConsumedRecord] {
    let deadline = ContinuousClock.now + limit
    var all: [ConsumedRecord] = []
    while all.count < count, .now < deadline {
        let some = try reader.poll(max: 5000)
        all += some
        if some.isEmpty { await reader.wait(until: min(deadline, .now + .seconds(1))) }
    }
    return all
}

/// Asks again until true or the limit is over.
func eventually(within limit: Duration = .seconds(60), _ condition: () async throws -> Bool) async rethrows -> Bool {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
        if try await condition() { return true }
        await WakeSignal().wait(atMost: .milliseconds(20))
    }
    return try await condition()
}

func text(_ string: String) -> [UInt8] { Array(string.utf8) }

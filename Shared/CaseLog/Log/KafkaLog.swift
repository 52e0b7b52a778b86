import Contracts
public import Kafka
public import Logging
import Synchronization

/// The log on a Kafka cluster.
///
/// It keeps one place per partition: whoever reads the same partition at two distant places at once wants two logs.
public final class KafkaLog: Log {
    struct State {
        /// There is a topic `clock`: asked once, so that a probe while the broker is away holds up no shutdown.
        var hasClock = false
        var feeds: [TopicPartition: PartitionFeed] = [:]
        var counts: [String: Int] = [:]
        var countsAt: ContinuousClock.Instant?
    }

    private let producer: Producer
    let reader: Reader
    private let admin: Admin
    let state = Mutex(State())

    /// Opens the clients; the broker need not be there yet.
    /// - Throws: `stop` if the options do not go together.
    public init(settings: KafkaSettings, logger: Logger = Logger(label: "caseloop.log")) throws(KafkaError) {
        producer = try Producer(settings: settings, logger: logger)
        reader = try Reader(settings: settings, logger: logger)
        admin = try Admin(settings: settings, logger: logger)
    }

    /// Sends what is on its way, then frees the clients.
    public func close(within limit: Duration = .seconds(5)) async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.producer.close(within: limit) }
            group.addTask { await self.reader.close(within: limit) }
            group.addTask { await self.admin.close(within: limit) }
        }
        state.withLock { $0.feeds.removeAll() }
    }

    public func publish(_ batch: [LogOut]) async -> [Result<Int64, LogFault>] {
        let results = await producer.send(
            batch.map { out in
                ProducerRecord(
                    topic: out.topic, partition: out.partition, key: out.message.key, value: out.message.value,
                    headers: out.message.headers.map { Kafka.Header($0.name, $0.value) })
            })
        var ends: [TopicPartition: Int64] = [:]
        for (out, result) in zip(batch, results) {
            guard case .success(let delivery) = result else { continue }
            let place = TopicPartition(out.topic, delivery.partition)
            ends[place] = Swift.max(ends[place] ?? 0, delivery.offset + 1)
        }
        // A reader of the partition knows now what it has to wait for.
        state.withLock { state in
            for (place, end) in ends { state.feeds[place]?.learn(end: end) }
        }
        return results.map { $0.map(\.offset).mapError(LogFault.init) }
    }

    public func read(
        _ topic: String, _ partition: Int32, from offset: Int64, max: Int
    ) async throws(LogFault) -> [LogEntry] {
        guard max > 0 else { return [] }
        return try await feed(topic, partition).read(from: offset, max: max)
    }

    public func watermarks(_ topic: String, _ partition: Int32) async throws(LogFault) -> Watermarks {
        do {
            let marks = try await admin.watermarks(topic, partition)
            state.withLock { $0.feeds[TopicPartition(topic, partition)]?.learn(end: marks.high) }
            return Watermarks(low: marks.low, high: marks.high)
        } catch {
            throw LogFault(error)
        }
    }

    /// As of at most ten seconds ago, so that an edge may ask for each command.
    public func partitionCount(_ topic: String) async throws(LogFault) -> Int32 {
        let (known, at) = state.withLock { ($0.counts[topic], $0.countsAt) }
        if let known, let at, ContinuousClock.now - at < .seconds(10) { return Int32(known) }
        do {
            let counts = try await admin.topics()
            state.withLock { state in
                state.counts = counts
                state.countsAt = .now
            }
            guard let count = counts[topic] else {
                throw LogFault(.stop, "no topic \(topic): create it first (caseloop topics create)")
            }
            return Int32(count)
        } catch let error as KafkaError {
            if let known { return Int32(known) }
            throw LogFault(error)
        } catch let fault as LogFault {
            throw fault
        } catch {
            throw LogFault(.retry, "\(error)")
        }
    }

    public func wait(for places: [LogPlace], atMost limit: Duration) async {
        let deadline = ContinuousClock.now + limit
        var signals: [WakeSignal] = []
        for place in places {
            let found = state.withLock { $0.feeds[TopicPartition(place.topic, place.partition)] }
            // A place nobody has read yet is opened by the caller's next read.
            guard let found, let signal = found.signal(at: place.offset) else { return await pause(until: deadline) }
            signals.append(signal)
        }
        await WakeSignal.wait(any: signals, until: deadline)
    }

    public func release(_ topic: String, _ partition: Int32) async {
        let feed = state.withLock { $0.feeds.removeValue(forKey: TopicPartition(topic, partition)) }
        await feed?.close()
    }

    private func pause(until deadline: ContinuousClock.Instant) async {
        try? await Task.sleep(until: min(deadline, .now + .milliseconds(5)), clock: .continuous)
    }

    private func feed(_ topic: String, _ partition: Int32) async throws(LogFault) -> PartitionFeed {
        let place = TopicPartition(topic, partition)
        if let known = state.withLock({ $0.feeds[place] }) { return known }
        // LocalBroker makes any topic it is asked about, so look first.
        guard try await partitionCount(topic) > partition, partition >= 0 else {
            throw LogFault(.stop, "no partition \(place)")
        }
        return state.withLock { state in
            if let known = state.feeds[place] { return known }
            let made = PartitionFeed(place, reader)
            state.feeds[place] = made
            return made
        }
    }
}

extension LogFault {
    /// What a fault of the broker means to the runtime.
    init(_ error: KafkaError) {
        let remedy: Remedy =
            switch error.remedy {
            case .skip: .skip
            case .stop: error.isHole ? .rebuild : .stop
            case .retry, .wait, .rewind, .rejoin, .rebuild: .retry
            }
        self.init(remedy, error.description)
    }
}

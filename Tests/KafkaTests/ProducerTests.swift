import Testing

@testable import Kafka

@Suite(.serialized) struct ProducerTests {
    @Test("Records come back with key, value, headers and time, and null stays apart from empty")
    func nullsAndEmpties() async throws {
        try await withBroker(["t": 2]) { _, settings in
            let producer = try Producer(settings: settings)
            let reader = try Reader(settings: settings)
            let headers = [Header("a", text: "1"), Header("a", nil), Header("b", []), Header("名", text: "值")]
            let records = [
                ProducerRecord(
                    topic: "t", partition: 1, key: text("k"), value: text("v"), headers: headers,
                    timestampMs: 1_700_000_000_123),
                ProducerRecord(topic: "t", partition: 1, key: nil, value: nil),
                ProducerRecord(topic: "t", partition: 1, key: [], value: []),
            ]
            let results = await producer.send(records)
            #expect(try results.map { try $0.get() } == (0..<3).map { Delivery(partition: 1, offset: $0) })
            let partition = try await reader.open("t", 1, from: .beginning)
            let back = try await read(partition, 3)
            #expect(back.map(\.key) == [text("k"), nil, []])
            #expect(back.map(\.value) == [text("v"), nil, []])
            #expect(back[0].headers == headers)
            #expect(back[0].timestampMs == 1_700_000_000_123)
            #expect(back.map(\.offset) == [0, 1, 2])
            await reader.close()
            await producer.close()
        }
    }

    @Test(
        "Keys go to the partition Java's clients choose",
        arguments: [("410803001", 6), ("410803002", 6), ("kafka", 6), ("", 6)])
    func partitions(key: String, count: Int) async throws {
        try await withBroker(["t": count]) { _, settings in
            let producer = try Producer(settings: settings)
            let delivery = try await producer.send(ProducerRecord(topic: "t", key: text(key), value: []))
            #expect(delivery.partition == Int32(murmur2(text(key)) & 0x7fff_ffff) % Int32(count))
            await producer.close()
        }
    }

    @Test("100,000 records in one batch are all acknowledged, in order, though the producer holds far fewer")
    func bigBatch() async throws {
        try await withBroker(["t": 1]) { _, base in
            var settings = base
            settings.maxInFlightRecords = 5000
            settings.linger = .milliseconds(1)
            let producer = try Producer(settings: settings)
            let records = (0..<100_000).map { ProducerRecord(topic: "t", partition: 0, value: text("\($0)")) }
            let results = await producer.send(records)
            #expect(results.count == 100_000)
            let offsets = try results.map { try $0.get().offset }
            #expect(offsets == Array(0..<100_000))
            #expect(producer.inFlight == 0)
            await producer.close()
        }
    }

    @Test("A full producer makes send wait for bytes too, and everything gets through")
    func backPressureByBytes() async throws {
        try await withBroker(["t": 1]) { broker, base in
            var settings = base
            settings.maxInFlightBytes = 64 << 10
            let producer = try Producer(settings: settings)
            try broker.setRoundTrip(.milliseconds(20))
            let payload = [UInt8](repeating: 7, count: 10_000)
            let outcomes = await withTaskGroup(of: [Result<Delivery, KafkaError>].self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        await producer.send(
                            Array(repeating: ProducerRecord(topic: "t", partition: 0, value: payload), count: 20))
                    }
                }
                return await group.reduce(into: []) { $0 += $1 }
            }
            #expect(outcomes.count == 80)
            #expect(Set(try outcomes.map { try $0.get().offset }) == Set(0..<80))
            await producer.close()
        }
    }

    @Test("With the broker down delivery fails with remedy rewind after the message timeout, and works when it is up")
    func brokerDownThenUp() async throws {
        try await withBroker(["t": 1]) { broker, base in
            var settings = base
            settings.messageTimeout = .milliseconds(1000)
            let producer = try Producer(settings: settings)
            _ = try await producer.send(ProducerRecord(topic: "t", partition: 0, value: text("before")))
            try broker.brokerDown()
            let failed = await producer.send([ProducerRecord(topic: "t", partition: 0, value: text("during"))])
            guard case .failure(let error) = failed[0] else { Issue.record("delivered without a broker"); return }
            #expect(error.remedy == .rewind)
            try broker.brokerUp()
            let reached = await eventually {
                if case .success = await producer.send([ProducerRecord(topic: "t", partition: 0, value: [])])[0] {
                    return true
                }
                return false
            }
            #expect(reached)
            await producer.close()
        }
    }

    @Test(
        "An error the broker will get over is retried inside; one it will not is told",
        arguments: [(6, true), (10, false)])
    func injectedErrors(code: Int32, recovers: Bool) async throws {
        try await withBroker(["t": 1]) { broker, settings in
            let producer = try Producer(settings: settings)
            _ = try await producer.send(ProducerRecord(topic: "t", partition: 0, value: []))
            try broker.pushErrors(.produce, [code, code])
            let result = await producer.send([ProducerRecord(topic: "t", partition: 0, value: [])])[0]
            switch result {
            case .success: #expect(recovers)
            case .failure(let error):
                #expect(!recovers)
                #expect(error.remedy == .skip, "\(error)")
            }
            await producer.close()
        }
    }

    @Test("A record larger than the limit fails alone, with remedy skip")
    func tooLarge() async throws {
        try await withBroker(["t": 1]) { _, settings in
            let producer = try Producer(settings: settings)
            let results = await producer.send([
                ProducerRecord(topic: "t", partition: 0, value: text("a")),
                ProducerRecord(topic: "t", partition: 0, value: [UInt8](repeating: 1, count: 2 << 20)),
                ProducerRecord(topic: "t", partition: 0, value: text("b")),
            ])
            #expect(try results[0].get().offset == 0)
            #expect(throws: KafkaError.self) { try results[1].get() }
            if case .failure(let error) = results[1] { #expect(error.remedy == .skip) }
            #expect(try results[2].get().offset == 1)
            await producer.close()
        }
    }

    @Test("After a fatal error the producer goes on with a new client")
    func rebuild() async throws {
        try await withBroker(["t": 1]) { _, settings in
            let producer = try Producer(settings: settings)
            _ = try await producer.send(ProducerRecord(topic: "t", partition: 0, value: []))
            producer.killClientForTest()
            let results = await producer.send([ProducerRecord(topic: "t", partition: 0, value: [])])
            #expect(throws: Never.self) { try results[0].get() }
            #expect(producer.rebuilds == 1)
            await producer.close()
        }
    }

    @Test("A cancelled send returns at once and says that the outcome is unknown")
    func cancelled() async throws {
        try await withBroker(["t": 1]) { broker, settings in
            let producer = try Producer(settings: settings)
            try broker.brokerDown()
            let results = await withTaskGroup(of: [Result<Delivery, KafkaError>].self) { group in
                group.addTask { await producer.send([ProducerRecord(topic: "t", partition: 0, value: [])]) }
                group.cancelAll()
                return await group.next() ?? []
            }
            #expect(results.count == 1)
            if case .failure(let error) = results[0] {
                #expect(error.isCancellation && error.remedy == .rewind)
            } else {
                Issue.record("delivered without a broker")
            }
            await producer.close(within: .milliseconds(200))
        }
    }

    @Test("Close under load fails what is left, resumes every sender, and is bounded")
    func closeUnderLoad() async throws {
        try await withBroker(["t": 1]) { broker, settings in
            let producer = try Producer(settings: settings)
            try broker.setRoundTrip(.milliseconds(300))
            await withTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        await producer.send((0..<2000).map { _ in ProducerRecord(topic: "t", value: [1, 2, 3]) }).count
                    }
                }
                group.addTask {
                    await producer.close(within: .milliseconds(100))
                    return 2000
                }
                for await count in group { #expect(count == 2000) }
            }
            let late = await producer.send([ProducerRecord(topic: "t", value: [])])
            if case .failure(let error) = late[0] { #expect(error.remedy == .rebuild) }
        }
    }
}

/// Java's murmur2, as in the protocol's clients.
private func murmur2(_ data: [UInt8]) -> UInt32 {
    let m: UInt32 = 0x5bd1_e995
    var h: UInt32 = 0x9747_b28c ^ UInt32(data.count)
    let words = data.count / 4
    for i in 0..<words {
        var k = (0..<4).reduce(UInt32(0)) { $0 | UInt32(data[i * 4 + $1]) << UInt32(8 * $1) }
        k = k &* m
        k ^= k >> 24
        k = k &* m
        h = (h &* m) ^ k
    }
    let tail = data.count & 3
    if tail == 3 { h ^= UInt32(data[words * 4 + 2]) << 16 }
    if tail >= 2 { h ^= UInt32(data[words * 4 + 1]) << 8 }
    if tail >= 1 {
        h ^= UInt32(data[words * 4])
        h = h &* m
    }
    h ^= h >> 13
    h = h &* m
    return h ^ (h >> 15)
}

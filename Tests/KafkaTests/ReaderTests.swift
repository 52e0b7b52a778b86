import Testing

@testable import Kafka

@Suite(.serialized) struct ReaderTests {
    private func fill(_ settings: KafkaSettings, _ partition: Int32, _ count: Int, size: Int = 10) async throws {
        let producer = try Producer(settings: settings)
        let value = [UInt8](repeating: 65, count: size)
        let results = await producer.send(
            Array(repeating: ProducerRecord(topic: "t", partition: partition, value: value), count: count))
        for result in results { _ = try result.get() }
        await producer.close()
    }

    @Test("Many partitions are read through one client, each from its own position, and can come and go")
    func manyPartitions() async throws {
        try await withBroker(["t": 4]) { _, settings in
            for partition in 0..<4 { try await fill(settings, Int32(partition), 100) }
            let reader = try Reader(settings: settings)
            let first = try await reader.open("t", 0, from: .beginning)
            let second = try await reader.open("t", 1, from: .offset(40))
            let third = try await reader.open("t", 2, from: .end)
            #expect(try await read(first, 100).map(\.offset) == Array(0..<100))
            #expect(try await read(second, 60).map(\.offset) == Array(40..<100))
            #expect(third.start == 100)
            #expect(try third.poll(max: 10).isEmpty)
            try await fill(settings, 2, 5)
            #expect(try await read(third, 5).map(\.offset) == Array(100..<105))
            #expect(third.position == 105)
            #expect(third.lastKnownEnd == 105)
            await reader.close(first)
            let again = try await reader.open("t", 0, from: .offset(90))
            #expect(try await read(again, 10).map(\.offset) == Array(90..<100))
            await #expect(throws: KafkaError.self) { try await reader.open("t", 1, from: .beginning) }
            await reader.close()
            #expect(throws: KafkaError.self) { try again.poll(max: 1) }
        }
    }

    @Test("One signal wakes the owner of several partitions, and raises for what a poll left behind")
    func sharedSignal() async throws {
        try await withBroker(["t": 2]) { _, settings in
            let reader = try Reader(settings: settings)
            let signal = WakeSignal()
            let both = [
                try await reader.open("t", 0, from: .beginning, signal: signal),
                try await reader.open("t", 1, from: .beginning, signal: signal),
            ]
            try await fill(settings, 0, 50)
            try await fill(settings, 1, 50)
            var seen = 0
            let deadline = ContinuousClock.now + .seconds(60)
            while seen < 100, .now < deadline {
                await signal.wait(until: deadline)
                for one in both { seen += try one.poll(max: 7).count }
            }
            #expect(seen == 100)
            await reader.close()
        }
    }

    @Test("A position outside the log is refused and the hole is named", arguments: [Int64(101), 5000])
    func beyondTheEnd(offset: Int64) async throws {
        try await withBroker(["t": 1]) { _, settings in
            try await fill(settings, 0, 100)
            let reader = try Reader(settings: settings)
            let error = await #expect(throws: KafkaError.self) {
                _ = try await reader.open("t", 0, from: .offset(offset))
            }
            #expect(error?.isHole == true && error?.remedy == .stop)
            #expect(error?.detail.contains("\(offset)") == true && error?.detail.contains("0..<100") == true)
            let atEnd = try await reader.open("t", 0, from: .offset(100))
            #expect(try atEnd.poll(max: 1).isEmpty)
            await reader.close()
        }
    }

    @Test("Records removed before a slow reader got to them are an error, never skipped")
    func truncated() async throws {
        try await withBroker(["t": 1]) { _, base in
            var settings = base
            settings.readAheadBytes = 64 << 10
            try await fill(settings, 0, 100, size: 1000)
            let reader = try Reader(settings: settings)
            let partition = try await reader.open("t", 0, from: .offset(10))
            #expect(try await read(partition, 1).first?.offset == 10)
            // The broker keeps 5 MiB of a partition.
            try await fill(settings, 0, 12_000, size: 1000)
            var offset = partition.position
            var hole: KafkaError?
            _ = await eventually {
                do {
                    for record in try partition.poll(max: 1000) {
                        #expect(record.offset == offset)
                        offset = record.offset + 1
                    }
                } catch { hole = error as? KafkaError }
                return hole != nil
            }
            #expect(hole?.isHole == true && hole?.remedy == .stop)
            #expect(hole?.detail.contains("offset \(offset) of t/0") == true)
            await #expect(throws: KafkaError.self) { _ = try await reader.open("t", 0, from: .offset(0)) }
            await reader.close()
        }
    }

    @Test("A partition nobody polls stops reading ahead at its limit and holds back no other")
    func boundedReadAhead() async throws {
        try await withBroker(["t": 2]) { _, base in
            var settings = base
            settings.readAheadBytes = 100 << 10
            // Batches of at most 50 kB, so that the limit can bite.
            let small = try KafkaSettings(bootstrapServers: base.bootstrapServers, options: ["batch.size": "50000"])
            try await fill(small, 0, 4000, size: 1000)
            try await fill(small, 1, 4000, size: 1000)
            let reader = try Reader(settings: settings)
            let idle = try await reader.open("t", 0, from: .beginning)
            let busy = try await reader.open("t", 1, from: .beginning)
            #expect(try await read(busy, 4000, within: .seconds(90)).count == 4000)
            #expect(idle.readAheadForTest < 1000)
            #expect(try await read(idle, 4000, within: .seconds(90)).map(\.offset) == Array(0..<4000))
            await reader.close()
        }
    }

    @Test("Reading goes on by itself after the broker was away")
    func brokerAway() async throws {
        try await withBroker(["t": 1]) { broker, settings in
            try await fill(settings, 0, 10)
            let reader = try Reader(settings: settings)
            let partition = try await reader.open("t", 0, from: .beginning)
            #expect(try await read(partition, 10).count == 10)
            try broker.brokerDown()
            #expect(try partition.poll(max: 10).isEmpty)
            try broker.brokerUp()
            try await fill(settings, 0, 10)
            #expect(try await read(partition, 10).map(\.offset) == Array(10..<20))
            await reader.close()
        }
    }

    @Test("Closing with a full read-ahead and unpolled records is bounded")
    func closeUnpolled() async throws {
        try await withBroker(["t": 3]) { _, settings in
            for partition in 0..<3 { try await fill(settings, Int32(partition), 2000, size: 500) }
            let reader = try Reader(settings: settings)
            for partition in 0..<3 { _ = try await reader.open("t", Int32(partition), from: .beginning) }
            await reader.close()
        }
    }

    @Test("A broker that is away makes open fail in time, with a remedy other than stop")
    func openWithoutBroker() async throws {
        try await withBroker(["t": 1]) { broker, base in
            var settings = base
            settings.requestTimeout = .milliseconds(500)
            try broker.brokerDown()
            let reader = try Reader(settings: settings)
            let error = await #expect(throws: KafkaError.self) { _ = try await reader.open("t", 0, from: .beginning) }
            #expect(error?.remedy == .retry || error?.remedy == .wait)
            await reader.close()
        }
    }
}

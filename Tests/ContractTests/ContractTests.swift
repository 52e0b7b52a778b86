import CaseLog
import Contracts
import Testing

/// What the runtime relies on, on every adapter of the port `Log`.
@Suite struct ContractTests {
    @Test("Messages come back as they were published, in order, null apart from empty", arguments: Adapter.allCases)
    func roundTrip(adapter: Adapter) async throws {
        try await withLog(adapter) { harness in
            let messages = [
                message("one"), Message(key: nil, value: nil, headers: [Header("h", nil as [UInt8]?)]),
                Message(key: [], value: [], headers: [Header("h", [UInt8]()), Header("h", "again")]),
            ]
            let results = await harness.log.publish(messages.map { LogOut(topic: "t", partition: 1, message: $0) })
            #expect(try results.map { try $0.get() } == [0, 1, 2])
            let back = try await harness.log.readAll("t", 1, count: 3)
            #expect(back.map(\.offset) == [0, 1, 2])
            #expect(back.map(\.message) == messages)
        }
    }

    @Test("A key goes to the partition the partitioner names", arguments: Adapter.allCases)
    func partitioner(adapter: Adapter) async throws {
        try await withLog(adapter) { harness in
            for key in ["410803001", "410803~7", "unit:A-1", "人"] {
                let result = await harness.log.publish([LogOut(topic: "t", message: message("x", key: key))])
                let offset = try result[0].get()
                let partition = Partitioner.partition(of: Array(key.utf8), count: 3)
                let found = try await harness.log.readAll("t", partition, from: offset, count: 1)
                #expect(found.first?.message.keyText == key)
            }
        }
    }

    @Test(
        "The end reads as empty, the same place reads the same again, an earlier one too", arguments: Adapter.allCases)
    func places(adapter: Adapter) async throws {
        try await withLog(adapter) { harness in
            let log = harness.log
            #expect(try await log.read("t", 0, from: 0, max: 10).isEmpty)
            _ = try await log.land((0..<10).map(String.init))
            #expect(try await log.readAll(count: 10).count == 10)
            #expect(try await log.read("t", 0, from: 10, max: 10).isEmpty)
            #expect(try await log.readAll(from: 4, count: 6).map(\.offset) == Array(4..<10))
            let first = try await log.read("t", 0, from: 7, max: 2)
            #expect(first.map(\.offset) == [7, 8])
            #expect(try await log.read("t", 0, from: 7, max: 2) == first)
            #expect(try await log.read("t", 0, from: 8, max: 9).first?.offset == 8)
        }
    }

    @Test("What was just published is there at the next read", arguments: Adapter.allCases)
    func readYourWrites(adapter: Adapter) async throws {
        try await withLog(adapter) { harness in
            _ = try await harness.log.read("t", 0, from: 0, max: 1)
            for round in 0..<20 {
                let offset = try await harness.log.land(["\(round)"])[0]
                #expect(try await harness.log.read("t", 0, from: offset, max: 5).map(\.offset) == [offset])
            }
        }
    }

    @Test("Watermarks and partition counts are the broker's; what is not there is refused", arguments: Adapter.allCases)
    func ends(adapter: Adapter) async throws {
        try await withLog(adapter) { harness in
            let log = harness.log
            _ = try await log.land(["a", "b"])
            #expect(try await log.watermarks("t", 0) == Watermarks(low: 0, high: 2))
            #expect(try await log.watermarks("t", 1) == Watermarks(low: 0, high: 0))
            #expect(try await log.partitionCount("t") == 3)
            #expect(await fault { () throws(LogFault) in _ = try await log.partitionCount("none") }?.remedy == .stop)
            #expect(
                await fault { () throws(LogFault) in _ = try await log.read("t", 3, from: 0, max: 1) }?.remedy == .stop)
            #expect(
                await fault { () throws(LogFault) in _ = try await log.read("t", 0, from: 3, max: 1) }?.remedy
                    == .rebuild)
        }
    }

    @Test("A place whose entries are gone is refused with remedy rebuild, never skipped", arguments: Adapter.allCases)
    func hole(adapter: Adapter) async throws {
        try await withLog(adapter) { harness in
            let log = harness.log
            _ = try await log.land(["a", "b", "c"])
            await harness.forget("t", 0)
            let low = try await log.watermarks("t", 0).low
            #expect(low > 0)
            let hole = await fault { () throws(LogFault) in _ = try await log.read("t", 0, from: 0, max: 1) }
            #expect(hole?.remedy == .rebuild)
            #expect(try await log.readAll(from: low, count: 1).first?.offset == low)
        }
    }

    @Test("A wait ends when an entry arrives at one of the places, and at its limit", arguments: Adapter.allCases)
    func waiting(adapter: Adapter) async throws {
        try await withLog(adapter) { harness in
            let log = harness.log
            let places = [LogPlace("t", 0, 0), LogPlace("t", 1, 0), LogPlace("t", 2, 0)]
            for place in places { _ = try await log.read(place.topic, place.partition, from: 0, max: 1) }
            await log.wait(for: places, atMost: .milliseconds(100))
            try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask {
                    let deadline = ContinuousClock.now + .seconds(60)
                    while .now < deadline {
                        for place in places {
                            let found = try await log.read(place.topic, place.partition, from: 0, max: 1)
                            if !found.isEmpty { return Int(place.partition) }
                        }
                        await log.wait(for: places, atMost: .seconds(60))
                    }
                    return -1
                }
                _ = try await log.land(["late"], "t", 2)
                #expect(try await group.next() == 2)
            }
        }
    }

    @Test("A released partition can be read again, and each partition has its own order", arguments: Adapter.allCases)
    func release(adapter: Adapter) async throws {
        try await withLog(adapter) { harness in
            let log = harness.log
            for partition in 0..<3 {
                _ = try await log.land((0..<50).map { "\(partition)-\($0)" }, "t", Int32(partition))
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for partition in 0..<3 {
                    group.addTask {
                        let all = try await log.readAll("t", Int32(partition), count: 50)
                        #expect(all.map { $0.message[HeaderName.id] } == (0..<50).map { "\(partition)-\($0)" })
                        await log.release("t", Int32(partition))
                        #expect(try await log.readAll("t", Int32(partition), from: 20, count: 30).count == 30)
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test(
        "While the broker is away calls fail with remedy retry; afterwards everything works again",
        arguments: Adapter.allCases)
    func outage(adapter: Adapter) async throws {
        try await withLog(adapter) { harness in
            let log = harness.log
            _ = try await log.land(["a"])
            #expect(try await log.readAll(count: 1).count == 1)
            try harness.broker(false)
            let failed = await log.publish([LogOut(topic: "t", partition: 0, message: message("b"))])
            if case .failure(let fault) = failed[0] {
                #expect(fault.remedy == .retry)
            } else {
                Issue.record("landed without a broker")
            }
            #expect(await fault { () throws(LogFault) in _ = try await log.watermarks("t", 0) }?.remedy == .retry)
            try harness.broker(true)
            let deadline = ContinuousClock.now + .seconds(60)
            var landed: Int64?
            while landed == nil, .now < deadline {
                landed = try? await log.publish([LogOut(topic: "t", partition: 0, message: message("c"))])[0].get()
            }
            let offset = try #require(landed)
            #expect(try await log.readAll(from: offset, count: 1).first?.message[HeaderName.id] == "c")
        }
    }
}

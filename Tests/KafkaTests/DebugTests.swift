import Testing
import Logging
@testable import Kafka
@Test func dbg() async throws {
    let broker = try LocalBroker(topics: ["a": 2, "b": 2])
    var s = try settings(broker, options: ["debug": "cgrp"])
    s.sessionTimeout = .seconds(2)
    var l = Logger(label: "x"); l.logLevel = .trace
    let m = try GroupMember(group: "g", topics: ["a", "b"], settings: s, logger: l)
    let w = Witness("w")
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await m.run(w) }
        print("GOT", await eventually(within: .seconds(8)) { w.owned.count == 4 })
        await m.leave()
        try await group.waitForAll()
    }
}

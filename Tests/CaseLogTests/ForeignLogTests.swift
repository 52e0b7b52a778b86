import CaseLog
import Contracts
import Testing

@Suite("A store and its log")
struct ForeignLogTests {
    let log = MemoryLog(partitions: 3)
    let time = TestTime()

    @Test("A store refuses a log that is not its own", arguments: ["truncated", "recreated", "trimmed"])
    func otherLog(_ what: String) async throws {
        let desk = try Node(Desk(), log, time)
        try log.report("r1", place: "a")
        try await desk.settle()
        let store = desk.store
        let other = MemoryLog(partitions: 3)
        switch what {
        case "truncated": log.truncate(Topic.cases, 0, to: 1)
        case "recreated":
            for _ in 0..<3 {
                other.append(LogOut(topic: Topic.cases, partition: 0, message: Message(key: [1], value: [2])))
            }
        default: log.trim(Topic.cases, 0, below: 1)
        }
        let next = try Node(Desk(), what == "recreated" ? other : log, time)
        if what != "trimmed" {
            next.store = store
            try next.crash()
        }
        try await next.settle()
        guard case .failed = await next.owner.phase else {
            Issue.record("accepted: \(await next.owner.status)")
            return
        }
    }
}

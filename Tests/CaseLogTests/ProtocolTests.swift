import CaseLog
import Contracts
import Foundation
import GRDB
import Governance
import Testing

@Suite("The holes of protocol.md stay closed")
struct ProtocolTests {
    let log = MemoryLog(partitions: 3)
    let time = TestTime()

    @Test("N1: a retry decides a parked input under its first cause, and is ignored once that is answered")
    func retryOfParked() async throws {
        let desk = try Node(Desk(), log, time)
        desk.decider.broken.on = true
        let id = try log.report("r1", place: "a")
        try await desk.settle()
        #expect(log.types() == ["input.parked"])
        let letter = try #require(log.letters(.triage).first)
        #expect(letter.input.cause == id)
        #expect(letter.input.message == log.entries(Topic.reports, 0)[0].message)
        desk.decider.broken.on = false
        try log.retry(letter, at: time.now())
        try log.retry(letter, at: time.now())
        try await desk.settle()
        #expect(log.types() == ["input.parked", "ticket.opened"])
        #expect(log.counted().last?.headers.cause == id)
    }

    @Test("A parked cause that is parked again counts on: every parking is a fact of its own")
    func parkedTwice() async throws {
        let desk = try Node(Desk(), log, time)
        desk.decider.broken.on = true
        try log.report("r1", place: "a")
        try await desk.settle()
        try log.retry(try #require(log.letters(.triage).first), at: time.now())
        try await desk.settle()
        let ids = try log.counted().map { try #require(try $0.elements().first).id }
        #expect(ids.count == 2 && Set(ids).count == 2)
        #expect(log.letters(.triage).count == 2)
    }

    @Test("N2: a timer brought back that is not due opens its cause again, and fires later")
    func unparked() async throws {
        let shop = try await issued()
        time.pass(.seconds(61))
        shop.decider.broken.on = true
        try await shop.settle()
        #expect(log.types().last == "input.parked")
        shop.decider.broken.on = false
        let letter = try #require(log.letters(.dispatch).first)
        time.skewed(.seconds(5))
        // The clock is off: the retry meets an instant at which nothing is due.
        let fresh = try Node(Shop(), log, time)
        fresh.time.pass(.seconds(-120))
        try log.retry(letter, at: time.now())
        try await fresh.settle()
        #expect(log.types().last == "input.unparked")
        time.skewed(.zero)
        time.pass(.seconds(240))
        try await fresh.settle()
        #expect(log.types().count { $0 == "job.overdue" } == 1)
    }

    @Test("N3: a report with a known id and another body goes to the dead letters under its own cause")
    func otherBody() async throws {
        let desk = try Node(Desk(), log, time)
        let id = try log.report("r1", place: "a", text: "x")
        try log.report("r1", place: "a", text: "y")
        try log.report("r1", place: "a", text: "x")
        try await desk.settle()
        #expect(log.types() == ["ticket.opened", "input.parked"])
        let letter = try #require(log.letters(.triage).first)
        #expect(letter.input.cause == id)
        #expect(letter.parkedUnder != id)
        #expect(log.counted().last?.headers.cause == letter.parkedUnder)
    }

    @Test("N3: another body, and a repeat of the first one behind it in the same round: only the other one is parked")
    func otherBodyBeforeRepeat() async throws {
        let desk = try Node(Desk(), log, time)
        try log.report("r1", place: "a", text: "x")
        try await desk.settle()
        try log.report("r1", place: "a", text: "y")
        try log.report("r1", place: "a", text: "x")
        try await desk.settle()
        #expect(log.types() == ["ticket.opened", "input.parked"])
        #expect(log.letters(.triage).count == 1)
    }

    @Test("N5, N6: a record that lands late does nothing, and its writer, whoever that is then, decides what follows")
    func late() async throws {
        let desk = try Node(Desk(), log, time)
        let shop = try Node(Shop(), log, time)
        let first = try log.report("r1", place: "a")
        try await desk.settle()
        try await shop.settle()
        try await desk.settle()
        try log.report("r2", place: "a")
        try await desk.reach(.publish)
        try log.command("k", Toy("job.close", ["ticket": "T-\(first.wire)"]), at: time.now())
        try await shop.settle()
        _ = await desk.owner.step(StepLimits(fold: 1, take: 1))
        try desk.crash()
        try await desk.settle()
        #expect(log.types().suffix(3) == ["job.closed", "ticket.joined", "ticket.opened"])
        #expect(try desk.rows("SELECT * FROM jobs WHERE closed = 1").first?["reports"] == 1)
    }

    @Test("N6: a warning that lands after the sign sends no command")
    func lateSendsNothing() async throws {
        let shop = try await issued()
        time.pass(.seconds(61))
        try await shop.reach(.publish)
        // The sign stands in the log first, appended by nobody's mistake: another epoch's record before this one.
        let next = try Node(Shop(), log, time)
        next.time.pass(.seconds(-61))
        try log.command("k", Toy("job.sign", ["ticket": ticket]), at: time.now())
        try await next.settle()
        next.time.pass(.seconds(61))
        try await next.settle()
        #expect(!log.types().contains("job.overdue"))
        #expect(commands("job.count").isEmpty)
    }

    @Test("N7: a tick's command is sent by the next owner when the first died before", arguments: [false, true])
    func tickCommand(_ lost: Bool) async throws {
        let shop = try await issued()
        time.pass(.seconds(61))
        try await shop.reach(.send)
        #expect(log.types().suffix(2) == ["job.overdue", "command.ordered"])
        #expect(commands("job.count").isEmpty)
        try shop.crash(losingStore: lost)
        try await shop.settle()
        #expect(Set(commands("job.count").map { $0[HeaderName.id] }).count == 1)
        #expect(log.types().count { $0 == "job.overdue" } == 1)
    }

    @Test("N10: a person's command older than the window by log time expires; its answer is pruned by the same time")
    func expires() async throws {
        let shop = try await issued()
        let given = time.now()
        try log.command("k", Toy("job.sign", ["ticket": ticket]), at: given)
        try await shop.settle()
        time.pass(.seconds(8 * 86_400))
        try log.command("k2", Toy("job.count", ["job": "x"]), at: time.now())
        try await shop.settle()
        try log.command("k3", Toy("job.count", ["job": "y"]), at: time.now())
        try await shop.settle()
        try log.command("k", Toy("job.sign", ["ticket": ticket]), at: given)
        try await shop.settle()
        #expect(try log.replies().map(\.status) == [.done, .done, .done, .expired])
        #expect(log.types().last == "command.expired")
    }

    @Test("N9: a decider's command never expires")
    func crossingNeverExpires() async throws {
        let desk = try Node(Desk(), log, time)
        try log.report("r0", place: "here", to: "there")
        try await desk.settle()
        let target = Partitioner.partition(of: "there", count: 3)
        time.pass(.seconds(30 * 86_400))
        let far = try Node(Desk(), log, time, partition: target)
        try log.report("r9", place: "z", partition: target)
        try await far.settle()
        try await far.settle()
        #expect(log.types(target).contains("ticket.opened"))
        #expect(!log.types(target).contains("command.expired"))
    }

    @Test("N12: a crossing command that stays in the partition names the offset after the record that orders it")
    func crossingAfter() async throws {
        let desk = try Node(Desk(), log, time, partition: Partitioner.partition(of: "there", count: 3))
        try log.report("r0", place: "here", to: "there", partition: desk.partition)
        try await desk.settle()
        let command = try #require(log.entries(Topic.commands, desk.partition).first).message
        let record = try #require(log.records(desk.partition).first { $0.headers.types.first == "ticket.moved" })
        #expect(command[HeaderName.after] == "\(record.offset + 1)")
        #expect(log.types(desk.partition) == ["ticket.moved", "command.ordered", "ticket.opened"])
    }

    @Test("A ce_after above the end of the log is parked, one below it is folded to first")
    func after() async throws {
        let shop = try Node(Shop(), log, time)
        try await shop.settle()
        try log.command("k", Toy("job.sign", ["ticket": "x"]), at: time.now(), after: 99)
        try await shop.settle()
        #expect(log.types() == ["input.parked"])
        #expect(try log.replies().map(\.status) == [.parked])
        let desk = try Node(Desk(), log, time)
        let id = try log.report("r1", place: "a")
        try await desk.settle()
        let high = Int64(log.entries(Topic.cases, 0).count)
        try log.command("k2", Toy("job.sign", ["ticket": "T-\(id.wire)"]), at: time.now(), after: high)
        try await shop.settle(StepLimits(fold: 0, take: 1))
        #expect(log.types().contains("job.signed"))
    }

    @Test("Garbage in every topic is parked or skipped, and nothing stops")
    func garbage() async throws {
        let bytes = Message(key: [1, 2], value: [0xff, 0x00], headers: [])
        for topic in [Topic.reports, Topic.commands, Topic.cases] {
            log.append(LogOut(topic: topic, partition: 0, message: bytes))
            log.append(LogOut(topic: topic, partition: 0, message: Message(key: nil, value: nil)))
        }
        // A service that decides nothing, and one that does not exist, would never answer.
        for service in ["console", "oracle"] {
            let message = Message(key: [1], value: [], headers: [Header(HeaderName.to, service)])
            log.append(LogOut(topic: Topic.commands, partition: 0, message: message))
        }
        let desk = try Node(Desk(), log, time)
        let shop = try Node(Shop(), log, time)
        try await desk.settle()
        try await shop.settle()
        try log.report("r1", place: "a")
        try await desk.settle()
        #expect(log.letters(.triage).count == 6)
        #expect(log.letters(.dispatch).isEmpty)
        #expect(log.types().last == "ticket.opened")
    }

    @Test("An evolve that throws in the savepoint parks the input")
    func evolveThrows() async throws {
        let shop = try Node(Shop(), log, time)
        try log.command("k", Toy("job.boom", ["ticket": "x"]), at: time.now())
        try log.command("k2", Toy("job.silent", ["ticket": "x"]), at: time.now())
        try await shop.settle()
        #expect(log.types() == ["input.parked", "input.parked"])
        #expect(await shop.owner.phase == .live)
    }

    @Test("A record that counts and cannot be evolved stops the partition and says so")
    func evolveFails() async throws {
        let desk = try Node(Desk(), log, time)
        let id = try log.report("r1", place: "a")
        try await desk.settle()
        let shop = try Node(Shop(), log, time)
        try await shop.reach(.live)
        try await shop.store.queue.write { try $0.execute(sql: "DROP TABLE jobs") }
        try log.report("r2", place: "b")
        try await desk.settle()
        try await shop.settle()
        guard case .failed(let detail) = await shop.owner.phase else {
            Issue.record("still \(await shop.owner.phase)")
            return
        }
        #expect(detail.contains("cannot be folded"))
        _ = id
    }

    @Test("A clock two seconds off does not tick")
    func skew() async throws {
        let shop = try await issued()
        time.skewed(.milliseconds(2_001))
        time.pass(.seconds(61))
        try await shop.settle()
        #expect(!log.types().contains("job.overdue"))
        time.skewed(.zero)
        try await shop.settle()
        #expect(log.types().contains("job.overdue"))
    }

    private let ticket = "T-\(UUID.v5(Identifier.space, "r1").wire)"

    private func issued() async throws -> Node<Shop> {
        let desk = try Node(Desk(), log, time)
        try log.report("r1", place: "a")
        try await desk.settle()
        let shop = try Node(Shop(), log, time)
        try await shop.settle()
        return shop
    }

    private func commands(_ type: String) -> [Message] {
        (0..<3).flatMap { log.entries(Topic.commands, $0) }.map(\.message).filter { $0[HeaderName.type] == type }
    }
}

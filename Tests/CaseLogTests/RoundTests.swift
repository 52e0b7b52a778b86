import CaseLog
import Contracts
import Foundation
import GRDB
import Governance
import Testing

@Suite("Rounds and take-over")
struct RoundTests {
    let log = MemoryLog(partitions: 3)
    let time = TestTime()

    @Test("A report is opened by one service and reacted to by the other")
    func loop() async throws {
        let desk = try Node(Desk(), log, time)
        let shop = try Node(Shop(), log, time)
        let id = try log.report("r1", place: "a")
        try await desk.settle()
        try await shop.settle()
        #expect(log.types() == ["ticket.opened", "job.issued"])
        #expect(try shop.rows("SELECT * FROM jobs").first?["ticket"] == "T-\(id.wire)")
        try await desk.settle()
        #expect(try desk.rows("SELECT * FROM jobs").first?["job"] != nil)
    }

    @Test("A person's command is answered once it stands in the log: done with facts, refused with the rule")
    func commands() async throws {
        let ticket = try await opened()
        let shop = try Node(Shop(), log, time)
        try await shop.settle()
        let sign = Toy("job.sign", ["ticket": ticket])
        let first = try log.command("k1", sign, at: time.now())
        let second = try log.command("k2", sign, at: time.now())
        try await shop.settle()
        let replies = try log.replies()
        #expect(replies.map(\.command) == [first, second])
        #expect(replies.map(\.status) == [.done, .refused])
        #expect(replies[0].facts.map(\.type) == ["job.signed"])
        #expect(replies[1].refusal?.rule == "job.sign.not_open")
        #expect(replies[0].caseNumber == ticket)
    }

    @Test("The same command again gets the same answer and decides nothing")
    func again() async throws {
        let ticket = try await opened()
        let shop = try Node(Shop(), log, time)
        try await shop.settle()
        for _ in 0..<3 { try log.command("k1", Toy("job.sign", ["ticket": ticket]), at: time.now()) }
        try await shop.settle()
        #expect(log.types().count { $0 == "job.signed" } == 1)
        #expect(try log.replies().map(\.status) == [.done, .done, .done])
        #expect(Set(try log.replies().map { $0.facts.first?.id }).count == 1)
    }

    @Test(
        "H5: a reply lost with its process is given by the next owner, also without the store",
        arguments: [false, true])
    func replyAfterCrash(_ lost: Bool) async throws {
        let ticket = try await opened()
        let shop = try Node(Shop(), log, time)
        try await shop.settle()
        try log.command("k1", Toy("job.sign", ["ticket": ticket]), at: time.now())
        try await shop.reach(.send)
        #expect(try log.replies().isEmpty)
        try shop.crash(losingStore: lost)
        try await shop.settle()
        #expect(try log.replies().map(\.status) == [.done])
        #expect(log.types().count { $0 == "job.signed" } == 1)
    }

    @Test("H7: nothing is replied or marked done before it was read back")
    func logFirst() async throws {
        let desk = try Node(Desk(), log, time)
        try await desk.settle()
        try log.report("r1", place: "a")
        try await desk.reach(.publish)
        #expect(try desk.rows("SELECT * FROM jobs").isEmpty)
        #expect(await desk.owner.positions.reports == 0)
        try await desk.reach(.finish)
        #expect(await desk.owner.positions.reports == 0)
        try await desk.settle()
        #expect(await desk.owner.positions.reports == 1)
    }

    @Test("H3: a record of a replaced owner is void for everybody")
    func zombie() async throws {
        let old = try Node(Desk(), log, time)
        try await old.settle()
        try log.report("r1", place: "a")
        try await old.reach(.publish)
        let new = try Node(Desk(), log, time)
        try await new.settle()
        old.member.value = false
        try await old.settle()
        #expect(await old.owner.phase == .stopped)
        #expect(log.types() == ["ticket.opened"])
        #expect(log.records().count == 4)
    }

    @Test("H8: a delayed copy of an old claim reopens nothing")
    func oldClaim() async throws {
        let first = try Node(Desk(), log, time)
        try await first.settle()
        let claim = try #require(log.entries(Topic.cases, 0).first).message
        let second = try Node(Desk(), log, time)
        try await second.settle()
        log.append(LogOut(topic: Topic.cases, partition: 0, message: claim))
        try log.report("r1", place: "a")
        try await second.settle()
        #expect(await second.owner.phase == .live)
        #expect(log.types() == ["ticket.opened"])
    }

    @Test("An owner that reads a newer claim and is still the member claims again")
    func reclaims() async throws {
        let mine = try Node(Desk(), log, time)
        try await mine.settle()
        let ghost = try Node(Desk(), log, time)
        try await ghost.settle()
        try await mine.settle()
        #expect(await mine.owner.status.epoch == 3)
    }

    @Test("An owner that reads a newer claim while the group cannot be asked goes on asking")
    func asksAgain() async throws {
        let mine = try Node(Desk(), log, time)
        try await mine.settle()
        let ghost = try Node(Desk(), log, time)
        try await ghost.settle()
        mine.member.value = nil
        try await mine.reach(.fenced)
        guard case .backOff = await mine.owner.step(Node<Desk>.small) else {
            Issue.record("an owner that does not know gives up")
            return
        }
        mine.member.value = true
        try await mine.settle()
        #expect(await mine.owner.status.epoch == 3)
    }

    @Test("Requests that time out, land late, twice or never change nothing", arguments: 0..<6)
    func faults(_ seed: Int) async throws {
        let count = Locked(seed)
        log.onPublish { _ in
            count.value += 1
            return [.limbo, .land, .twice, .unheard, .refuse(LogFault(.retry, "down")), .land, .land][count.value % 7]
        }
        let desk = try Node(Desk(), log, time)
        let shop = try Node(Shop(), log, time)
        for index in 0..<9 { try log.report("r\(index)", place: "p\(index % 4)") }
        for _ in 0..<4 {
            try await desk.settle()
            while !log.limbo.isEmpty { log.land(0) }
            try await shop.settle()
        }
        log.onPublish { _ in .land }
        try await desk.settle()
        try await shop.settle()
        try await desk.settle()
        #expect(log.types().count { $0 == "ticket.opened" } == 4)
        #expect(log.types().count { $0 == "ticket.joined" } == 5)
        #expect(log.types().count { $0 == "job.issued" } == 4)
        let live = try desk.rows("SELECT * FROM jobs ORDER BY ticket").map(\.description)
        #expect(live == (try shop.rows("SELECT * FROM jobs ORDER BY ticket").map(\.description)))
        #expect(live == (try rebuilt(Desk())))
    }

    @Test("A lost store is the fold of the log again, and decides nothing twice")
    func lostStore() async throws {
        let desk = try Node(Desk(), log, time)
        for index in 0..<7 { try log.report("r\(index)", place: "p\(index % 3)") }
        try await desk.settle()
        let before = try desk.rows("SELECT * FROM jobs ORDER BY ticket").map(\.description)
        let types = log.types()
        try desk.crash(losingStore: true)
        try await desk.settle()
        #expect(try desk.rows("SELECT * FROM jobs ORDER BY ticket").map(\.description) == before)
        #expect(log.types() == types)
        #expect(await desk.owner.positions.reports == 7)
    }

    @Test("owner.progress carries the positions when nothing was decided, so that a lost store reads a bounded tail")
    func progress() async throws {
        let settings = OwnerSettings(progressInputs: 4)
        let shop = try Node(Shop(), log, time, settings: settings)
        for index in 0..<9 { try log.command("x\(index)", Toy("ticket.take"), at: time.now(), to: .supervision) }
        try await shop.settle()
        #expect(log.types() == ["owner.progress", "owner.progress"])
        try shop.crash(losingStore: true)
        try await shop.reach(.live)
        #expect(await shop.owner.positions.commands > 3)
    }

    @Test("owner.progress is also written after a minute, but only if there was any input")
    func progressByTime() async throws {
        let shop = try Node(Shop(), log, time)
        try await shop.settle()
        time.pass(.seconds(120))
        try await shop.settle()
        #expect(log.types().isEmpty)
        try log.command("x", Toy("ticket.take"), at: time.now(), to: .supervision)
        try await shop.settle()
        time.pass(.seconds(61))
        try await shop.settle()
        #expect(log.types() == ["owner.progress"])
    }

    private func opened() async throws -> String {
        let desk = try Node(Desk(), log, time)
        let id = try log.report("r1", place: "a")
        try await desk.settle()
        return "T-\(id.wire)"
    }

    private func rebuilt(_ decider: some Decider) throws -> [String] {
        let fold = try CaseFold(decider, partition: 0)
        try fold.apply(log.entries(Topic.cases, 0))
        return try fold.database.read { try Row.fetchAll($0, sql: "SELECT * FROM jobs ORDER BY ticket") }.map(
            \.description)
    }
}

import Contracts
import Testing

@testable import CaseLog

@Suite("A decider that never decided")
struct FirstStartTests {
    private let log = MemoryLog(partitions: 3)
    private let time = TestTime()

    private func lostBeginning() throws {
        for name in ["r1", "r2", "r3"] { try log.report(name, place: "a") }
        log.trim(Topic.reports, 0, below: 2)
    }

    @Test("Reports that were deleted before anybody decided them stop it, and it names the way out")
    func refuses() async throws {
        try lostBeginning()
        let desk = try Node(Desk(), log, time)
        try await desk.settle()
        guard case .failed(let why) = await desk.owner.phase else {
            Issue.record("passed over what is gone: \(await desk.owner.status)")
            return
        }
        #expect(why.contains("CASELOOP_ALLOW_MISSING_INPUTS") && why.contains("2 reports"))
        #expect(log.types().isEmpty)
    }

    @Test("Where the loss is accepted it begins after it")
    func accepted() async throws {
        try lostBeginning()
        let desk = try Node(Desk(), log, time, settings: OwnerSettings(allowMissingInputs: true))
        try await desk.settle()
        #expect(await desk.owner.phase == .live)
        #expect(log.counted().count == 1)
    }

    @Test("One that has decided before goes on, however old the first report kept is")
    func decidedBefore() async throws {
        let desk = try Node(Desk(), log, time)
        for name in ["r1", "r2"] {
            try log.report(name, place: "a")
            try await desk.settle()
        }
        try log.report("r3", place: "a")
        log.trim(Topic.reports, 0, below: 1)
        let next = try Node(Desk(), log, time)
        try await next.settle()
        #expect(await next.owner.phase == .live)
        #expect(log.counted().count == 3)
    }

    @Test("A service that takes no reports does not mind old commands that are gone")
    func otherService() async throws {
        try lostBeginning()
        try log.command("c1", Toy("job.sign", [:]), at: time.now(), to: .triage)
        try log.command("c2", Toy("job.sign", [:]), at: time.now(), to: .triage)
        log.trim(Topic.commands, 0, below: 1)
        let shop = try Node(Shop(), log, time)
        try await shop.settle()
        #expect(await shop.owner.phase == .live)
    }
}

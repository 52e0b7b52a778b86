import CaseLog
import Contracts
import Foundation
import GRDB
import Governance
import Ledger
import Support
import Testing

@testable import SupervisionCore

/// One case under watch in virtual time: facts of others land, timers are decided as the runtime decides them, and the log
/// can be folded anew.
final class WatchScene {
    let reference: Reference
    let decider: SupervisionDecider
    let queue: DatabaseQueue
    let number = Samples.number
    let order = Samples.order
    let unit: OrgUnit
    /// Monday 2026-11-23 09:00: no holiday within a month.
    var now = Instant("2026-11-23T09:00:00+08:00")!
    private(set) var log: [Landed<Fact>] = []
    private var records: [[Landed<Fact>]] = []
    private var causes: Set<UUID> = []

    /// A case just received by that channel.
    init(source: String = "hotline", unit: String? = nil) throws {
        reference = try Reference.sample
        decider = SupervisionDecider(reference: reference)
        queue = try DatabaseQueue()
        try queue.write { try SupervisionDecider.schema.create($0) }
        self.unit = try #require(
            reference.units.all.first { one in unit.map { one.code.text == $0 } ?? (one.kind == .department) })
        var appeal = Samples.appeal()
        appeal.source = source
        appeal.receivedAt = now
        let clocks = DeadlineRules.ofSource(
            reference.channels[source], received: now, calendar: reference.calendar)
        try land(
            .caseOpened(
                .init(number: number, appeal: appeal, kind: .appeal, clocks: clocks, at: now, basis: Samples.basis)))
    }

    /// The same, assessed and dispatched.
    convenience init(
        gravity: Gravity, colour: Colour = .yellow, kind: MatterKind = .appeal, source: String = "hotline",
        unit: String? = nil
    ) throws {
        try self.init(source: source, unit: unit)
        try assess(gravity, colour, kind)
        try issue(gravity, colour, kind)
    }

    func columns() throws -> CaseColumns {
        try #require(try queue.read { try CaseLedger.columns(of: number, in: $0) })
    }

    func board() throws -> ClockBoard {
        try queue.read { try BoardTable.board(of: number, in: $0) } ?? ClockBoard()
    }

    // MARK: Facts of others

    func assess(_ gravity: Gravity, _ colour: Colour = .yellow, _ kind: MatterKind = .appeal) throws {
        try land(.caseAccepted(.init(number: number, at: now, basis: Samples.basis)))
        try land(
            .caseAssessed(
                .init(
                    number: number, item: "x", itemName: "充电设施", category: "城乡建设", kind: kind, colour: colour,
                    gravity: gravity, mode: .onDemand, track: .general, lead: unit.code, at: now, basis: Samples.basis))
        )
    }

    func issue(_ gravity: Gravity, _ colour: Colour = .yellow, _ kind: MatterKind = .appeal, round: Int = 1) throws {
        let clocks = DeadlineRules.orderDeadlines(
            gravity: gravity, mode: .onDemand, colour: colour, hasParty: kind != .safety, start: now,
            calendar: reference.calendar)
        try land(
            .orderIssued(
                .init(
                    number: number, order: "\(number.text)-\(round)", round: round, main: unit.code, designated: false,
                    direct: false, clocks: clocks, at: now, basis: Samples.basis)))
    }

    func major() throws {
        let fact = Fact.majorReported(
            .init(
                number: number, leaders: [.chiefLeader, .deputyLeader], lead: unit.code, at: now, basis: Samples.basis)
        )
        let landed = try land(fact)
        try decide(.fact(landed), cause: Identifier.reaction(to: landed.id, by: .supervision))
    }

    var worker: Basis { .person(Samples.actor(.handler, unit: unit.code)) }

    func sign() throws {
        try land(.orderSigned(.init(number: number, order: order, unit: unit.code, at: now, basis: worker)))
    }

    func meet() throws {
        try sign()
        try land(
            .orderMet(
                .init(number: number, order: order, how: .inPerson, metAt: now, place: "社区", at: now, basis: worker)))
    }

    func progress(_ kind: Contracts.ProgressKind = .measure) throws {
        try land(
            .orderProgressed(
                .init(
                    number: number, order: order, kind: kind, substantive: kind.isSubstantive, note: "已处理", at: now,
                    basis: worker)))
    }

    func extend(until: Instant) throws {
        let clocks = try board().clocks.map(\.deadline).map { DeadlineRules.extended($0, to: until) }
        try land(
            .extensionAsked(.init(number: number, order: order, until: until, reason: "等配件", at: now, basis: worker)))
        try land(.extensionGranted(.init(number: number, order: order, clocks: clocks, at: now, basis: Samples.basis)))
    }

    func suspend() throws {
        try land(
            .orderSuspended(
                .init(
                    number: number, order: order, ground: .objective, note: "汛期", review: now + .naturalDays(14),
                    at: now, basis: Samples.basis)))
    }

    func resume(since stopped: Instant) throws {
        let clocks = try board().clocks.map(\.deadline).map {
            DeadlineRules.resumed($0, stopped: stopped, resumed: now, calendar: reference.calendar)
        }
        try land(.orderResumed(.init(number: number, order: order, clocks: clocks, at: now, basis: Samples.basis)))
    }

    func finish() throws {
        try land(
            .orderFinished(
                .init(
                    number: number, order: order, outcome: .solved, reply: "已修复", evidence: [], at: now, basis: worker))
        )
    }

    func reject() throws {
        try land(.caseRejected(.init(number: number, order: order, reason: "未修好", at: now, basis: Samples.basis)))
    }

    func verify() throws {
        let grid = Basis.person(Samples.actor(.gridWorker))
        try land(.caseVerified(.init(number: number, order: order, at: now, basis: grid)))
    }

    /// Handled from sign to verify, and the revisit passed.
    func close() throws {
        try meet()
        try progress()
        try finish()
        try verify()
        try passRevisit()
    }

    // MARK: The log

    /// A fact takes effect, unless it comes too late.
    @discardableResult
    func land(_ fact: Fact, id: UUID = UUID()) throws -> Landed<Fact> {
        let landed = Landed(
            fact: fact, id: id, cause: UUID(), author: .dispatch, time: now, partition: 0, offset: Int64(log.count),
            ordinal: 0)
        try take([landed])
        return landed
    }

    private func take(_ facts: [Landed<Fact>]) throws {
        let isGone = try queue.read { try decider.isGone(facts, $0) }
        #expect(!isGone, "late: \(facts.map(\.fact.type))")
        try queue.write { try decider.evolve(facts, $0) }
        log += facts
        records.append(facts)
    }

    /// Whether facts would come too late now.
    func isLate(_ facts: [Fact]) throws -> Bool {
        let landed = facts.map {
            Landed(
                fact: $0, id: UUID(), cause: UUID(), author: .supervision, time: now, partition: 0, offset: 0,
                ordinal: 0)
        }
        return try queue.read { try decider.isGone(landed, $0) }
    }

    @discardableResult
    func decide(_ input: DeciderInput<SupervisionDecider>, cause: UUID) throws -> [Fact] {
        #expect(causes.insert(cause).inserted, "one cause is decided once")
        let decision = try queue.read { try decider.decide(input, try decider.load(input, $0), now) }
        try take(
            decision.facts.enumerated().map { ordinal, fact in
                Landed(
                    fact: fact, id: Identifier.fact(cause: cause, ordinal: ordinal), cause: cause, author: .supervision,
                    time: now, partition: 0, offset: Int64(log.count), ordinal: ordinal)
            })
        return decision.facts
    }

    /// The timers due now.
    func due() throws -> [DueTimer] { try queue.read { try decider.dueTimers(at: now, limit: 10, $0) } }

    /// What a timer would say, without effect.
    func saying(_ timer: DueTimer) throws -> [Fact] {
        try queue.read { try decider.decide(.tick(timer), try decider.load(.tick(timer), $0), now).facts }
    }

    /// The clock moves on; everything that is due by then is decided then.
    @discardableResult
    func tick(at instant: Instant) throws -> [Fact] {
        now = instant
        var said: [Fact] = []
        for _ in 0..<50 {
            guard let timer = try due().first else { return said }
            said += try decide(.tick(timer), cause: timer.cause(for: .supervision))
        }
        Issue.record("timers never come to rest: \(try due())")
        return said
    }

    @discardableResult
    func give(_ command: Contracts.Command, by actor: Actor?) throws -> [Fact] {
        let id = UUID()
        return try decide(
            .command(Received(id: id, body: command, key: number.home.text, actor: actor, time: now, offset: 0)),
            cause: id)
    }

    /// The rule that refuses a command.
    func refusal(_ command: Contracts.Command, by actor: Actor?) -> String? {
        do {
            let input = DeciderInput<SupervisionDecider>.command(
                Received(id: UUID(), body: command, key: number.home.text, actor: actor, time: now, offset: 0))
            _ = try queue.read { try decider.decide(input, try decider.load(input, $0), now) }
            return nil
        } catch {
            return (error as? Refusal)?.rule ?? "\(error)"
        }
    }

    /// The rows of a store folded anew from the log, and those of the live one.
    func stores() throws -> (live: [Row], rebuilt: [Row]) {
        let fresh = try DatabaseQueue()
        try fresh.write { db in
            try SupervisionDecider.schema.create(db)
            for record in records { try decider.evolve(record, db) }
        }
        let sql = "SELECT * FROM supervision_board"
        return (
            try queue.read { try Row.fetchAll($0, sql: sql) }, try fresh.read { try Row.fetchAll($0, sql: sql) }
        )
    }
}

extension WatchScene {
    /// The revisit is passed: a column of Revisit.
    func passRevisit() throws {
        let revisitor = Basis.person(Samples.actor(.revisitor))
        try land(
            .revisitPassed(
                .init(
                    number: number, cycle: try columns().dispatch.cycle, scores: .all(.yes), rater: .reporter, at: now,
                    basis: revisitor)))
    }

    /// The reporter is dissatisfied for the n-th time; Supervision reacts.
    func reopen(_ count: Int) throws -> [Fact] {
        let landed = try land(
            .revisitReopened(
                .init(
                    number: number, cycle: try columns().dispatch.cycle, count: count, reason: "仍未修好", at: now,
                    basis: Samples.basis)))
        return try decide(.fact(landed), cause: Identifier.reaction(to: landed.id, by: .supervision))
    }
}

/// The types of facts, in order.
func types(_ facts: [Fact]) -> [String] { facts.map(\.type) }

extension Fact {
    /// About a form that nobody signs.
    var isSigning: Bool {
        switch self {
        case .caseWarned(let warned): warned.rule == .formSign
        case .leaderCalled(let called): called.form != nil
        default: false
        }
    }
}

public import CaseLog
public import Contracts
import Foundation
public import GRDB
public import Governance
import Ledger

/// Triage 研判: every appeal is placed, joined, redirected, moved or handed to a person, with the reason told.
public struct TriageDecider: Decider {
    public typealias Fact = Contracts.Fact
    public typealias Command = Contracts.Command
    public typealias Report = Contracts.Report

    public static let service = ServiceName.triage
    public static let takesReports = true
    public static let reactsTo: Set<String> = []
    public static let followsUpLate: Set<String> = [ReportAttached.type]
    public static let schema = TriageSchema.schema

    /// Places, units, catalogue and ways out.
    public var reference: Reference { newest() }
    private let newest: @Sendable () -> Reference

    /// A decider over one version of the reference data.
    public init(reference: Reference) { newest = { reference } }

    /// A decider over the newest version, asked for once a decision.
    public init(reference: @escaping @Sendable () -> Reference) { newest = reference }

    /// What a decision needs of the store.
    public struct State: Sendable {
        /// The version that the examination was made with: the decision keeps to it.
        var reference: Reference?
        /// The appeal, if it was seen before.
        var known: KnownAppeal?
        /// What the rules say about the appeal's text.
        var examination: Examination?
        /// Open cases of the same item, township and time.
        var matters: [OpenMatter] = []
        /// Those of them that several appeals have joined, with these.
        var companies: [CaseNumber: Convergence.Company] = [:]
        /// Number for a case that the appeal would open.
        var number: CaseNumber?
        /// Columns of the case that a command is about.
        var columns: CaseColumns?
        /// Its appeals.
        var appeals: [KnownAppeal] = []
        /// Columns of the case that its appeals shall join.
        var into: CaseColumns?
        /// Number for the case of a detached appeal.
        var fresh: CaseNumber?
    }

    public func load(_ input: DeciderInput<Self>, _ db: Database) throws -> State {
        switch input {
        case .report(let received): try load(received.body.appeal, db)
        case .late(let landed):
            if case .reportAttached(let attached) = landed.fact { try load(attached.appeal, db) } else { State() }
        case .command(let received):
            if case .takeReport(let take) = received.body {
                try load(take.appeal, db)
            } else {
                try load(received.body, db)
            }
        case .fact, .tick: State()
        }
    }

    public func decide(
        _ input: DeciderInput<Self>, _ state: State, _ now: Instant
    ) throws -> Decision<Fact, Command> {
        var decision = try decided(input, state, now)
        decision.facts += Complaints.of(decision.facts, now)
        return decision
    }

    private func decided(
        _ input: DeciderInput<Self>, _ state: State, _ now: Instant
    ) throws -> Decision<Fact, Command> {
        let reference = state.reference ?? reference
        let placing = Placing(reference: reference, state: state, now: now)
        switch input {
        case .report(let received): return placing.place(received.body.appeal)
        case .late(let landed):
            guard case .reportAttached(let attached) = landed.fact, !attached.opening else { return .nothing }
            return placing.placeAgain(attached)
        case .command(let received):
            if case .takeReport(let take) = received.body { return try placing.take(take) }
            guard let actor = received.actor else { throw Refusal.noActor }
            return try HumanTriage(reference: reference, state: state, actor: actor, now: now).decide(received.body)
        case .fact, .tick: return .nothing
        }
    }

    public func isGone(_ facts: [Landed<Fact>], _ db: Database) throws -> Bool {
        try CaseLedger.isGone(facts.map(\.fact), in: db)
    }

    public func evolve(_ landed: Landed<Fact>, _ db: Database) throws { try evolve([landed], db) }

    public func evolve(_ record: [Landed<Fact>], _ db: Database) throws {
        try CaseLedger.evolve(record.map(\.fact), in: db)
        try TriageFold.evolve(record.map(\.fact), db)
    }

    private func load(_ appeal: Appeal, _ db: Database) throws -> State {
        var state = State()
        let reference = reference
        state.reference = reference
        state.known = try TriageTables.known(appeal.id, in: db)
        let examination = reference.matcher.examine(title: appeal.title, text: appeal.text, place: appeal.place)
        state.examination = examination
        if let item = examination.match.item {
            state.matters = try TriageTables.matters(
                home: appeal.home, item: item, near: appeal.occurredAt, in: db)
            state.companies = try TriageTables.companies(of: state.matters, in: db)
        }
        state.number = try freeNumber(appeal, db)
        return state
    }

    private func load(_ command: Command, _ db: Database) throws -> State {
        var state = State()
        guard let number = command.about else { return state }
        state.columns = try CaseLedger.columns(of: number, in: db)
        state.appeals = try TriageTables.appeals(of: number, in: db)
        if case .attachCase(let attach) = command {
            state.into = try CaseLedger.columns(of: attach.into, in: db)
        }
        if case .detachReport(let detach) = command,
            let appeal = state.appeals.first(where: { $0.appeal?.id == detach.report })?.appeal
        {
            state.fresh = try freeNumber(appeal, db)
        }
        return state
    }

    /// The shortest number that no other case has.
    private func freeNumber(_ appeal: Appeal, _ db: Database) throws -> CaseNumber {
        for length in CaseNumber.serialLengths {
            let number = CaseNumber(
                home: appeal.home, day: appeal.receivedAt.day, reportId: appeal.id, length: length)
            if try CaseLedger.columns(of: number, in: db) == nil { return number }
        }
        throw TriageFault.noFreeNumber(appeal.id)
    }
}

/// A fault that parks the input.
enum TriageFault: Error {
    /// All lengths of the number are taken, which needs twenty equal characters of a hash.
    case noFreeNumber(UUID)
}

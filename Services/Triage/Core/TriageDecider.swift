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
    public static let reactsTo: Set<String> = [RevisitReopened.type, RaiseProposed.type]
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
        var companies: [CaseNumber: RiskWarnings.Company] = [:]
        /// The models that look at it, with what each needs of its window.
        var watching: [RiskWarnings.Watching] = []
        /// The newest alarm of the device that speaks.
        var alarm: StandingAlarm.Known?
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
        case .fact(let landed): try load(landed, db)
        case .tick: State()
        }
    }

    public func decide(
        _ input: DeciderInput<Self>, _ state: State, _ now: Instant
    ) throws -> Decision<Fact, Command> {
        var decision = try decided(input, state, now)
        decision.facts += Complaints.of(decision.facts, now)
        let reference = state.reference ?? reference
        decision.facts += RiskWarnings(reference: reference, state: state, now: now).following(decision.facts)
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
        case .fact(let landed):
            guard let number = landed.fact.about else { return .nothing }
            return Decision(facts: RiskWarnings(reference: reference, state: state, now: now).unsettled(number))
        case .tick: return .nothing
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
}

/// A fault that parks the input.
enum TriageFault: Error {
    /// All lengths of the number are taken, which needs twenty equal characters of a hash.
    case noFreeNumber(UUID)
}

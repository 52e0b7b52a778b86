public import CaseLog
public import Contracts
public import GRDB
public import Governance
import Ledger

/// Dispatch 派单: exactly one main unit and n assisting ones, signed, met, worked on, finished, verified by somebody else.
public struct DispatchDecider: Decider {
    public typealias Fact = Contracts.Fact
    public typealias Command = Contracts.Command
    public typealias Report = Contracts.Report

    public static let service = ServiceName.dispatch
    public static let takesReports = false
    public static let reactsTo: Set<String> = [
        CaseAssessed.type, MajorReported.type, RevisitReopened.type, CaseRevived.type,
    ]
    public static let followsUpLate: Set<String> = []
    public static let schema = DispatchSchema.schema

    /// Units, calendar and catalogue.
    public var reference: Reference { newest() }
    private let newest: @Sendable () -> Reference

    /// A decider over one version of the reference data.
    public init(reference: Reference) { newest = { reference } }

    /// A decider over the newest version, asked for once a decision.
    public init(reference: @escaping @Sendable () -> Reference) { newest = reference }

    /// What a decision needs of the store.
    public struct State: Sendable {
        /// The case.
        var columns: CaseColumns?
        /// Its current main order.
        var order: StoredOrder?
        /// What is known of mediations, for a command that asks for a panel.
        var past = MediationPast()
    }

    public func load(_ input: DeciderInput<Self>, _ db: Database) throws -> State {
        let number: CaseNumber? =
            switch input {
            case .command(let received): received.body.about
            case .fact(let landed), .late(let landed): landed.fact.about
            case .report, .tick: nil
            }
        guard let number, let columns = try CaseLedger.columns(of: number, in: db) else { return State() }
        let order = try columns.dispatch.order.flatMap { try DispatchTables.order($0, in: db) }
        guard case .command(let received) = input, case .referMediation = received.body else {
            return State(columns: columns, order: order)
        }
        return State(columns: columns, order: order, past: try PanelTable.past(of: number, in: db))
    }

    public func decide(
        _ input: DeciderInput<Self>, _ state: State, _ now: Instant
    ) throws -> Decision<Fact, Command> {
        switch input {
        case .fact(let landed):
            guard let columns = state.columns else { return .nothing }
            let dispatching = Dispatching(
                reference: reference, columns: columns, now: now, current: state.order)
            return dispatching.react(to: landed.fact)
        case .command(let received):
            guard let actor = received.actor else { throw Refusal.noActor }
            guard let columns = state.columns else { throw Refusal.noCase(received.body.about) }
            let desk = OrderDesk(
                reference: reference, columns: columns, order: state.order, actor: actor, now: now,
                past: state.past)
            return try desk.decide(received.body)
        case .report, .late, .tick: return .nothing
        }
    }

    public func isGone(_ facts: [Landed<Fact>], _ db: Database) throws -> Bool {
        try CaseLedger.isGone(facts.map(\.fact), in: db)
    }

    public func evolve(_ landed: Landed<Fact>, _ db: Database) throws { try evolve([landed], db) }

    public func evolve(_ record: [Landed<Fact>], _ db: Database) throws {
        try CaseLedger.evolve(record.map(\.fact), in: db)
        for landed in record { try DispatchFold.evolve(landed.fact, db) }
    }
}

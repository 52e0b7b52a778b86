public import CaseLog
public import Contracts
public import GRDB
public import Governance
import Ledger

/// Supervision 督办: the clocks that speak once, 提醒单 and 督办单, 提级, the leaders' chain, 销号, the book of unsealings.
public struct SupervisionDecider: Decider {
    public typealias Fact = Contracts.Fact
    public typealias Command = Contracts.Command
    public typealias Report = Contracts.Report

    public static let service = ServiceName.supervision
    public static let takesReports = false
    public static let reactsTo: Set<String> = [
        MajorReported.type, RevisitReopened.type, CaseComplained.type,
    ]
    public static let followsUpLate: Set<String> = []
    public static let schema = SupervisionSchema.schema

    /// Units and calendar.
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
        /// Its clocks.
        var board: ClockBoard?
    }

    public func load(_ input: DeciderInput<Self>, _ db: Database) throws -> State {
        let number: CaseNumber? =
            switch input {
            case .command(let received): received.body.about
            case .fact(let landed), .late(let landed): landed.fact.about
            case .tick(let timer): CaseNumber(timer.caseNumber)
            case .report: nil
            }
        guard let number, let columns = try CaseLedger.columns(of: number, in: db) else { return State() }
        return State(columns: columns, board: try BoardTable.board(of: number, in: db))
    }

    public func decide(
        _ input: DeciderInput<Self>, _ state: State, _ now: Instant
    ) throws -> Decision<Fact, Command> {
        switch input {
        case .tick(let timer):
            guard let number = CaseNumber(timer.caseNumber), let columns = state.columns,
                let speaking = ClockTimer(timer, on: state.board, at: now)
            else { return .nothing }
            return Decision(
                facts: ClockSpeaks(reference: reference, number: number, columns: columns, now: now).facts(speaking))
        case .fact(let landed):
            guard let columns = state.columns else { return .nothing }
            return Decision(facts: react(to: landed.fact, columns, state.board, now))
        case .command(let received):
            guard let columns = state.columns else { throw Refusal.noCase(received.body.about) }
            // A command without a person is another service's: it has its reason in its text.
            let actor = received.actor ?? .rule("command.\(received.body.type)")
            let desk = SupervisionDesk(
                reference: reference, columns: columns, actor: actor, now: now, board: state.board)
            return try desk.decide(received.body)
        case .report, .late: return .nothing
        }
    }

    /// A danger is reported to the leaders: the first of them is called at once, once. What did not hold twice is supervised.
    private func react(to fact: Fact, _ columns: CaseColumns, _ board: ClockBoard?, _ now: Instant) -> [Fact] {
        if case .revisitReopened(let reopened) = fact {
            return Reopening(reference: reference, columns: columns, now: now).facts(reopened)
        }
        if case .caseComplained(let complained) = fact {
            return Complained(reference: reference, columns: columns, now: now).facts(complained)
        }
        guard case .majorReported(let major) = fact, columns.runs(.majorAcknowledge, order: nil),
            board?.clocks.contains(where: { $0.rule == .majorAcknowledge }) != true
        else { return [] }
        let units = [major.lead].compactMap { $0 } + major.assists
        return [LeaderCalls(reference: reference, number: major.number, units: units, now: now).first(major)]
    }

    public func isGone(_ facts: [Landed<Fact>], _ db: Database) throws -> Bool {
        try CaseLedger.isGone(facts.map(\.fact), in: db)
    }

    public func evolve(_ landed: Landed<Fact>, _ db: Database) throws { try evolve([landed], db) }

    public func evolve(_ record: [Landed<Fact>], _ db: Database) throws {
        try CaseLedger.evolve(record.map(\.fact), in: db)
        try ClockFold.evolve(record, db)
    }

    public func dueTimers(at now: Instant, limit: Int, _ db: Database) throws -> [DueTimer] {
        try BoardTable.due(at: now, limit: limit, in: db)
    }
}

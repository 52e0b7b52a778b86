public import CaseLog
public import Contracts
public import GRDB
public import Governance
import Ledger

/// Revisit 回访: every closed case is phoned, a share that nobody can foresee is visited, and what did not hold is reopened.
public struct RevisitDecider: Decider {
    public typealias Fact = Contracts.Fact
    public typealias Command = Contracts.Command
    public typealias Report = Contracts.Report

    public static let service = ServiceName.revisit
    public static let takesReports = false
    public static let reactsTo: Set<String> = [CaseVerified.type]
    public static let followsUpLate: Set<String> = []
    public static let schema = RevisitSchema.schema

    /// Calendar and units.
    public var reference: Reference { newest() }
    private let newest: @Sendable () -> Reference
    /// The deployment's secret, from which the seeds of the draws come.
    private let drawKey: [UInt8]

    /// A decider over one version of the reference data.
    public init(reference: Reference, drawKey: [UInt8]) { self.init(reference: { reference }, drawKey: drawKey) }

    /// A decider over the newest version, asked for once a decision.
    public init(reference: @escaping @Sendable () -> Reference, drawKey: [UInt8]) {
        newest = reference
        self.drawKey = drawKey
    }

    /// What a decision needs of the store.
    public struct State: Sendable {
        /// The case.
        var columns: CaseColumns?
        /// The closing that is revisited.
        var closing: StoredClosing?
        /// The closing takes part in a draw already.
        var isEnrolled = false
        /// The month in whose draw a closing would take part, and what is recorded of it.
        var month: CivilMonth?
        /// What is recorded of the draw.
        var draw: StoredDraw?
        /// The closings that take part in it, in the order of the log.
        var pool: [ClosedHandling] = []
    }

    public func load(_ input: DeciderInput<Self>, _ db: Database) throws -> State {
        switch input {
        case .fact(let landed):
            guard case .caseVerified(let verified) = landed.fact else { return State() }
            return State(
                columns: try CaseLedger.columns(of: verified.number, in: db),
                closing: try RevisitTables.closing(of: verified.number, order: verified.order, in: db))
        case .command(let received): return try load(received.body, db)
        case .tick(let timer): return try load(timer, db)
        case .report, .late: return State()
        }
    }

    public func decide(
        _ input: DeciderInput<Self>, _ state: State, _ now: Instant
    ) throws -> Decision<Fact, Command> {
        let drawing = Drawing(reference: reference, key: drawKey, state: state, now: now)
        switch input {
        case .fact(let landed):
            guard case .caseVerified(let verified) = landed.fact else { return .nothing }
            return Planning(reference: reference, state: state, now: now).plan(verified)
        case .command(let received):
            switch received.body {
            case .enrolClosing(let enrol): return try drawing.enrol(enrol)
            case .drawOnSite(let drawn): return try drawing.choose(drawn)
            default: break
            }
            guard let actor = received.actor else { throw Refusal.noActor }
            guard let columns = state.columns else { throw Refusal.noCase(received.body.about) }
            let desk = RevisitDesk(
                reference: reference, columns: columns, closing: state.closing, actor: actor, now: now)
            return try desk.decide(received.body)
        case .tick: return try drawing.draw()
        case .report, .late: return .nothing
        }
    }

    public func isGone(_ facts: [Landed<Fact>], _ db: Database) throws -> Bool {
        try CaseLedger.isGone(facts.map(\.fact), in: db)
    }

    public func evolve(_ landed: Landed<Fact>, _ db: Database) throws {
        try CaseLedger.evolve(landed.fact, in: db)
        try RevisitFold.evolve(landed, db)
    }

    public func dueTimers(at now: Instant, limit: Int, _ db: Database) throws -> [DueTimer] {
        try RevisitTables.dueDraws(at: now, limit: limit, in: db).map { draw in
            DueTimer(
                caseNumber: "\(EnrolClosing.key(of: draw.unit))/\(draw.month)", clock: "on_site_draw",
                startedBy: draw.committedBy, due: draw.due)
        }
    }
}

extension RevisitDecider {
    private func load(_ command: Command, _ db: Database) throws -> State {
        switch command {
        case .enrolClosing(let enrol):
            var month = CivilMonth(enrol.closed.day)
            var draw = try RevisitTables.draw(of: enrol.unit, month, in: db)
            while draw?.seed != nil {
                month = month.next
                draw = try RevisitTables.draw(of: enrol.unit, month, in: db)
            }
            let isEnrolled = try RevisitTables.isEnrolled(enrol.closing, in: db)
            return State(isEnrolled: isEnrolled, month: month, draw: draw)
        case .drawOnSite(let drawn):
            return State(
                columns: try CaseLedger.columns(of: drawn.number, in: db),
                closing: try RevisitTables.closing(of: drawn.number, cycle: drawn.cycle, in: db))
        default:
            guard let number = command.about, let columns = try CaseLedger.columns(of: number, in: db) else {
                return State()
            }
            let closing = try RevisitTables.closing(of: number, cycle: columns.dispatch.cycle, in: db)
            return State(columns: columns, closing: closing)
        }
    }

    private func load(_ timer: DueTimer, _ db: Database) throws -> State {
        let parts = timer.caseNumber.split(separator: "/")
        guard parts.count == 2, let month = CivilMonth(String(parts[1])),
            let unit = UnitCode(String(parts[0].dropFirst("unit:".count)))
        else { return State() }
        return State(
            month: month, draw: try RevisitTables.draw(of: unit, month, in: db),
            pool: try RevisitTables.pool(of: unit, month, in: db))
    }
}

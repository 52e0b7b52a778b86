import CaseLog
import Contracts
import GRDB
import Governance
import Simulation

/// A real decider whose rules fail on some causes, as a bug of a rule author would: they throw, or decide a fact that
/// no store can take. Mended, it is the decider itself.
struct Faulty<Inner: Decider>: Decider where Inner.Fact == Contracts.Fact {
    typealias Fact = Contracts.Fact
    typealias Command = Inner.Command
    typealias Report = Inner.Report

    let inner: Inner
    let rules: RuleSwitch

    /// The type of a fact that nobody can evolve.
    static var poison: String { "simulation.poison" }

    static var service: ServiceName { Inner.service }
    static var takesReports: Bool { Inner.takesReports }
    static var reactsTo: Set<String> { Inner.reactsTo }
    static var followsUpLate: Set<String> { Inner.followsUpLate }
    static var schema: StoreSchema { Inner.schema }

    private func translated(_ input: DeciderInput<Self>) -> DeciderInput<Inner> {
        switch input {
        case .report(let received): .report(received)
        case .command(let received): .command(received)
        case .fact(let landed): .fact(landed)
        case .late(let landed): .late(landed)
        case .tick(let timer): .tick(timer)
        }
    }

    func load(_ input: DeciderInput<Self>, _ db: Database) throws -> Inner.State {
        try inner.load(translated(input), db)
    }

    func decide(
        _ input: DeciderInput<Self>, _ state: Inner.State, _ now: Instant
    ) throws -> Decision<Fact, Inner.Command> {
        let trouble = rules.trouble(Self.service.rawValue, input.causeText)
        if trouble == .throwing { throw RuleBug(cause: input.causeText) }
        let decision = try inner.decide(translated(input), state, now)
        guard trouble == .poison, !decision.facts.isEmpty else { return decision }
        let poison = Fact.unknown(type: Self.poison, version: 1, json: Array("{}".utf8))
        return Decision(facts: decision.facts + [poison], commands: decision.commands)
    }

    func isGone(_ facts: [Landed<Fact>], _ db: Database) throws -> Bool { try inner.isGone(facts, db) }

    func evolve(_ landed: Landed<Fact>, _ db: Database) throws { try evolve([landed], db) }

    func evolve(_ facts: [Landed<Fact>], _ db: Database) throws {
        if let bad = facts.first(where: { $0.fact.type == Self.poison }) { throw RuleBug(cause: bad.cause.wire) }
        try inner.evolve(facts, db)
    }

    func dueTimers(at now: Instant, limit: Int, _ db: Database) throws -> [DueTimer] {
        try inner.dueTimers(at: now, limit: limit, db)
    }
}

public import CaseLog
public import Contracts
import Foundation
public import GRDB
public import Governance

/// One decider on an empty store, without log or runtime: an input goes in, the facts it decides take effect at once.
public final class DecisionBench<D: Decider> where D.Fact == Contracts.Fact, D.Command == Contracts.Command {
    /// The decider.
    public let decider: D
    /// Its store.
    public let queue: DatabaseQueue
    /// The time of the next decision.
    public var now = Samples.at
    private var offset: Int64 = 0

    /// An empty store.
    public init(_ decider: D) throws {
        self.decider = decider
        queue = try DatabaseQueue()
        try queue.write { try D.schema.create($0) }
    }

    /// Decides an input; its facts take effect.
    @discardableResult
    public func give(_ input: DeciderInput<D>) throws -> Decision<Fact, Contracts.Command> {
        try queue.write { db in
            let state = try decider.load(input, db)
            let decision = try decider.decide(input, state, now)
            try evolve(decision.facts, by: D.service, db)
            return decision
        }
    }

    /// A command of a person.
    @discardableResult
    public func give(
        _ command: Contracts.Command, by actor: Actor?
    ) throws -> Decision<Fact, Contracts.Command> {
        try give(
            .command(
                Received(
                    id: UUID(), body: command, key: command.about?.home.text ?? "", actor: actor, time: now, offset: 0))
        )
    }

    /// Facts of any author take effect, unless they come too late; then nothing does and the answer is false.
    @discardableResult
    public func land(_ facts: [Fact], by author: ServiceName) throws -> Bool {
        try queue.write { db in
            guard try !decider.isGone(facts.map { landed($0, by: author, 0) }, db) else { return false }
            try evolve(facts, by: author, db)
            return true
        }
    }

    /// A foreign fact, as an input.
    public func landed(_ fact: Fact, by author: ServiceName, _ ordinal: Int = 0) -> Landed<Fact> {
        Landed(
            fact: fact, id: UUID(), cause: UUID(), author: author, time: now, partition: 0, offset: offset,
            ordinal: ordinal)
    }

    private func evolve(_ facts: [Fact], by author: ServiceName, _ db: Database) throws {
        for (ordinal, fact) in facts.enumerated() { try decider.evolve(landed(fact, by: author, ordinal), db) }
        offset += 1
    }
}

public import Contracts
public import Foundation
public import GRDB
public import Governance

/// A service that decides: rules in `decide`, tables in `evolve`, and nothing about Kafka.
public protocol Decider: Sendable {
    /// Facts, own and foreign.
    associatedtype Fact: WireBody
    /// Commands, taken and sent.
    associatedtype Command: WireBody
    /// Reports.
    associatedtype Report: WireBody
    /// What `decide` needs of the store.
    associatedtype State

    /// The service.
    static var service: ServiceName { get }
    /// Whether reports are inputs of this service.
    static var takesReports: Bool { get }
    /// Foreign fact types that become inputs.
    static var reactsTo: Set<String> { get }
    /// Own fact types whose late landing is decided again.
    static var followsUpLate: Set<String> { get }
    /// The domain tables. Another version: the store is rebuilt from the log.
    static var schema: StoreSchema { get }

    /// Reads what the decision needs; no rule here.
    func load(_ input: DeciderInput<Self>, _ db: Database) throws -> State
    /// The rules, pure. A thrown `Refusal` answers a command with no; anything else parks the input.
    func decide(_ input: DeciderInput<Self>, _ state: State, _ now: Instant) throws -> Decision<Fact, Command>
    /// Whether a foreign precondition of any fact is gone where the record landed: the whole record is then late.
    func isGone(_ facts: [Landed<Fact>], _ db: Database) throws -> Bool
    /// Writes the domain tables for one fact that counts and is not late, own or foreign. Total: what it throws
    /// stops the partition.
    func evolve(_ fact: Landed<Fact>, _ db: Database) throws
    /// The same for all facts of one record, in order: a decider may read and write a row once instead of once a fact.
    func evolve(_ facts: [Landed<Fact>], _ db: Database) throws
    /// Timers due at `now`, oldest first.
    func dueTimers(at now: Instant, limit: Int, _ db: Database) throws -> [DueTimer]
}

extension Decider {
    public func evolve(_ facts: [Landed<Fact>], _ db: Database) throws { for fact in facts { try evolve(fact, db) } }
    public func dueTimers(at now: Instant, limit: Int, _ db: Database) throws -> [DueTimer] { [] }
}

/// The domain tables of a decider.
public struct StoreSchema: Sendable {
    /// Another version than the store's: the store is rebuilt from the log.
    public var version: Int
    /// The domain tables, which the audit compares with a fold. No name begins with `_`.
    public var tables: [String]
    /// Creates them.
    public var create: @Sendable (Database) throws -> Void

    /// A schema.
    public init(version: Int, tables: [String], create: @escaping @Sendable (Database) throws -> Void) {
        self.version = version
        self.tables = tables
        self.create = create
    }
}

/// A fact where it landed.
public struct Landed<Fact: WireBody>: Sendable {
    /// The fact.
    public var fact: Fact
    /// Its id: `UUIDv5(cause, ordinal)`.
    public var id: UUID
    /// The input that its writer decided.
    public var cause: UUID
    /// Its writer.
    public var author: ServiceName
    /// When it was decided.
    public var time: Instant
    /// Its partition.
    public var partition: Int32
    /// The offset of its record. While a round is being decided this is the offset it would get.
    public var offset: Int64
    /// Its place in the record.
    public var ordinal: Int

    /// A fact where it landed.
    public init(
        fact: Fact, id: UUID, cause: UUID, author: ServiceName, time: Instant, partition: Int32, offset: Int64,
        ordinal: Int
    ) {
        self.fact = fact
        self.id = id
        self.cause = cause
        self.author = author
        self.time = time
        self.partition = partition
        self.offset = offset
        self.ordinal = ordinal
    }
}

/// A report or a command as received.
public struct Received<Body: WireBody>: Sendable {
    /// Its id, the cause of what is decided.
    public var id: UUID
    /// What it says.
    public var body: Body
    /// The record's key.
    public var key: String
    /// The person who gives it; nil for reports and for deciders' commands.
    public var actor: Actor?
    /// When it was given.
    public var time: Instant
    /// Its offset, nil when it was brought back by a retry.
    public var offset: Int64?
    /// The offset of `cases` that its sender had seen.
    public var after: Int64?
    /// Trace context.
    public var traceparent: String?

    /// A report or a command.
    public init(
        id: UUID, body: Body, key: String, actor: Actor? = nil, time: Instant, offset: Int64? = nil,
        after: Int64? = nil, traceparent: String? = nil
    ) {
        self.id = id
        self.body = body
        self.key = key
        self.actor = actor
        self.time = time
        self.offset = offset
        self.after = after
        self.traceparent = traceparent
    }
}

/// A timer that is due.
public struct DueTimer: Sendable, Hashable, Codable {
    /// The case.
    public var caseNumber: String
    /// Which of the case's clocks.
    public var clock: String
    /// The fact that last started or resumed it: a timer started anew is another timer.
    public var startedBy: UUID
    /// When it is due.
    public var due: Instant

    /// A timer.
    public init(caseNumber: String, clock: String, startedBy: UUID, due: Instant) {
        self.caseNumber = caseNumber
        self.clock = clock
        self.startedBy = startedBy
        self.due = due
    }

    /// The cause under which `service` decides it.
    public func cause(for service: ServiceName) -> UUID {
        Identifier.timer(service, caseNumber: caseNumber, clock: clock, startedBy: startedBy)
    }

    /// The home key inside the case number; of a timer under a second key (`unit:410803-housing/2026-11`) that key.
    public var homeKey: String {
        String(caseNumber.prefix { $0 != (caseNumber.contains("/") ? "/" : "-") })
    }
}

/// What a decider decides about.
public enum DeciderInput<D: Decider>: Sendable {
    /// An appeal as accepted.
    case report(Received<D.Report>)
    /// Please do X.
    case command(Received<D.Command>)
    /// A fact of another service that took effect.
    case fact(Landed<D.Fact>)
    /// An own fact that landed late.
    case late(Landed<D.Fact>)
    /// A timer that is due.
    case tick(DueTimer)
}

/// A command that a decision sends to another key or service. Its id follows from cause and ordinal.
public struct CrossingCommand<Command: WireBody>: Sendable {
    /// The service it is for.
    public var to: ServiceName
    /// The key that decides its partition: a township, `unit:…`, `person:…`.
    public var key: String
    /// The command.
    public var command: Command

    /// A crossing command.
    public init(to: ServiceName, key: String, command: Command) {
        self.to = to
        self.key = key
        self.command = command
    }
}

/// What a decider says to one input. Empty: nothing, which only facts, late facts and ticks may be told.
public struct Decision<Fact: WireBody, Command: WireBody>: Sendable {
    /// The facts, in order.
    public var facts: [Fact]
    /// Commands to send once the facts stand in the log.
    public var commands: [CrossingCommand<Command>]

    /// A decision.
    public init(facts: [Fact] = [], commands: [CrossingCommand<Command>] = []) {
        self.facts = facts
        self.commands = commands
    }

    /// Nothing to say.
    public static var nothing: Decision { Decision() }
}

import Contracts
import Foundation
import GRDB
import Governance

/// A record that is to be published and read back.
struct PendingRecord: Sendable {
    var seq: Int64
    var out: LogOut
}

/// What one round decided, and what leaves once its records are back.
struct Round<D: Decider>: Sendable {
    /// The records, in order; those read back are dropped from the front.
    var pending: [PendingRecord] = []
    /// All inputs looked at, with the cause each is answered under.
    var work: [(cause: UUID, taken: Taken<D>)] = []
    /// What the log says about the causes, as far as it is known.
    var said: [UUID: Answer] = [:]
    /// Entries taken from the list still to decide.
    var todo: [Int64] = []
    /// Positions once the round is finished.
    var done = InputPositions()
    /// The facts of the records, so that they need not be decoded when they are read back.
    var facts: KnownFacts<D.Fact> = [:]
}

/// Decides inputs in order on the store as it would be: each decision is evolved at once, and all of it is rolled back.
struct Speculation<D: Decider> {
    let decider: D
    let partition: Int32
    let owner: OwnerMark
    let upto: InputPositions
    let cursor: Int64
    let window: Duration
    /// The time of every decision but those of ticks.
    let now: Instant
    /// The time of ticks.
    let instant: Instant
    var seq: Int64
    var logTime: Instant
    var round = Round<D>()
    var mine: Set<UUID> = []
    var bodies: [UUID: [UInt8]] = [:]

    /// A record larger than this parks its input: the broker would never take it.
    static var maxRecord: Int { 900_000 }

    mutating func look(_ taken: Taken<D>, _ db: Database) throws {
        var cause = taken.cause
        if taken.kind == .report, let hash = taken.bodyHash,
            let known = try bodies[cause] ?? Self.body(cause, db), known != hash
        {
            cause = Identifier.otherBody(report: cause, hash: hash)  // N3
        }
        round.work.append((cause, taken))
        var old = try Answer.find(cause, db)
        let parkings = old?.n ?? 0
        if old?.status == .open { old = nil }
        if case .sent = taken.source {
            if let old { round.said[cause] = old }
            return
        }
        if mine.contains(cause) { return }
        if let old, !(taken.retry && old.status == .parked) {
            if round.said[cause] == nil { round.said[cause] = old }
            return
        }
        if taken.retry, old == nil, taken.kind != .command { return }  // brings back only what is parked
        let fault = cause == taken.cause ? taken.fault : "report id known with another body"
        try decide(taken, cause, parkings: parkings, wasParked: taken.retry && old != nil, fault: fault, db)
    }

    private mutating func decide(
        _ taken: Taken<D>, _ cause: UUID, parkings: Int, wasParked: Bool, fault: String?, _ db: Database
    ) throws {
        let time = taken.kind == .tick ? instant : now
        var elements: [Element]
        if let fault {
            elements = [try parked(taken, cause, parkings, fault)]
        } else if let expired = try expired(taken, cause) {
            elements = [expired]
        } else {
            elements = try decided(taken, cause, parkings, time, db)
            if elements.isEmpty, wasParked {
                elements = [
                    try runtime(cause, RuntimeType.unparked, parkings, InputUnparked(n: parkings))  // N2
                ]
            } else if elements.isEmpty, taken.kind == .report || taken.kind == .command {
                elements = [
                    try parked(
                        taken, cause, parkings,
                        "the decider has nothing to say, which no input of this kind may be told")
                ]
            }
        }
        guard !elements.isEmpty else { return }
        append(taken, cause, elements, time)
    }

    private mutating func append(_ taken: Taken<D>, _ cause: UUID, _ elements: [Element], _ time: Instant) {
        mine.insert(cause)
        // Another body never takes the place of the one that is known, or a repeat of that would be parked behind it.
        if cause == taken.cause, taken.kind == .report, let hash = taken.bodyHash { bodies[cause] = hash }
        seq += 1
        let headers = RecordHeaders(
            id: Identifier.record(token: owner.token, seq: seq), kind: .decision(cause: cause, taken.mark),
            types: elements.map(\.type), owner: owner, seq: seq, upto: upto, time: time, subject: taken.subject,
            traceparent: taken.traceparent)
        let message = Message(
            key: Array((taken.key.isEmpty ? D.service.rawValue : taken.key).utf8), value: Element.array(elements),
            headers: headers.wire)
        round.pending.append(
            PendingRecord(seq: seq, out: LogOut(topic: Topic.cases, partition: partition, message: message)))
        logTime = max(logTime, time)
    }

    /// Asks the decider inside a savepoint and evolves what it says; what throws leaves no trace in the store.
    private mutating func decided(
        _ taken: Taken<D>, _ cause: UUID, _ parkings: Int, _ time: Instant, _ db: Database
    ) throws -> [Element] {
        guard let input = taken.input else { return [] }
        if case .tick(let timer) = input, timer.due > time { return [] }
        var elements: [Element] = []
        do {
            try db.inSavepoint {
                let decision = try decider.decide(input, try decider.load(input, db), time)
                elements = try self.elements(decision, cause)
                try evolve(decision, cause, time, db)
                for (element, fact) in zip(elements, decision.facts) {
                    round.facts[element.id] = KnownFact(element, fact)
                }
                return .commit
            }
        } catch let refusal as Refusal where taken.kind == .command {
            return [try runtime(cause, RuntimeType.refused, nil, CommandRefused(refusal))]
        } catch  where !isEnvironmental(error) {
            return [try parked(taken, cause, parkings, String(describing: error))]
        }
        if elements.reduce(0, { $0 + $1.data.count }) > Self.maxRecord {
            return [try parked(taken, cause, parkings, "the decision is larger than a record may be")]
        }
        return elements
    }

    private func evolve(_ decision: Decision<D.Fact, D.Command>, _ cause: UUID, _ time: Instant, _ db: Database) throws
    {
        guard !decision.facts.isEmpty else { return }
        let landed = decision.facts.enumerated().map { ordinal, fact in
            Landed(
                fact: fact, id: Identifier.fact(cause: cause, ordinal: ordinal), cause: cause, author: D.service,
                time: time, partition: partition, offset: cursor + Int64(round.pending.count), ordinal: ordinal)
        }
        if try decider.isGone(landed, db) { return }
        try decider.evolve(landed, db)
    }

    private func elements(_ decision: Decision<D.Fact, D.Command>, _ cause: UUID) throws -> [Element] {
        var out: [Element] = []
        for (ordinal, fact) in decision.facts.enumerated() {
            out.append(try Element(id: Identifier.fact(cause: cause, ordinal: ordinal), fact))
        }
        guard !out.isEmpty || decision.commands.isEmpty else {
            throw WireFault("a decision that sends commands needs a fact that says so")
        }
        for (ordinal, crossing) in decision.commands.enumerated() {
            let id = Identifier.command(cause: cause, ordinal: ordinal)
            let ordered = CommandOrdered(
                service: crossing.to, key: crossing.key, command: try Element(id: id, crossing.command))
            out.append(Element(id: id, type: RuntimeType.ordered, version: 1, data: ordered.json))
        }
        return out
    }

    /// Deciders' commands never expire (N9); a person's does by log time, not by anybody's clock (N10).
    private func expired(_ taken: Taken<D>, _ cause: UUID) throws -> Element? {
        guard taken.human, let created = taken.created, created < logTime - window else { return nil }
        return try runtime(cause, RuntimeType.expired, nil, CommandExpired(given: created, logTime: logTime))
    }

    private func parked(_ taken: Taken<D>, _ cause: UUID, _ parkings: Int, _ error: String) throws -> Element {
        let n = parkings + 1
        let parked = InputParked(
            n: n, kind: taken.kind, error: String(error.prefix(500)), input: taken.kind == .tick ? taken.copy : nil)
        return try runtime(cause, RuntimeType.parked, n, parked)
    }

    private func runtime(_ cause: UUID, _ type: String, _ n: Int?, _ body: some Encodable) throws -> Element {
        let id =
            n.map { Identifier.parked(cause: cause, type, n: $0) }
            ?? Identifier.fact(cause: cause, ordinal: 0)
        return Element(id: id, type: type, version: 1, data: try WireJSON.encode(body))
    }

    private static func body(_ report: UUID, _ db: Database) throws -> [UInt8]? {
        try Data.fetchOne(
            db.cachedStatement(sql: "SELECT hash FROM _reports WHERE id = ?"), arguments: [report]
        ).map { Array($0) }
    }
}

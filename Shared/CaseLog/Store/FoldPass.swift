import Contracts
import Foundation
import GRDB
import Governance

/// One transaction of the fold: takes records in log order, writes what they mean, and remembers it in a new state.
struct FoldPass<D: Decider> {
    let decider: D
    let partition: Int32
    var state: ShadowState
    let token: String?
    var claimed: Bool
    /// Facts of own records that are on their way back.
    var known: KnownFacts<D.Fact> = [:]
    var folded = Shadow<D>.Folded()

    init(decider: D, partition: Int32, state: ShadowState, token: String?, claimed: Bool) {
        self.decider = decider
        self.partition = partition
        self.state = state
        self.token = token
        self.claimed = claimed
    }

    mutating func take(_ entry: LogEntry, _ db: Database) throws {
        state.cursor = entry.offset + 1
        state.before = CaseRecord.identity(entry)
        guard let record = CaseRecord(entry, partition: partition), state.writers.accepts(record.headers) else {
            folded.void += 1
            return
        }
        let headers = record.headers
        let mine = headers.owner.service == D.service
        let underToken = mine && headers.owner.token == token
        switch headers.kind {
        case .claim:
            if underToken {
                claimed = true
                folded.claimed = true
            } else if mine, claimed {
                folded.fenced = true
            }
        case .progress:
            count(headers, mine: mine)
            if underToken { folded.ownSeqs.append(headers.seq) }
        case .decision(let cause, let mark):
            count(headers, mine: mine)
            try decision(record, cause, mark, mine: mine, underToken: underToken, db)
        }
    }

    private mutating func count(_ headers: RecordHeaders, mine: Bool) {
        state.logTime = max(state.logTime ?? headers.time, headers.time)
        if mine { state.upto = headers.upto }
    }

    private mutating func decision(
        _ record: CaseRecord, _ cause: UUID, _ mark: InputMark, mine: Bool, underToken: Bool, _ db: Database
    ) throws {
        let elements = try record.elements()
        let facts: [Landed<D.Fact>] = try record.facts(elements, known: underToken ? known : [:])
        // Late as a whole: nothing is evolved, nothing sent, nobody reacts (N6).
        let late = try !facts.isEmpty && decider.isGone(facts, db)
        if !late { try decider.evolve(facts, db) }
        if mine {
            try own(record, elements, cause, mark, late: late, underToken: underToken, db)
        } else if !late {
            for (ordinal, element) in elements.enumerated() where D.reactsTo.contains(element.type) {
                let copy = copy(element, ordinal, record, cause)
                let reaction = Identifier.reaction(to: element.id, by: D.service)
                try Todo(offset: record.offset, cause: reaction, work: .fact(copy)).save(db)
            }
        }
    }

    private mutating func own(
        _ record: CaseRecord, _ elements: [Element], _ cause: UUID, _ mark: InputMark, late: Bool, underToken: Bool,
        _ db: Database
    ) throws {
        let headers = record.headers
        let answer = try Self.answer(record, elements, mark, late: late)
        if mark.kind == .tick, answer.status != .parked, answer.status != .open {
            state.instant = max(state.instant ?? headers.time, headers.time)
        }
        if let body = mark.body {
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO _reports (id, hash) VALUES (?,?)")
                .execute(arguments: [cause, Data(body)])
        }
        try answer.save(cause, db)
        if underToken {
            folded.ownSeqs.append(headers.seq)
            var said = answer
            if said.status == .open { said.status = .done }
            folded.said[cause] = said
        }
        if late {
            for (ordinal, element) in elements.enumerated() where D.followsUpLate.contains(element.type) {
                let copy = copy(element, ordinal, record, cause)
                try Todo(offset: record.offset, cause: Identifier.late(element.id), work: .late(copy)).save(db)
            }
        }
        // A tick has no offset to be read again from: its own record stands in for it (N7).
        if mark.kind == .tick, !answer.commands.isEmpty || answer.status == .parked {
            try Todo(offset: record.offset, cause: cause, work: .sent(token: headers.owner.token)).save(db)
        }
    }

    private func copy(_ element: Element, _ ordinal: Int, _ record: CaseRecord, _ cause: UUID) -> FactCopy {
        FactCopy(
            element: element, key: record.message.keyText, author: record.headers.owner.service, cause: cause,
            time: record.headers.time, offset: record.offset, ordinal: ordinal, subject: record.headers.subject,
            traceparent: record.headers.traceparent)
    }

    private static func answer(
        _ record: CaseRecord, _ elements: [Element], _ mark: InputMark, late: Bool
    ) throws -> Answer {
        let headers = record.headers
        var answer = Answer(
            status: late ? .late : .done, kind: mark.kind, offset: record.offset,
            pos: mark.kind == .command ? mark.offset : nil, created: mark.created, time: headers.time,
            subject: headers.subject, traceparent: headers.traceparent)
        if let first = elements.first {
            switch first.type {
            case RuntimeType.refused:
                answer.status = .refused
                answer.detail = first.data
            case RuntimeType.expired: answer.status = .expired
            case RuntimeType.parked:
                answer.status = .parked
                answer.detail = first.data
                answer.n = try WireJSON.decode(InputParked.self, from: first.data).n
            case RuntimeType.unparked:
                answer.status = .open
                answer.n = try WireJSON.decode(InputUnparked.self, from: first.data).n
            default: break
            }
        }
        if !late { answer.commands = elements.filter { $0.type == RuntimeType.ordered } }
        if mark.kind == .command, answer.status == .done {
            answer.facts = elements.filter { !RuntimeType.all.contains($0.type) }
        }
        return answer
    }
}

import Contracts
import Foundation

/// One partition of the log, folded and looked at record by record.
struct PartitionFold {
    var domain = Reference()
    var late: Set<UUID> = []
    var followed: Set<UUID> = []
    var lateFacts = 0
    var void = 0
    var parked: [String: Set<UUID>] = [:]
    var soft: Set<String> = []
    var truth: [UUID: [String]] = [:]
    var ordered: Set<UUID> = []
    var joined: [(report: String, body: String)] = []
    var enrolled: [(no: String, drawn: Int)] = []
    var marked: [(no: String, drawn: Int)] = []
    var fired: [String] = []
    var counted: [String] = []
    var upto: [String: [Int]] = [:]
    var bad: [String] = []
    var progress = 0
    var refusals: [String: Int] = [:]

    private var instant = 0
    private var ends: [String: Int] = [:]
    private var opened: [String: Int] = [:]
    private var decided: Set<String> = []

    init(_ log: [SimRecord?], human: Set<UUID>, sent: [UUID: (no: String, after: Int)]) {
        var writers = SimWriters()
        for (offset, record) in log.enumerated() {
            guard let record, writers.accepts(record), record.kind != .claim else { continue }
            take(record, at: offset, human, sent)
        }
        void = writers.void
        bad += domain.violations
    }

    private mutating func take(
        _ record: SimRecord, at offset: Int, _ human: Set<UUID>, _ sent: [UUID: (no: String, after: Int)]
    ) {
        if let upto = record.upto {
            if let old = self.upto[record.service], zip(upto, old).contains(where: { $0 < $1 }) {
                bad.append("input position goes back")
            }
            self.upto[record.service] = upto
        }
        guard record.kind == .decision, let cause = record.cause else {
            progress += record.kind == .progress ? 1 : 0
            return
        }
        let facts = read(record, cause)
        watch(facts.map(\.fact), at: offset)
        let isLate = facts.contains { domain.isGone($0.fact) }
        for (id, fact) in facts { isLate ? noteLate(fact, id) : note(fact, id) }
        if !isLate { ordered.formUnion(record.ordered) }
        followed.insert(cause)
        settle(record, cause, isLate: isLate, human, sent)
    }

    /// The toy facts of a record; ids must be derived from the cause.
    private mutating func read(_ record: SimRecord, _ cause: UUID) -> [(id: UUID, fact: ToyFact)] {
        var facts: [(UUID, ToyFact)] = []
        for element in record.elements where !element.isRuntime {
            guard let fact = try? ToyFact(type: element.type, version: 1, json: element.data) else {
                bad.append("a counted record holds a fact that cannot be read")
                continue
            }
            if element.id != Identifier.fact(cause: cause, ordinal: facts.count) {
                bad.append("a fact's id is not derived from its cause")
            }
            facts.append((element.id, fact))
        }
        return facts
    }

    /// What must hold where the record stands, before it changes anything.
    private mutating func watch(_ facts: [ToyFact], at offset: Int) {
        for fact in facts {
            switch fact {
            case .opened(let no, _): opened[no] = offset
            case .fired(let no, let order, let at, let due, let read):
                if at < instant { bad.append("instant goes back") }
                instant = at
                if at < due { bad.append("timer fired before it was due") }
                let key = "\(order)/\(domain.cases[no]?.starts ?? 0)"
                if let end = ends[key], end < read {
                    bad.append("warned though what ends the clock was below the high watermark")
                }
            case .signed(let no, let order), .returned(let no, let order), .suspended(let no, let order):
                ends["\(order)/\(domain.cases[no]?.starts ?? 0)"] = offset
            default: break
            }
        }
    }

    private mutating func noteLate(_ fact: ToyFact, _ id: UUID) {
        lateFacts += 1
        switch fact {
        case .fired, .joined: late.insert(Identifier.late(id))
        default: break
        }
    }

    private mutating func note(_ fact: ToyFact, _ id: UUID) {
        domain.evolve(fact, id: id.wire)
        switch fact {
        case .joined(let report, _, _, let body): joined.append((report, body))
        case .fired(_, let order, _, _, _): fired.append(order)
        case .enrolled(let no, _, let drawn): enrolled.append((no, drawn))
        case .marked(let no, let drawn): marked.append((no, drawn))
        case .counted(let order, _): counted.append(order)
        default: break
        }
    }

    /// What the record says to whoever gave the input.
    private mutating func settle(
        _ record: SimRecord, _ cause: UUID, isLate: Bool, _ human: Set<UUID>,
        _ sent: [UUID: (no: String, after: Int)]
    ) {
        let word = record.elements.first?.type ?? ""
        switch word {
        case RuntimeType.parked:
            parked[record.service, default: []].insert(cause)
            soft.insert("\(cause)/parked")
            return
        case RuntimeType.expired:
            soft.insert("\(cause)/expired")
            return
        case RuntimeType.unparked: return
        case RuntimeType.refused:
            let rule = record.refusalRule
            refusals[rule, default: 0] += 1
            if rule == "nocase", let ask = sent[cause], let at = opened[ask.no], at < ask.after {
                bad.append("refused a case that the sender had seen")
            }
            // A repeat after the window, recognised by the domain.
            if rule == "known" { return }
        default: break
        }
        if !decided.insert("\(record.service)/\(cause)").inserted { bad.append("one cause decided twice") }
        if human.contains(cause) {
            truth[cause, default: []].append(word == RuntimeType.refused || isLate ? "no" : "ok")
        }
    }
}

extension SimRecord.Element {
    var isRuntime: Bool { RuntimeType.all.contains(type) }
}

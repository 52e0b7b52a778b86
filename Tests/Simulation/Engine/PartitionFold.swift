import Contracts
package import Foundation

/// One partition of the log, folded and looked at record by record.
package struct PartitionFold<F: DomainFold> {
    package var domain: F
    package var parked: [String: Set<UUID>] = [:]
    package var refusals: [String: Int] = [:]
    var late: Set<UUID> = []
    var followed: Set<UUID> = []
    var lateFacts = 0
    var void = 0
    var soft: Set<String> = []
    var truth: [UUID: [String]] = [:]
    var ordered: Set<UUID> = []
    var upto: [String: [Int]] = [:]
    var bad: [String] = []
    var progress = 0

    private var opened: [String: Int] = [:]
    private var decided: Set<String> = []

    init(_ domain: F, _ log: [SimRecord?], human: Set<UUID>, sent: [UUID: (no: String, after: Int)]) {
        self.domain = domain
        var writers = SimWriters()
        for (offset, record) in log.enumerated() {
            guard let record, writers.accepts(record), record.kind != .claim else { continue }
            take(record, at: offset, human, sent)
        }
        void = writers.void
        bad += self.domain.violations
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
        checkIds(record, cause)
        let landing = domain.take(record, cause, at: offset)
        for no in landing.opened { opened[no] = offset }
        late.formUnion(landing.owed)
        if landing.isLate { lateFacts += landing.facts } else { ordered.formUnion(record.ordered) }
        followed.insert(cause)
        settle(record, cause, isLate: landing.isLate, human, sent)
    }

    /// A fact's id follows from the cause.
    private mutating func checkIds(_ record: SimRecord, _ cause: UUID) {
        for (ordinal, element) in record.elements.filter({ !$0.isRuntime }).enumerated()
        where element.id != Identifier.fact(cause: cause, ordinal: ordinal) {
            bad.append("a fact's id is not derived from its cause")
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
            if rule == F.unknownCase, let ask = sent[cause], let at = opened[ask.no], at < ask.after {
                bad.append("refused a case that the sender had seen")
            }
            // A repeat after the window, recognised by the domain.
            if rule == F.repeated { return }
        default: break
        }
        if !decided.insert("\(record.service)/\(cause)").inserted { bad.append("one cause decided twice") }
        if human.contains(cause) {
            truth[cause, default: []].append(word == RuntimeType.refused || isLate ? "no" : "ok")
        }
    }
}

extension SimRecord.Element {
    package var isRuntime: Bool { RuntimeType.all.contains(type) }
}

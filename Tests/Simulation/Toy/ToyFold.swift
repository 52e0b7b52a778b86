import Contracts
package import Foundation

/// One partition as the toy domain's checks see it.
package struct ToyFold: DomainFold {
    package static let repeated = "known"
    package static let unknownCase = "nocase"

    var domain = ToyReference()
    var joined: [(report: String, body: String)] = []
    var enrolled: [(no: String, drawn: Int)] = []
    var marked: [(no: String, drawn: Int)] = []
    var fired: [String] = []
    var counted: [String] = []

    private var bad: [String] = []
    private var instant = 0
    private var ends: [String: Int] = [:]

    init() {}

    package var violations: [String] { bad + domain.violations }

    package mutating func take(_ record: SimRecord, _ cause: UUID, at offset: Int) -> Landing {
        var landing = Landing()
        let facts = read(record)
        landing.facts = facts.count
        for (_, fact) in facts { watch(fact, at: offset, &landing) }
        landing.isLate = facts.contains { domain.isGone($0.fact) }
        for (id, fact) in facts {
            if landing.isLate { owe(fact, id, &landing) } else { note(fact, id) }
        }
        return landing
    }

    private mutating func read(_ record: SimRecord) -> [(id: UUID, fact: ToyFact)] {
        var facts: [(UUID, ToyFact)] = []
        for element in record.elements where !element.isRuntime {
            guard let fact = try? ToyFact(type: element.type, version: 1, json: element.data) else {
                bad.append("a counted record holds a fact that cannot be read")
                continue
            }
            facts.append((element.id, fact))
        }
        return facts
    }

    /// What must hold where the record stands, before it changes anything.
    private mutating func watch(_ fact: ToyFact, at offset: Int, _ landing: inout Landing) {
        switch fact {
        case .opened(let no, _): landing.opened.append(no)
        case .fired(let no, let order, let at, let due, let read):
            if at < instant { bad.append("instant goes back") }
            instant = at
            if at < due { bad.append("timer fired before it was due") }
            if let end = ends[clock(no, order)], end < read {
                bad.append("warned though what ends the clock was below the high watermark")
            }
        case .signed(let no, let order), .returned(let no, let order), .suspended(let no, let order):
            ends[clock(no, order)] = offset
        default: break
        }
    }

    private func clock(_ no: String, _ order: String) -> String { "\(order)/\(domain.cases[no]?.starts ?? 0)" }

    private func owe(_ fact: ToyFact, _ id: UUID, _ landing: inout Landing) {
        switch fact {
        case .fired, .joined: landing.owed.append(Identifier.late(id))
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
}

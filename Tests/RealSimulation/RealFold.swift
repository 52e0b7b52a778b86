import Contracts
package import Foundation
import Governance
import Ledger
package import Simulation

/// One partition of the real log, folded by the ledger's rules in memory.
package struct RealFold: DomainFold {
    package static let repeated = "report.take.known"
    package static let unknownCase = "case.unknown"

    var book = CaseBook()
    /// Contents of reports that facts with effect carry.
    var contents: Set<String> = []
    /// How the reports ended.
    var endings = Endings()
    /// How often each fact took effect.
    var facts: [String: Int] = [:]
    private var bad: [String] = []

    init() {}

    package var violations: [String] { bad }

    package mutating func take(_ record: SimRecord, _ cause: UUID, at offset: Int) -> Landing {
        var landing = Landing()
        let all = RealFold.facts(of: record)
        landing.facts = all.count
        landing.isLate = book.isGone(all.map(\.fact))
        for (id, fact) in all {
            if case .unknown(let type, _, _) = fact { bad.append("a fact that nobody knows is in the log: \(type)") }
            if landing.isLate {
                if case .reportAttached(let attached) = fact, !attached.opening, attached.from == nil {
                    landing.owed.append(Identifier.late(id))
                }
                continue
            }
            book.evolve(fact)
            note(fact, &landing)
        }
        return landing
    }

    static func facts(of record: SimRecord) -> [(id: UUID, fact: Fact)] {
        record.elements.filter { !$0.isRuntime }.compactMap { element in
            (try? Fact(type: element.type, version: 1, json: element.data)).map { (element.id, $0) }
        }
    }

    private mutating func note(_ fact: Fact, _ landing: inout Landing) {
        facts[fact.type, default: 0] += 1
        endings.take(fact)
        switch fact {
        case .caseOpened(let opened):
            landing.opened.append(opened.number.text)
            contents.insert(RealDomain.content(opened.appeal))
        case .warningRaised(let raised): facts["\(fact.type) \(raised.model)", default: 0] += 1
        case .reportAttached(let attached): contents.insert(RealDomain.content(attached.appeal))
        default: break
        }
    }
}

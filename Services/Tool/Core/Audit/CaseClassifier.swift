import CaseLog
import Contracts
import Foundation
import Governance
import Ledger

/// Tells of each record of one partition whether it counts, whether it is late, and what it did to its cases: the same
/// fold as every reader's, in memory.
struct CaseClassifier {
    let partition: Int32
    private var writers = Writers()
    private var book = CaseBook()

    init(partition: Int32) { self.partition = partition }

    /// The next record in log order.
    /// - Throws: `AuditProblem` for a record that counts and cannot be read.
    mutating func take(_ entry: LogEntry) throws -> AuditRecord {
        let place = AuditPlace(topic: Topic.cases, partition: partition, offset: entry.offset)
        let record = CaseRecord(entry, partition: partition)
        guard let record, writers.accepts(record.headers) else {
            return AuditRecord(
                place: place, standing: .void, headers: record?.headers, elements: (try? record?.elements()) ?? [],
                facts: [])
        }
        do {
            let elements = try record.elements()
            let facts: [Landed<Fact>] = try record.facts(elements)
            return take(
                facts.map(\.fact),
                AuditRecord(place: place, standing: .counts, headers: record.headers, elements: elements, facts: []))
        } catch {
            throw AuditProblem("\(place) counts and cannot be read: \(error)")
        }
    }

    private mutating func take(_ facts: [Fact], _ base: AuditRecord) -> AuditRecord {
        var record = base
        if !facts.isEmpty, book.isGone(facts) {
            record.standing = .late
            record.facts = facts.map { AuditFact(fact: $0) }
            return record
        }
        record.facts = facts.map { fact in
            guard let number = fact.about else { return AuditFact(fact: fact) }
            let from = book[number]?.stage
            book.evolve(fact)
            return AuditFact(fact: fact, from: from, to: book[number]?.stage)
        }
        return record
    }
}

/// Why an audit cannot be made: exit status 2.
struct AuditProblem: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

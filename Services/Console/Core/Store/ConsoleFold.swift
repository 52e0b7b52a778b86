import CaseLog
import Contracts
import Foundation
import GRDB
import Governance
import Ledger

/// A record of `cases` that counts, as the fold needs it.
struct ConsoleRecord: Sendable {
    /// Facts of the deciders, in order, with their raw data.
    var facts: [(landed: Landed<Fact>, element: Element)]
    /// A person was told no.
    var refusal: (subject: CaseNumber, element: Element)?
    var cause: UUID
    var time: Instant
    var offset: Int64

    /// Reads a record; nil for claims and progress.
    init?(_ record: CaseRecord) throws {
        guard let cause = record.headers.cause else { return nil }
        self.cause = cause
        time = record.headers.time
        offset = record.offset
        let elements = try record.elements()
        facts = try record.facts(elements, as: Fact.self).map { ($0, elements[$0.ordinal]) }
        if let subject = record.headers.subject.flatMap(CaseNumber.init),
            let element = elements.first(where: { $0.type == RuntimeType.refused })
        {
            refusal = (subject, element)
        }
    }

    /// A record from facts alone.
    init(_ facts: [Landed<Fact>], cause: UUID, time: Instant, offset: Int64) throws {
        self.facts = try facts.map { ($0, try Element(id: $0.id, $0.fact)) }
        self.cause = cause
        self.time = time
        self.offset = offset
    }
}

/// What one record does to the read model: a pure fold of (record, tables), in log order. Partitions do not touch each
/// other's rows, so their order does not matter.
enum ConsoleFold {
    static func apply(_ record: ConsoleRecord, in db: Database) throws {
        if let refusal = record.refusal {
            try note(refusal.subject, refusal.element, ordinal: 0, record, late: false, in: db)
        }
        guard !record.facts.isEmpty else { return }
        let isLate = try CaseLedger.isGone(record.facts.map(\.landed.fact), in: db)
        for (landed, element) in record.facts {
            guard let number = landed.fact.about ?? landed.fact.suggestion else { continue }
            try note(number, element, ordinal: landed.ordinal, record, late: isLate, in: db)
        }
        guard !isLate else { return }
        try CaseLedger.evolve(record.facts.map(\.landed.fact), in: db)
        for (landed, _) in record.facts {
            try AppealFold.apply(landed.fact, at: landed.time, in: db)
            try SuggestionFold.apply(landed.fact, in: db)
            try WorkerFold.apply(landed.fact, at: landed.time, in: db)
        }
        try updateViews(record, in: db)
    }

    private static func updateViews(_ record: ConsoleRecord, in db: Database) throws {
        var views: [CaseNumber: (view: CaseView, was: String)] = [:]
        for (landed, _) in record.facts {
            guard let number = landed.fact.about else { continue }
            var (view, was) = try views[number] ?? loaded(number, at: landed.time, db)
            view.take(landed.fact, at: landed.time)
            views[number] = (view, was)
        }
        for (number, (view, was)) in views.sorted(by: { $0.key < $1.key }) {
            guard let columns = try CaseLedger.columns(of: number, in: db) else { continue }
            var view = view
            view.take(columns, at: record.time)
            try view.save(replacing: was, in: db)
            for (landed, _) in record.facts where landed.fact.about == number {
                try ScoreFold.apply(landed.fact, at: landed.time, view, columns, in: db)
            }
            let statement = try db.cachedStatement(
                sql: "INSERT OR IGNORE INTO case_unit (unit, number, opened) VALUES (?, ?, ?)")
            for unit in Set(columns.dispatch.handlingUnits.map(\.text) + view.units).sorted() {
                try statement.execute(arguments: [unit, number.text, view.opened])
            }
        }
    }

    private static func loaded(
        _ number: CaseNumber, at time: Instant, _ db: Database
    ) throws -> (view: CaseView, was: String) {
        let view = try CaseView.row(of: number, at: time, in: db)
        return (view, view.words)
    }

    private static func note(
        _ number: CaseNumber, _ element: Element, ordinal: Int, _ record: ConsoleRecord, late: Bool, in db: Database
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO timeline (number, offset, ordinal, time, type, version, data, cause, late)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(
            arguments: [
                number.text, record.offset, ordinal, record.time.milliseconds, element.type, element.version,
                String(decoding: element.data, as: UTF8.self), record.cause.uuidString.lowercased(), late,
            ])
    }
}

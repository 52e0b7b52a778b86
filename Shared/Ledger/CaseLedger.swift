public import Contracts
import Foundation
public import GRDB
public import Governance

/// The row that every reader keeps of every case: deciders, Console and audit fold the same facts into the same
/// columns, so that all agree on a case's state and on what comes too late.
public enum CaseLedger {
    /// The one table, for the schema of a store.
    public static let table = "case_row"

    /// Creates the table.
    public static func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE case_row (
                    number TEXT PRIMARY KEY, home TEXT NOT NULL, stage TEXT NOT NULL, columns TEXT NOT NULL
                ) WITHOUT ROWID
                """)
    }

    /// The columns of a case; nil when no fact of it took effect here.
    public static func columns(of number: CaseNumber, in db: Database) throws -> CaseColumns? {
        let statement = try db.cachedStatement(sql: "SELECT columns FROM case_row WHERE number = ?")
        guard let text = try String.fetchOne(statement, arguments: [number.text]) else { return nil }
        return try ColumnsText.columns(text)
    }

    /// Whether a record of these facts is late: one late fact makes the whole record late.
    public static func isGone(_ facts: [Fact], in db: Database) throws -> Bool {
        // The facts of a record are nearly always about one case, whose row is read once.
        var rows: [CaseNumber: CaseColumns?] = [:]
        func row(_ number: CaseNumber) throws -> CaseColumns? {
            if let known = rows[number] { return known }
            let found = try columns(of: number, in: db)
            rows[number] = .some(found)
            return found
        }
        for fact in facts {
            guard let number = fact.about else { continue }
            if Lateness.isGone(fact, on: try row(number)) { return true }
            if case .reportAttached(let attached) = fact, let from = attached.from, Lateness.cannotJoin(try row(from)) {
                return true
            }
        }
        return false
    }

    /// Folds a fact that took effect. Total: a fact about a case that is not known here starts its row.
    public static func evolve(_ fact: Fact, in db: Database) throws { try evolve([fact], in: db) }

    /// Folds the facts of a record that took effect, in order; each case's row is read and written once.
    public static func evolve(_ facts: [Fact], in db: Database) throws {
        var book = CaseBook()
        for fact in facts {
            guard let number = fact.about else { continue }
            if book[number] == nil, let known = try columns(of: number, in: db) { book.enter(known, of: number) }
            book.evolve(fact)
        }
        for (number, columns) in book.rows { try store(columns, of: number, in: db) }
    }

    private static func store(_ columns: CaseColumns, of number: CaseNumber, in db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO case_row (number, home, stage, columns) VALUES (?, ?, ?, ?)")
        let json = try ColumnsText.text(of: columns)
        try statement.execute(arguments: [number.text, number.home.text, columns.stage.rawValue, json])
    }
}

import Foundation
import GRDB

/// The cases that a typed text finds: by words of title or item, or by the beginning of a case number. Only the newest of those
/// that the city has: who searches for what a million cases say adds a word.
struct CaseSearch: Sendable, Equatable {
    /// As it was typed.
    var text: String
    /// So many of the newest are looked at.
    static let reach = 10_000

    /// A condition on `case_view c`, and whether there are more than are looked at.
    func condition(in db: Database) throws -> (sql: String, arguments: StatementArguments, isCut: Bool) {
        let (words, values) = worded
        guard let start = number else { return ("c.rowid IN (\(words))", values, try isCut(words, values, db)) }
        let numbers = "SELECT rowid FROM case_view WHERE number >= ? AND number < ? LIMIT \(Self.reach)"
        let both = "SELECT * FROM (\(words)) UNION SELECT * FROM (\(numbers))"
        return ("c.rowid IN (\(both))", values + [start, start + "\u{7F}"], try isCut(words, values, db))
    }

    private func isCut(_ words: String, _ values: StatementArguments, _ db: Database) throws -> Bool {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM (\(words))", arguments: values) == Self.reach
    }

    /// The beginning of a case number, such as `410803001-2026`.
    private var number: String? {
        let typed = typed.uppercased()
        guard typed.first?.isNumber == true,
            typed.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "~") })
        else { return nil }
        return typed
    }

    private var worded: (sql: String, arguments: StatementArguments) {
        if let match = CaseText.match(text) {
            let found = "SELECT rowid FROM case_text WHERE case_text MATCH ? ORDER BY rowid DESC LIMIT \(Self.reach)"
            return (found, [match])
        }
        // The index has pairs of characters: for a single one the newest cases are read.
        let newest = "SELECT rowid AS id, title, itemName FROM case_view ORDER BY rowid DESC LIMIT \(Self.reach)"
        return ("SELECT id FROM (\(newest)) WHERE instr(title, ?) OR instr(itemName, ?)", [typed, typed])
    }

    private var typed: String { text.trimmingCharacters(in: .whitespacesAndNewlines) }
}

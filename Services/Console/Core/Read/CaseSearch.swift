import Foundation
import GRDB

/// The cases that a typed text finds: by words of title or item, or by the beginning of a case number. Only the newest of those
/// that the city has: who searches for what a million cases say adds a word.
struct CaseSearch: Sendable, Equatable {
    /// As it was typed.
    var text: String
    /// So many of the newest are looked at.
    static let reach = 10_000

    /// Row ids of `case_view`, and whether there are more than are looked at.
    func rows(in db: Database) throws -> (ids: Set<Int64>, isCut: Bool) {
        let (sql, arguments) = worded
        let words = try Int64.fetchAll(db, sql: sql, arguments: arguments)
        let numbers = try number.map { try numbered($0, in: db) } ?? []
        return (Set(words + numbers), max(words.count, numbers.count) == Self.reach)
    }

    /// Within a township the greater number is the newer case.
    private func numbered(_ start: String, in db: Database) throws -> [Int64] {
        try Int64.fetchAll(
            db,
            sql:
                "SELECT rowid FROM case_view WHERE number >= ? AND number < ? ORDER BY number DESC LIMIT \(Self.reach)",
            arguments: [start, start + "\u{7F}"])
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

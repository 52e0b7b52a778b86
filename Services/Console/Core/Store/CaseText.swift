import GRDB

/// What lists are searched by 检索: title and item of a case as pairs of neighbouring characters, since Chinese writes no spaces
/// between words. A search of two characters or more asks the index; it never reads all cases.
package enum CaseText {
    static func create(in db: Database) throws {
        // Only the index is kept: the text itself stands in `case_view`, by the same rowid.
        try db.execute(sql: "CREATE VIRTUAL TABLE case_text USING fts5(pairs, content = '', columnsize = 0)")
    }

    /// Puts a case's text in the place of what it was; empty for none.
    static func keep(_ row: Int64, was: String, now: String, in db: Database) throws {
        guard was != now else { return }
        if !was.isEmpty {
            try db.cachedStatement(sql: "INSERT INTO case_text (case_text, rowid, pairs) VALUES ('delete', ?, ?)")
                .execute(arguments: [row, pairs(was)])
        }
        if !now.isEmpty {
            try db.cachedStatement(sql: "INSERT INTO case_text (rowid, pairs) VALUES (?, ?)")
                .execute(arguments: [row, pairs(now)])
        }
    }

    /// `充电 电桩` for `充电桩`; a word of one character stands alone.
    package static func pairs(_ text: String) -> String {
        words(text).map { grams($0).joined(separator: " ") }.joined(separator: " ")
    }

    /// The question to the index for what a person typed; nil when it has no word of two characters.
    static func match(_ typed: String) -> String? {
        let long = words(typed).filter { $0.count > 1 }
        return long.isEmpty
            ? nil : long.map { "\"\(grams($0).joined(separator: " "))\"" }.joined(separator: " AND ")
    }

    /// Runs of letters and digits.
    private static func words(_ text: String) -> [[Character]] {
        text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(Array.init)
    }

    private static func grams(_ word: [Character]) -> [String] {
        word.count < 2 ? [String(word)] : zip(word, word.dropFirst()).map { String([$0, $1]) }
    }
}

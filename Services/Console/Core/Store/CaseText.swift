import GRDB

/// What lists are searched by 检索: title and item of a case as pairs of neighbouring characters, since Chinese writes no spaces
/// between words, and as whole numbers. A search asks the index; it never reads all cases.
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

    /// `12 号楼 充电 电桩` for `12号楼 充电桩`; a character alone stands alone.
    package static func pairs(_ text: String) -> String { phrases(text).flatMap(\.self).joined(separator: " ") }

    /// The question to the index for what a person typed; nil when that is a single character, which no pair answers.
    static func match(_ typed: String) -> String? {
        let parts = phrases(typed).compactMap(question)
        return parts.isEmpty ? nil : parts.joined(separator: " AND ")
    }

    private static func question(_ tokens: [String]) -> String? {
        var tokens = tokens[...]
        // A single character before a number is the end of a pair there, and one behind it the beginning of a pair.
        if tokens.count > 1, tokens.first.map(isSingle) == true { tokens.removeFirst() }
        guard let last = tokens.last, tokens.count > 1 || !isSingle(last) else { return nil }
        return "\"\(tokens.joined(separator: " "))\"" + (isSingle(last) ? " *" : "")
    }

    private static func isSingle(_ token: String) -> Bool { token.count == 1 && token.allSatisfy { !$0.isNumber } }

    /// What stands together without a gap, each as its tokens.
    private static func phrases(_ text: String) -> [[String]] {
        text.lowercased().split { !($0.isLetter || $0.isNumber) }.map { phrase in
            phrase.chunked { $0.isNumber == $1.isNumber }.flatMap(tokens)
        }
    }

    private static func tokens(_ run: [Character]) -> [String] {
        guard run.count > 1, run.allSatisfy({ !$0.isNumber }) else { return [String(run)] }
        return zip(run, run.dropFirst()).map { String([$0, $1]) }
    }
}

extension Sequence {
    /// Runs of elements of which each goes with the one before.
    fileprivate func chunked(_ together: (Element, Element) -> Bool) -> [[Element]] {
        reduce(into: []) { runs, element in
            if let last = runs.last?.last, together(last, element) {
                runs[runs.count - 1].append(element)
            } else {
                runs.append([element])
            }
        }
    }
}

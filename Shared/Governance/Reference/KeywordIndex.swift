/// Finds all occurrences of many keywords in one pass (Aho-Corasick over UTF-8). Built once, read by any thread.
struct KeywordIndex: Sendable {
    /// An occurrence: bytes `start ..< end` spell the keyword.
    struct Match: Hashable, Sendable {
        let start: Int
        let end: Int
        let keyword: Int
    }

    let count: Int
    private let lengths: [Int]
    /// Column of a byte in the table; bytes that no keyword has share column 0, which leads back to the root.
    private let column: [UInt8]
    private let width: Int
    private let table: [Int32]
    /// Keyword that ends in a node, else -1.
    private let ending: [Int32]
    /// Nearest node on the failure path, itself included, in which a keyword ends; 0 for none.
    private let report: [Int32]
    /// The next such node further up.
    private let further: [Int32]

    init(_ keywords: [PlainText]) {
        count = keywords.count
        lengths = keywords.map { $0.bytes.count }
        var used = [Bool](repeating: false, count: 256)
        for keyword in keywords { for byte in keyword.bytes { used[Int(byte)] = true } }
        var column = [UInt8](repeating: 0, count: 256)
        var width = 1
        // UTF-8 never uses all 256 values, so the columns fit a byte.
        for byte in 0..<256 where used[byte] {
            column[byte] = UInt8(truncatingIfNeeded: width)
            width += 1
        }
        var trie = Trie(width: width)
        for (number, keyword) in keywords.enumerated() where !keyword.isEmpty {
            trie.insert(keyword.bytes.map { Int(column[Int($0)]) }, keyword: number)
        }
        trie.link()
        self.column = column
        self.width = width
        table = trie.table
        ending = trie.ending
        report = trie.report
        further = trie.further
    }

    /// All occurrences, in the order of their ends.
    func matches(in text: PlainText) -> [Match] {
        var found: [Match] = []
        var node = 0
        for (offset, byte) in text.bytes.enumerated() {
            node = Int(table[node * width + Int(column[Int(byte)])])
            var hit = Int(report[node])
            while hit != 0 {
                let keyword = Int(ending[hit])
                found.append(Match(start: offset + 1 - lengths[keyword], end: offset + 1, keyword: keyword))
                hit = Int(further[hit])
            }
        }
        return found
    }

    /// The occurrences that lie in no other one: 「物业费」 rather than 「物业」. They must come as `matches` gives them: by
    /// end, and of one end the longest first.
    static func longest(_ matches: [Match]) -> [Match] {
        var kept: [Match] = []
        var earliest = Int.max
        var index = matches.count
        while index > 0 {
            let end = matches[index - 1].end
            while index > 0, matches[index - 1].end == end { index -= 1 }
            let longest = matches[index]
            guard longest.start < earliest else { continue }
            earliest = longest.start
            kept.append(longest)
        }
        kept.reverse()
        return kept
    }
}

/// The trie while it is built.
private struct Trie {
    let width: Int
    private let blank: [Int32]
    var table: [Int32]
    var ending: [Int32] = [-1]
    var report: [Int32] = [0]
    var further: [Int32] = [0]

    init(width: Int) {
        self.width = width
        blank = [Int32](repeating: 0, count: width)
        table = blank
    }

    mutating func insert(_ columns: [Int], keyword: Int) {
        var node = 0
        for column in columns {
            if table[node * width + column] == 0 {
                table[node * width + column] = Int32(truncatingIfNeeded: ending.count)
                table += blank
                ending.append(-1)
                report.append(0)
                further.append(0)
            }
            node = Int(table[node * width + column])
        }
        ending[node] = Int32(truncatingIfNeeded: keyword)
    }

    /// Fills the failure transitions breadth first, so that a step needs one look-up.
    mutating func link() {
        var failure = [Int](repeating: 0, count: ending.count)
        var queue = (1..<max(1, width)).map { Int(table[$0]) }.filter { $0 != 0 }
        for node in queue { report[node] = ending[node] >= 0 ? Int32(truncatingIfNeeded: node) : 0 }
        var next = 0
        while next < queue.count {
            let node = queue[next]
            next += 1
            for column in 1..<width {
                let child = Int(table[node * width + column])
                let fallback = Int(table[failure[node] * width + column])
                guard child != 0 else {
                    table[node * width + column] = Int32(truncatingIfNeeded: fallback)
                    continue
                }
                failure[child] = fallback
                further[child] = report[fallback]
                report[child] = ending[child] >= 0 ? Int32(truncatingIfNeeded: child) : report[fallback]
                queue.append(child)
            }
        }
    }
}

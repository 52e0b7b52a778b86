/// Many keyword rules compiled into one index: one pass over a text scores them all.
struct KeywordRules: Sendable {
    /// What a text says, for all rules.
    struct Reading {
        /// Score of each rule; 0 when nothing speaks for it.
        var scores: [Int]
        /// Whether something in the head speaks for it.
        var inHead: [Bool]
        fileprivate var evidence: [Evidence] = []
    }

    fileprivate struct Evidence {
        let rule: Int32
        let score: Int32
        /// A keyword's number, or `-1 - group`.
        let source: Int32
    }

    private struct Posting: Sendable {
        let rule: Int
        let weight: Int
    }

    private struct Group: Sendable {
        let rule: Int
        let weight: Int
        let words: [Int]
    }

    /// Points per weight: a word in the head counts three times one in the body; twice in the body a half more;
    /// a group whole in the head, half in it, outside it; a word against, in the head and outside it.
    private enum Points {
        static let head = 6
        static let body = 2
        static let bodyAgain = 3
        static let groupHead = 6
        static let groupMixed = 3
        static let groupBody = 1
        static let againstHead = 4
        static let againstBody = 1
    }

    private let words: [String]
    private let index: KeywordIndex
    private let rules: Int
    private let speaking: [[Posting]]
    private let against: [[Posting]]
    private let groups: [Group]
    private let groupsOf: [[Int]]

    init(_ rules: [Keywords]) {
        var numbers: [PlainText: Int] = [:]
        var words: [String] = []
        var plain: [PlainText] = []
        func number(_ word: String) -> Int {
            let text = PlainText(word)
            if let known = numbers[text] { return known }
            numbers[text] = words.count
            words.append(word)
            plain.append(text)
            return words.count - 1
        }
        var speaking: [(Int, Posting)] = []
        var against: [(Int, Posting)] = []
        var groups: [Group] = []
        for (rule, keywords) in rules.enumerated() {
            for word in keywords.any { speaking.append((number(word.text), Posting(rule: rule, weight: word.weight))) }
            for word in keywords.not { against.append((number(word.text), Posting(rule: rule, weight: word.weight))) }
            for group in keywords.all {
                groups.append(Group(rule: rule, weight: group.weight, words: group.words.map(number)))
            }
        }
        self.words = words
        self.rules = rules.count
        self.groups = groups
        index = KeywordIndex(plain)
        self.speaking = Self.byWord(speaking, count: words.count)
        self.against = Self.byWord(against, count: words.count)
        groupsOf = Self.byWord(
            groups.enumerated().flatMap { one in one.element.words.map { ($0, one.offset) } },
            count: words.count)
    }

    private static func byWord<Value>(_ pairs: [(Int, Value)], count: Int) -> [[Value]] {
        var lists = [[Value]](repeating: [], count: count)
        for (word, value) in pairs { lists[word].append(value) }
        return lists
    }

    /// Scores every rule over a head (title) and a body.
    func read(head: PlainText, body: PlainText) -> Reading {
        let headMatches = index.matches(in: head)
        let bodyMatches = index.matches(in: body)
        var reading = Reading(
            scores: [Int](repeating: 0, count: rules), inHead: [Bool](repeating: false, count: rules))
        var presence = Presence(words: words.count)
        for match in headMatches { presence.mark(match.keyword, Presence.head) }
        for match in bodyMatches { presence.mark(match.keyword, Presence.body) }
        for match in KeywordIndex.longest(headMatches) { presence.mark(match.keyword, Presence.headLongest) }
        for match in KeywordIndex.longest(bodyMatches) {
            let again = presence.marks[match.keyword] & Presence.bodyLongest != 0
            presence.mark(match.keyword, again ? Presence.bodyAgain : Presence.bodyLongest)
        }
        for word in presence.seen { add(word, presence.marks[word], to: &reading) }
        addGroups(presence, to: &reading)
        for word in presence.seen {
            let points = presence.marks[word] & Presence.head != 0 ? Points.againstHead : Points.againstBody
            for posting in against[word] where reading.scores[posting.rule] > 0 {
                reading.scores[posting.rule] -= posting.weight * points
            }
        }
        return reading
    }

    private func add(_ word: Int, _ marks: UInt8, to reading: inout Reading) {
        for posting in speaking[word] {
            if marks & Presence.headLongest != 0 {
                reading.add(posting.rule, posting.weight * Points.head, word, head: true)
            }
            if marks & Presence.bodyLongest != 0 {
                let points = marks & Presence.bodyAgain != 0 ? Points.bodyAgain : Points.body
                reading.add(posting.rule, posting.weight * points, word, head: false)
            }
        }
    }

    private func addGroups(_ presence: Presence, to reading: inout Reading) {
        var complete = [UInt8](repeating: 0, count: groups.count)
        for word in presence.seen {
            for number in groupsOf[word] {
                complete[number] += 1
                let group = groups[number]
                guard Int(complete[number]) == group.words.count else { continue }
                let whole = group.words.allSatisfy { presence.marks[$0] & Presence.head != 0 }
                let half = whole || group.words.contains { presence.marks[$0] & Presence.head != 0 }
                let points = whole ? Points.groupHead : half ? Points.groupMixed : Points.groupBody
                reading.add(group.rule, group.weight * points, -1 - number, head: whole)
            }
        }
    }

    /// Which words a text has, and where.
    private struct Presence {
        static let head: UInt8 = 1
        static let body: UInt8 = 2
        static let headLongest: UInt8 = 4
        static let bodyLongest: UInt8 = 8
        static let bodyAgain: UInt8 = 16

        var marks: [UInt8]
        /// The words in the order they were first seen.
        var seen: [Int] = []

        init(words: Int) { marks = [UInt8](repeating: 0, count: words) }

        mutating func mark(_ word: Int, _ bit: UInt8) {
            if marks[word] == 0 { seen.append(word) }
            marks[word] |= bit
        }
    }

    /// The words that spoke for a rule, strongest first.
    func words(for rule: Int, in reading: Reading, limit: Int = 4) -> [String] {
        let found = reading.evidence.filter { $0.rule == rule }.sorted { ($1.score, $0.source) < ($0.score, $1.source) }
        var seen: [String] = []
        for one in found {
            let text = one.source >= 0 ? words[Int(one.source)] : groupText(-1 - Int(one.source))
            if !seen.contains(text) { seen.append(text) }
            if seen.count == limit { break }
        }
        return seen
    }

    private func groupText(_ number: Int) -> String { groups[number].words.map { words[$0] }.joined(separator: "+") }
}

extension KeywordRules.Reading {
    fileprivate mutating func add(_ rule: Int, _ score: Int, _ source: Int, head: Bool) {
        scores[rule] += score
        if head { inHead[rule] = true }
        evidence.append(
            KeywordRules.Evidence(
                rule: Int32(truncatingIfNeeded: rule), score: Int32(truncatingIfNeeded: score),
                source: Int32(truncatingIfNeeded: source)))
    }
}

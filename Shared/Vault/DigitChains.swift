/// Digits that follow one another with at most separators between: the unit the number finder judges.
struct DigitChain {
    /// What lies between two groups; spaces beside another separator do not count.
    enum Gap: Equatable { case start, space, dash, dot, enumeration, bracket }

    /// Digits without anything between.
    struct Group {
        /// Where it stands in the text.
        var bytes: Range<Int>
        /// Where its values stand in the reader's `digits`.
        var digits: Range<Int>
        /// What parts it from the group before.
        var gap: Gap

        var count: Int { digits.count }
    }

    var groups: [Group] = []
    /// The end of an X after the last digit: the check character of an identity number.
    var checkEnd: Int?
}

/// Reads the digit chains of UTF-8 text in one pass.
struct DigitChainReader {
    let text: [UInt8]
    /// The values of all digits of the current chain.
    private(set) var digits: [UInt8] = []
    private var position = 0

    init(_ text: [UInt8]) { self.text = text }

    /// The next chain, or nil at the end of the text. Chains too short for any number are left out.
    mutating func next() -> DigitChain? {
        while position < text.count {
            let (symbol, length) = Symbol.read(text, at: position)
            if let opaque = OpaqueWord.end(in: text, at: position) {
                position = opaque
            } else if case .digit = symbol {
                let chain = readChain()
                if digits.count >= 10 { return chain }
            } else {
                position += length
            }
        }
        return nil
    }

    private mutating func readChain() -> DigitChain {
        digits.removeAll(keepingCapacity: true)
        var chain = DigitChain()
        var gap = DigitChain.Gap.start
        while position < text.count, OpaqueWord.end(in: text, at: position) == nil {
            let start = position
            let first = digits.count
            while position < text.count {
                let (symbol, length) = Symbol.read(text, at: position)
                if case .digit(let value) = symbol { digits.append(value) } else if symbol != .ignorable { break }
                position += length
            }
            guard digits.count > first else { break }
            chain.groups.append(.init(bytes: start..<position, digits: first..<digits.count, gap: gap))
            guard let (next, after) = readGap() else { break }
            chain.checkEnd = checkCharacter(at: after)
            if let end = chain.checkEnd {
                position = end
                break
            }
            guard case .digit = Symbol.read(text, at: after).symbol else { break }
            position = after
            gap = next
        }
        return chain
    }

    /// Up to three separators of one kind; nil if there are more or they do not go together.
    private func readGap() -> (DigitChain.Gap, after: Int)? {
        var kind = DigitChain.Gap.space
        var count = 0
        var cursor = position
        while cursor < text.count {
            let (symbol, length) = Symbol.read(text, at: cursor)
            switch symbol {
            case .ignorable: break
            case .separator(let next):
                count += 1
                guard count <= 3 else { return nil }
                if kind == .space || kind == next {
                    kind = next
                } else if next == .bracket || kind == .bracket {
                    kind = .bracket
                } else if next != .space {
                    return nil
                }
            default: return (kind, cursor)
            }
            cursor += length
        }
        return nil
    }

    private func checkCharacter(at start: Int) -> Int? {
        guard start < text.count else { return nil }
        let (symbol, length) = Symbol.read(text, at: start)
        let end = start + length
        guard symbol == .checkCharacter, end == text.count || !isWordByte(text[end]) else { return nil }
        return end
    }
}

/// Words that are random ids, not numbers: what looks like a telephone number inside one is chance.
enum OpaqueWord {
    /// The end of an opaque word that begins at `start`: a UUID, a case number, or at least 16 letters and digits with three
    /// or more runs of digits (digests, tokens).
    static func end(in text: [UInt8], at start: Int) -> Int? {
        guard isWordByte(text[start]), start == 0 || !isWordByte(text[start - 1]) else { return nil }
        var end = start
        var runs = 0
        var inRun = false
        while end < text.count, isWordByte(text[end]) {
            let digit = isDigitByte(text[end])
            if digit && !inRun { runs += 1 }
            inRun = digit
            end += 1
        }
        if end - start >= 16, runs >= 3 { return end }
        switch end - start {
        case 8: return uuidEnd(text, start)
        case 9: return caseNumberEnd(text, start)
        default: return nil
        }
    }

    private static func uuidEnd(_ text: [UInt8], _ start: Int) -> Int? {
        let end = start + 36
        guard end <= text.count, end == text.count || !isWordByte(text[end]) else { return nil }
        for offset in 0..<36 {
            let byte = text[start + offset]
            let dash = [8, 13, 18, 23].contains(offset)
            guard dash ? byte == UInt8(ascii: "-") : isHexByte(byte) else { return nil }
        }
        return end
    }

    /// `410803001-20261121-K7Q2MX`: nine digits, eight digits, at least six of base 32. 案件编号
    private static func caseNumberEnd(_ text: [UInt8], _ start: Int) -> Int? {
        guard start + 25 <= text.count, text[start + 9] == UInt8(ascii: "-"), text[start + 18] == UInt8(ascii: "-"),
            text[start..<(start + 9)].allSatisfy(isDigitByte), text[(start + 10)..<(start + 18)].allSatisfy(isDigitByte)
        else { return nil }
        var end = start + 19
        while end < text.count, isWordByte(text[end]) { end += 1 }
        return (6...12).contains(end - start - 19) ? end : nil
    }
}

func isDigitByte(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
func isHexByte(_ byte: UInt8) -> Bool { isDigitByte(byte) || (0x61...0x66).contains(byte | 0x20) }
func isWordByte(_ byte: UInt8) -> Bool { isDigitByte(byte) || (0x61...0x7A).contains(byte | 0x20) }

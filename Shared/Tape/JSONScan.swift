import Foundation

/// The one pass of ``JSONTape``.
struct JSONScan {
    private(set) var nodes: [JSONTape.Node] = []
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0
    private let deepest: Int
    private var depth = 0
    private var hasHighBytes = false

    init(_ bytes: UnsafeBufferPointer<UInt8>, deepest: Int) {
        self.bytes = bytes
        self.deepest = deepest
        nodes.reserveCapacity(bytes.count / 8 + 4)
    }

    /// The whole text: one value and nothing behind it.
    mutating func text() throws(TapeFault) {
        guard bytes.count < Int32.max else { throw fault(.tooLong) }
        space()
        try value()
        space()
        guard at == bytes.count else { throw fault(.behind) }
        if hasHighBytes, StrictText.of(bytes) == nil {
            throw TapeFault(what: .notUTF8, at: firstWrongText())
        }
    }

    /// The start of the first string that is not UTF-8.
    private func firstWrongText() -> Int {
        let wrong = nodes.first { node in
            guard node.kind == .string || node.kind == .escaped else { return false }
            return StrictText.of(UnsafeBufferPointer(rebasing: bytes[Int(node.start)..<Int(node.end)])) == nil
        }
        return wrong.map { Int($0.start) - 1 } ?? 0
    }

    private mutating func value() throws(TapeFault) {
        guard at < bytes.count else { throw fault(.early) }
        switch bytes[at] {
        case UInt8(ascii: "{"): try nest(.object)
        case UInt8(ascii: "["): try nest(.array)
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try word("true", .yes)
        case UInt8(ascii: "f"): try word("false", .no)
        case UInt8(ascii: "n"): try word("null", .null)
        default: try number()
        }
    }

    private mutating func nest(_ kind: JSONTape.Kind) throws(TapeFault) {
        depth += 1
        guard depth <= deepest else { throw fault(.deep) }
        let own = nodes.count
        let close = kind == .object ? UInt8(ascii: "}") : UInt8(ascii: "]")
        append(kind, at, at)
        at += 1
        space()
        if at < bytes.count, bytes[at] == close {
            at += 1
        } else {
            try members(kind, until: close)
        }
        nodes[own].end = Int32(at)
        nodes[own].next = Int32(nodes.count)
        depth -= 1
    }

    private mutating func members(_ kind: JSONTape.Kind, until close: UInt8) throws(TapeFault) {
        while true {
            if kind == .object {
                guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw fault(.name) }
                try string()
                space()
                guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { throw fault(.colon) }
                at += 1
                space()
            }
            try value()
            space()
            guard at < bytes.count else { throw fault(.early) }
            let found = bytes[at]
            at += 1
            if found == close { return }
            guard found == UInt8(ascii: ",") else { throw fault(kind == .object ? .commaOrBrace : .commaOrBracket) }
            space()
        }
    }

    private mutating func string() throws(TapeFault) {
        let start = at + 1
        var isEscaped = false
        var high: UInt8 = 0
        at = start
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") {
                if high >= 0x80 { hasHighBytes = true }
                if isEscaped, JSONEscapes.text(bytes[start..<at]) == nil { throw fault(.escape) }
                append(isEscaped ? .escaped : .string, start, at)
                at += 1
                return
            }
            guard byte >= 0x20 else { throw fault(.control) }
            high |= byte
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
                at += 1
            }
            at += 1
        }
        throw fault(.endless)
    }

    private mutating func word(_ word: StaticString, _ kind: JSONTape.Kind) throws(TapeFault) {
        let end = at + word.utf8CodeUnitCount
        guard end <= bytes.count, let base = bytes.baseAddress,
            memcmp(base + at, word.utf8Start, word.utf8CodeUnitCount) == 0
        else { throw fault(.value) }
        append(kind, at, end)
        at = end
    }

    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
    private mutating func number() throws(TapeFault) {
        let start = at
        skip(UInt8(ascii: "-"))
        if !skip(UInt8(ascii: "0")) { try digits() }
        if skip(UInt8(ascii: ".")) { try digits() }
        if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
            if !skip(UInt8(ascii: "-")) { skip(UInt8(ascii: "+")) }
            try digits()
        }
        append(.number, start, at)
    }

    private mutating func digits() throws(TapeFault) {
        let start = at
        while at < bytes.count, bytes[at] &- UInt8(ascii: "0") < 10 { at += 1 }
        guard at > start else { throw fault(at < bytes.count ? .value : .early) }
    }

    @discardableResult
    private mutating func skip(_ byte: UInt8) -> Bool {
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    private mutating func space() {
        while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0a || bytes[at] == 0x0d || bytes[at] == 0x09 {
            at += 1
        }
    }

    private mutating func append(_ kind: JSONTape.Kind, _ start: Int, _ end: Int) {
        nodes.append(.init(kind: kind, start: Int32(start), end: Int32(end), next: Int32(nodes.count + 1)))
    }

    private func fault(_ what: TapeFault.What) -> TapeFault { TapeFault(what: what, at: at) }
}

/// What the escapes of a JSON string stand for.
enum JSONEscapes {
    /// The text; nil when an escape is none, or is half of a surrogate pair.
    static func text(_ raw: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
        var out: [UInt8] = []
        out.reserveCapacity(raw.count)
        var at = raw.startIndex
        while at < raw.endIndex {
            guard raw[at] == UInt8(ascii: "\\") else {
                out.append(raw[at])
                at += 1
                continue
            }
            at += 1
            guard at < raw.endIndex else { return nil }
            if raw[at] == UInt8(ascii: "u") {
                guard let scalar = scalar(raw, &at) else { return nil }
                out += Array(String(Character(scalar)).utf8)
            } else {
                guard let byte = single(raw[at]) else { return nil }
                out.append(byte)
                at += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func single(_ letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0c
        case UInt8(ascii: "n"): 0x0a
        case UInt8(ascii: "r"): 0x0d
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    /// The scalar of `uXXXX`, or of two such that are a surrogate pair; `at` is left behind it.
    private static func scalar(_ raw: Slice<UnsafeBufferPointer<UInt8>>, _ at: inout Int) -> Unicode.Scalar? {
        guard let first = unit(raw, &at) else { return nil }
        guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) }
        guard at < raw.endIndex, raw[at] == UInt8(ascii: "\\") else { return nil }
        at += 1
        guard at < raw.endIndex, raw[at] == UInt8(ascii: "u"), let second = unit(raw, &at) else { return nil }
        guard UTF16.isTrailSurrogate(second) else { return nil }
        return Unicode.Scalar(0x10000 + (UInt32(first - 0xD800) << 10 | UInt32(second - 0xDC00)))
    }

    private static func unit(_ raw: Slice<UnsafeBufferPointer<UInt8>>, _ at: inout Int) -> UInt16? {
        guard at + 5 <= raw.endIndex else { return nil }
        var value: UInt16 = 0
        for byte in raw[(at + 1)..<(at + 5)] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            value = value << 4 | UInt16(digit)
        }
        at += 5
        return value
    }
}

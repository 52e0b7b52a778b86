import Governance

extension JSONTree {
    /// Parses RFC 8259 strictly: UTF-8, no duplicate member, no unpaired surrogate, nothing after the value, at most 32
    /// levels deep, so that no input can exhaust the stack.
    public static func parse(_ bytes: [UInt8]) throws(JSONFault) -> JSONTree {
        var parser = JSONParser(bytes: bytes)
        parser.skipSpace()
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.at == bytes.count else { throw parser.fault("值之后还有内容", "something follows the value") }
        return value
    }
}

/// One pass over the bytes. Strings are in `JSONParser+Text.swift`.
struct JSONParser {
    let bytes: [UInt8]
    var at = 0

    static let maxDepth = 32

    init(bytes: [UInt8]) { self.bytes = bytes }

    var current: UInt8? { at < bytes.count ? bytes[at] : nil }

    func fault(_ zh: String, _ en: String, at offset: Int? = nil) -> JSONFault {
        JSONFault(at: offset ?? at, in: bytes, Wording(zh: zh, en: en))
    }

    mutating func skipSpace() {
        while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 {
            at += 1
        }
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        at += 1
        return true
    }

    mutating func value(depth: Int) throws(JSONFault) -> JSONTree {
        guard depth < Self.maxDepth else { throw fault("嵌套过深", "nested too deeply") }
        switch current {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try list(depth: depth)
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try number()
        case nil: throw fault("内容不完整", "the input ends too early")
        default: throw fault("此处应为一个值", "a value is expected here")
        }
    }

    private mutating func object(depth: Int) throws(JSONFault) -> JSONTree {
        at += 1
        var members: [JSONTree.Member] = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        var names: Set<String> = []
        while true {
            skipSpace()
            let start = at
            guard current == UInt8(ascii: "\"") else { throw fault("此处应为带引号的字段名", "a quoted name is expected here") }
            let name = try text()
            guard names.insert(name).inserted else {
                throw fault("字段“\(name.prefix(80))”重复", "\"\(name.prefix(80))\" occurs twice", at: start)
            }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw fault("字段名之后缺少冒号", "a colon is missing after the name") }
            skipSpace()
            members.append(JSONTree.Member(name, try value(depth: depth + 1)))
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw fault("缺少逗号或右花括号", "a comma or } is missing") }
        }
    }

    private mutating func list(depth: Int) throws(JSONFault) -> JSONTree {
        at += 1
        var items: [JSONTree] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .list(items) }
        while true {
            skipSpace()
            items.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "]")) { return .list(items) }
            guard take(UInt8(ascii: ",")) else { throw fault("缺少逗号或右方括号", "a comma or ] is missing") }
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONTree) throws(JSONFault) -> JSONTree {
        let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard bytes[at...].starts(with: expected) else { throw fault("此处应为一个值", "a value is expected here") }
        at += expected.count
        return value
    }

    private mutating func number() throws(JSONFault) -> JSONTree {
        let start = at
        _ = take(UInt8(ascii: "-"))
        let whole = digits()
        guard whole > 0, whole == 1 || bytes[at - whole] != UInt8(ascii: "0") else {
            throw fault("数字写法不对", "malformed number", at: start)
        }
        var isWhole = true
        if take(UInt8(ascii: ".")) {
            isWhole = false
            guard digits() > 0 else { throw fault("数字写法不对", "malformed number", at: start) }
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            isWhole = false
            at += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { at += 1 }
            guard digits() > 0 else { throw fault("数字写法不对", "malformed number", at: start) }
        }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if isWhole, let integer = Int64(text) { return .integer(integer) }
        guard let value = Double(text), value.isFinite else {
            throw fault("数字超出范围", "number out of range", at: start)
        }
        return .number(value)
    }

    private mutating func digits() -> Int {
        let start = at
        while let byte = current, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { at += 1 }
        return at - start
    }
}

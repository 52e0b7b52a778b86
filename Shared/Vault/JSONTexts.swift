/// The texts of a JSON document that may hold a personal number: strings, field names, integers.
///
/// No general parser: it reads what a JSON writer wrote and answers nil for anything else.
struct JSONTexts {
    private let json: [UInt8]
    private let exempt: Set<String>
    private var position = 0
    private var texts: [[UInt8]] = []

    /// All texts outside the exempt fields; nil if `json` is no JSON.
    static func read(_ json: [UInt8], exempt: Set<String>) -> [[UInt8]]? {
        var reader = JSONTexts(json: json, exempt: exempt)
        guard reader.value(kept: true, depth: 0) else { return nil }
        reader.skipSpace()
        return reader.position == json.count ? reader.texts : nil
    }

    private init(json: [UInt8], exempt: Set<String>) {
        self.json = json
        self.exempt = exempt
    }

    private mutating func value(kept: Bool, depth: Int) -> Bool {
        skipSpace()
        guard depth < 128, let byte = peek else { return false }
        switch byte {
        case UInt8(ascii: "{"): return object(kept: kept, depth: depth)
        case UInt8(ascii: "["): return array(kept: kept, depth: depth)
        case UInt8(ascii: "\""):
            guard let text = string() else { return false }
            if kept { texts.append(text) }
            return true
        default: return literal(kept: kept)
        }
    }

    private mutating func object(kept: Bool, depth: Int) -> Bool {
        position += 1
        skipSpace()
        if take("}") { return true }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\""), let name = string() else { return false }
            if kept { texts.append(name) }
            skipSpace()
            let free = exempt.contains(String(decoding: name, as: UTF8.self))
            guard take(":"), value(kept: kept && !free, depth: depth + 1) else { return false }
            skipSpace()
        } while take(",")
        return take("}")
    }

    private mutating func array(kept: Bool, depth: Int) -> Bool {
        position += 1
        skipSpace()
        if take("]") { return true }
        repeat {
            guard value(kept: kept, depth: depth + 1) else { return false }
            skipSpace()
        } while take(",")
        return take("]")
    }

    /// A number or true, false, null. A fraction of eleven digits is no telephone number; an integer may be one.
    private mutating func literal(kept: Bool) -> Bool {
        let start = position
        while let byte = peek, isWordByte(byte) || "+-.".utf8.contains(byte) { position += 1 }
        let text = json[start..<position]
        if kept, text.allSatisfy(isDigitByte) { texts.append(Array(text)) }
        return !text.isEmpty
    }

    private mutating func string() -> [UInt8]? {
        position += 1
        var text: [UInt8] = []
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return text
            case UInt8(ascii: "\\"): guard escape(into: &text) else { return nil }
            default: text.append(byte)
            }
        }
        return nil
    }

    private mutating func escape(into text: inout [UInt8]) -> Bool {
        guard let byte = peek else { return false }
        position += 1
        switch byte {
        case UInt8(ascii: "u"):
            guard let unit = hexUnit() else { return false }
            // A pair of surrogates is one character; mathematical digits are written so.
            if UTF16.isLeadSurrogate(unit), json[position...].starts(with: [0x5C, 0x75]) {
                position += 2
                guard let trail = hexUnit() else { return false }
                text += String(decoding: [unit, trail], as: UTF16.self).utf8
            } else {
                text += String(decoding: [unit], as: UTF16.self).utf8
            }
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "b"), UInt8(ascii: "f"): text.append(0x0A)
        default: text.append(byte)
        }
        return true
    }

    private mutating func hexUnit() -> UInt16? {
        guard position + 4 <= json.count else { return nil }
        defer { position += 4 }
        return UInt16(String(decoding: json[position..<(position + 4)], as: UTF8.self), radix: 16)
    }

    private var peek: UInt8? { position < json.count ? json[position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
    }
}

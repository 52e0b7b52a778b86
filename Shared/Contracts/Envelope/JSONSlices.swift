import Tape

/// Cuts JSON text into raw slices without building values, so that a payload travels through as the bytes it came in.
package enum JSONSlices {
    private typealias Bytes = UnsafeBufferPointer<UInt8>

    /// The raw bytes of each element of an array.
    static func elements(_ bytes: ArraySlice<UInt8>) throws(WireFault) -> [ArraySlice<UInt8>] {
        try bytes.withUnsafeBufferPointer { raw in Result { () throws(WireFault) in try elements(raw) } }.get()
            .map { bytes[(bytes.startIndex + $0.lowerBound)..<(bytes.startIndex + $0.upperBound)] }
    }

    private static func elements(_ bytes: Bytes) throws(WireFault) -> [Range<Int>] {
        var at = space(bytes, 0)
        guard at < bytes.count, bytes[at] == UInt8(ascii: "[") else { throw WireFault("no JSON array") }
        at = space(bytes, at + 1)
        var found: [Range<Int>] = []
        if at < bytes.count, bytes[at] == UInt8(ascii: "]") {
            try end(bytes, at + 1)
            return found
        }
        while true {
            let stop = try value(bytes, at)
            found.append(at..<stop)
            at = space(bytes, stop)
            guard at < bytes.count else { throw WireFault("JSON array without end") }
            if bytes[at] == UInt8(ascii: "]") { break }
            guard bytes[at] == UInt8(ascii: ",") else { throw WireFault("JSON array without comma") }
            at = space(bytes, at + 1)
        }
        try end(bytes, at + 1)
        return found
    }

    /// The raw bytes of each member of an object; of members of one name the last.
    package static func members(_ bytes: ArraySlice<UInt8>) throws(WireFault) -> [String: ArraySlice<UInt8>] {
        try bytes.withUnsafeBufferPointer { raw in Result { () throws(WireFault) in try members(raw) } }.get()
            .mapValues { bytes[(bytes.startIndex + $0.lowerBound)..<(bytes.startIndex + $0.upperBound)] }
    }

    private static func members(_ bytes: Bytes) throws(WireFault) -> [String: Range<Int>] {
        var at = space(bytes, 0)
        guard at < bytes.count, bytes[at] == UInt8(ascii: "{") else { throw WireFault("no JSON object") }
        at = space(bytes, at + 1)
        var found: [String: Range<Int>] = [:]
        if at < bytes.count, bytes[at] == UInt8(ascii: "}") {
            try end(bytes, at + 1)
            return found
        }
        while true {
            guard at < bytes.count, bytes[at] == quote else { throw WireFault("JSON object without a name") }
            let nameEnd = try string(bytes, at)
            let name = String(decoding: Bytes(rebasing: bytes[(at + 1)..<(nameEnd - 1)]), as: UTF8.self)
            at = space(bytes, nameEnd)
            guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else {
                throw WireFault("JSON name without value")
            }
            at = space(bytes, at + 1)
            let stop = try value(bytes, at)
            found[name] = at..<stop
            at = space(bytes, stop)
            guard at < bytes.count else { throw WireFault("JSON object without end") }
            if bytes[at] == UInt8(ascii: "}") { break }
            guard bytes[at] == UInt8(ascii: ",") else { throw WireFault("JSON object without comma") }
            at = space(bytes, at + 1)
        }
        try end(bytes, at + 1)
        return found
    }

    /// The text of a raw string that needs no escapes (ids, type names).
    static func plainText(_ raw: ArraySlice<UInt8>) -> String? {
        guard raw.count >= 2, raw.first == quote, raw.last == quote, !raw.contains(UInt8(ascii: "\\")) else {
            return nil
        }
        return StrictText.of(raw.dropFirst().dropLast())
    }

    /// The value of a raw whole number.
    static func integer(_ raw: ArraySlice<UInt8>) -> Int? { Int(String(decoding: raw, as: UTF8.self)) }

    /// `text` as a JSON string.
    static func quoted(_ text: String) -> [UInt8] {
        var out: [UInt8] = [quote]
        out.reserveCapacity(text.utf8.count + 2)
        for byte in text.utf8 {
            switch byte {
            case quote, UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
            case 0..<0x20: out += Array((byte < 16 ? "\\u000" : "\\u00").utf8) + Array(String(byte, radix: 16).utf8)
            default: out.append(byte)
            }
        }
        out.append(quote)
        return out
    }

    private static let quote = UInt8(ascii: "\"")

    private static func space(_ bytes: Bytes, _ from: Int) -> Int {
        var at = from
        while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0a || bytes[at] == 0x0d || bytes[at] == 0x09 {
            at += 1
        }
        return at
    }

    private static func end(_ bytes: Bytes, _ from: Int) throws(WireFault) {
        guard space(bytes, from) == bytes.count else { throw WireFault("bytes after the JSON value") }
    }

    private static func string(_ bytes: Bytes, _ from: Int) throws(WireFault) -> Int {
        var at = from + 1
        while at < bytes.count {
            if bytes[at] == quote { return at + 1 }
            at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
        }
        throw WireFault("JSON string without end")
    }

    /// The index behind the value that starts at `from`. Whether a scalar is legal is left to who reads it.
    private static func value(_ bytes: Bytes, _ from: Int) throws(WireFault) -> Int {
        guard from < bytes.count else { throw WireFault("JSON value missing") }
        switch bytes[from] {
        case quote: return try string(bytes, from)
        case UInt8(ascii: "{"), UInt8(ascii: "["): return try nested(bytes, from)
        default:
            var at = from
            while at < bytes.count, !isEnd(bytes[at]) { at += 1 }
            guard at > from else { throw WireFault("JSON value missing") }
            return at
        }
    }

    private static func nested(_ bytes: Bytes, _ from: Int) throws(WireFault) -> Int {
        var depth = 0
        var at = from
        while at < bytes.count {
            switch bytes[at] {
            case quote:
                at = try string(bytes, at)
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { return at + 1 }
            default: break
            }
            at += 1
        }
        throw WireFault("JSON value without end")
    }

    private static func isEnd(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), 0x20, 0x0a, 0x0d, 0x09: true
        default: false
        }
    }
}

import Foundation

/// JSON text whose values were found in one pass: a flat list in the order of the text, nothing of it copied or
/// converted yet, because every record is decoded by every reader of the log.
package final class JSONTape {
    /// What a value is. An escaped string is one whose bytes are not its text.
    package enum Kind: UInt8 {
        case object, array, string, escaped, number, yes, no, null
    }

    /// One value. A string's bytes stand without their quotes; behind an object follow name, value, name, value ….
    package struct Node {
        package var kind: Kind
        package var start: Int32
        package var end: Int32
        /// The index behind the value and all in it.
        package var next: Int32
    }

    package let bytes: [UInt8]
    package let nodes: [Node]

    /// Finds the values of one JSON text (RFC 8259), at most `deepest` levels deep.
    package init(_ bytes: [UInt8], deepest: Int = 512) throws(TapeFault) {
        self.bytes = bytes
        nodes = try bytes.withUnsafeBufferPointer { raw in
            Result { () throws(TapeFault) in
                var scan = JSONScan(raw, deepest: deepest)
                try scan.text()
                return scan.nodes
            }
        }.get()
    }

    /// The indices of the values in an array, or of the names in an object (each value stands behind its name).
    package func children(of index: Int) -> [Int] {
        let isObject = nodes[index].kind == .object
        var children: [Int] = []
        var at = index + 1
        while at < Int(nodes[index].next) {
            children.append(at)
            at = Int(nodes[isObject ? at + 1 : at].next)
        }
        return children
    }

    /// The value of a string; nil when the node is none.
    package func text(_ index: Int) -> String? {
        let node = nodes[index]
        switch node.kind {
        case .string:
            return bytes.withUnsafeBufferPointer {
                String(decoding: UnsafeBufferPointer(rebasing: $0[Int(node.start)..<Int(node.end)]), as: UTF8.self)
            }
        case .escaped:
            return bytes.withUnsafeBufferPointer { JSONEscapes.text($0[Int(node.start)..<Int(node.end)]) }
        default: return nil
        }
    }

    /// Whether a name is this one.
    func isName(_ index: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let node = nodes[index]
        guard node.kind == .string else {
            return text(index).map { Array($0.utf8) == Array(name) } ?? false
        }
        let count = Int(node.end - node.start)
        guard count == name.count else { return false }
        guard count > 0, let wanted = name.baseAddress else { return true }
        return bytes.withUnsafeBufferPointer { raw in
            guard let base = raw.baseAddress else { return false }
            return memcmp(base + Int(node.start), wanted, count) == 0
        }
    }

    /// The value of a whole number that fits; nil when it is none.
    package func integer<Value: FixedWidthInteger>(_ index: Int, as: Value.Type) -> Value? {
        let node = nodes[index]
        guard node.kind == .number else { return nil }
        return bytes.withUnsafeBufferPointer { raw in
            let digits = UnsafeBufferPointer(rebasing: raw[Int(node.start)..<Int(node.end)])
            if let value = Self.short(digits) { return Value(exactly: value) }
            // Longer ones; 1.0 and 1e3 are whole numbers too.
            return Value(String(decoding: digits, as: UTF8.self)) ?? number(index).flatMap(Value.init(exactly:))
        }
    }

    /// The value of up to 18 digits; nil for what needs a closer look.
    private static func short(_ digits: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard digits.count <= 18 else { return nil }
        let isNegative = digits.first == UInt8(ascii: "-")
        var value: Int64 = 0
        for byte in digits.dropFirst(isNegative ? 1 : 0) {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int64(digit)
        }
        return isNegative ? -value : value
    }

    /// The value of a number; nil when it is none, or beyond what a Double holds.
    package func number(_ index: Int) -> Double? {
        let node = nodes[index]
        guard node.kind == .number else { return nil }
        let value = Double(String(decoding: bytes[Int(node.start)..<Int(node.end)], as: UTF8.self))
        return value.flatMap { $0.isFinite ? $0 : nil }
    }

    /// The names and places that lead to a value, for errors.
    func path(to index: Int) -> [any CodingKey] {
        var path: [any CodingKey] = []
        var at = 0
        while at != index {
            let isObject = nodes[at].kind == .object
            let all = children(of: at)
            guard let place = all.firstIndex(where: { index < Int(nodes[isObject ? $0 + 1 : $0].next) }) else { break }
            path.append(isObject ? JSONKey(text(all[place]) ?? "") : JSONKey(place))
            at = isObject ? all[place] + 1 : all[place]
        }
        return path
    }
}

/// A name or a place in JSON text.
struct JSONKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ name: String) {
        stringValue = name
        intValue = nil
    }

    init(_ place: Int) {
        stringValue = "Index \(place)"
        intValue = place
    }

    init?(stringValue: String) { self.init(stringValue) }

    init?(intValue: Int) { self.init(intValue) }
}

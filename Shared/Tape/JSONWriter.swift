/// Writes JSON in the order in which a value tells its parts. A container has no end that an encoder is told of, so one
/// is closed when its parent goes on.
final class JSONWriter {
    /// An object or array that is being written; no other starts at the same byte.
    struct Open: Equatable {
        var isObject: Bool
        var start: Int
    }

    private(set) var bytes: [UInt8] = []
    private(set) var open: [Open] = []
    /// A part came for a container that was closed: what stands here is not what was meant.
    private(set) var isBroken = false

    init() { bytes.reserveCapacity(1024) }

    /// Opens a container here.
    /// - Returns: How many are open then, itself among them.
    func begin(isObject: Bool) -> Int {
        open.append(Open(isObject: isObject, start: bytes.count))
        bytes.append(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
        return open.count
    }

    /// Closes all but the outermost `level` containers.
    func close(to level: Int) {
        while open.count > level, let last = open.popLast() {
            bytes.append(last.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
        }
    }

    /// Makes room for the next part of a container.
    func next(in container: Open, level: Int) {
        guard open.count >= level, open[level - 1] == container else {
            isBroken = true
            return
        }
        close(to: level)
        if bytes.count > container.start + 1 { bytes.append(UInt8(ascii: ",")) }
    }

    /// A string with its quotes; `/` stands as it is.
    func string(_ text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { utf8 in
            if utf8.contains(where: Self.isEscaped) {
                for byte in utf8 { Self.isEscaped(byte) ? escape(byte) : bytes.append(byte) }
            } else {
                bytes.append(contentsOf: utf8)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Text that is JSON as it stands.
    func plain(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private func escape(_ byte: UInt8) {
        switch byte {
        case 0x08: plain("\\b")
        case 0x09: plain("\\t")
        case 0x0a: plain("\\n")
        case 0x0c: plain("\\f")
        case 0x0d: plain("\\r")
        case 0..<0x20: plain((byte < 16 ? "\\u000" : "\\u00") + String(byte, radix: 16))
        default: bytes += [UInt8(ascii: "\\"), byte]
        }
    }
}

extension JSONTape {
    /// The same value with the members of each object in the order of their names' bytes and no space anywhere.
    func sorted() -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        copy(0, to: &out)
        return out
    }

    private func copy(_ index: Int, to out: inout [UInt8]) {
        let node = nodes[index]
        switch node.kind {
        case .object:
            out.append(UInt8(ascii: "{"))
            for (place, name) in sortedNames(of: index).enumerated() {
                if place > 0 { out.append(UInt8(ascii: ",")) }
                copy(name, to: &out)
                out.append(UInt8(ascii: ":"))
                copy(name + 1, to: &out)
            }
            out.append(UInt8(ascii: "}"))
        case .array:
            out.append(UInt8(ascii: "["))
            for (place, at) in children(of: index).enumerated() {
                if place > 0 { out.append(UInt8(ascii: ",")) }
                copy(at, to: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .string, .escaped: out.append(contentsOf: bytes[(Int(node.start) - 1)...Int(node.end)])
        default: out.append(contentsOf: bytes[Int(node.start)..<Int(node.end)])
        }
    }

    private func sortedNames(of index: Int) -> [Int] {
        children(of: index).sorted { bytes(of: $0).lexicographicallyPrecedes(bytes(of: $1)) }
    }

    private func bytes(of index: Int) -> ArraySlice<UInt8> { bytes[Int(nodes[index].start)..<Int(nodes[index].end)] }
}

/// Text as keywords see it: UTF-8 bytes, ASCII letters small, full-width letters and digits half-width, no white space.
struct PlainText: Sendable, Hashable {
    let bytes: [UInt8]

    init(_ text: String) {
        var copy = text
        bytes = copy.withUTF8 { Self.plain($0) }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    var isEmpty: Bool { bytes.isEmpty }

    /// The first characters: what stands for a title when there is none.
    func prefix(characters count: Int) -> PlainText {
        var seen = 0
        for (offset, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 {
            if seen == count { return PlainText(bytes: Array(bytes[..<offset])) }
            seen += 1
        }
        return self
    }

    func hasPrefix(_ other: PlainText) -> Bool { bytes.starts(with: other.bytes) }

    func hasSuffix(_ other: PlainText) -> Bool { bytes.suffix(other.bytes.count).elementsEqual(other.bytes) }

    /// Works on bytes, because every report passes here: only three-byte forms need a second look.
    private static func plain(_ source: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: source.count) { target, count in
            var at = 0
            while at < source.count {
                let byte = source[at]
                if byte < 0x80 {
                    if byte > 0x20 {
                        target[count] = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
                        count += 1
                    }
                    at += 1
                    continue
                }
                let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
                let end = min(at + length, source.count)
                switch rewritten(source[at..<end]) {
                case .drop: break
                case .ascii(let plain):
                    target[count] = plain
                    count += 1
                case .keep:
                    for position in at..<end {
                        target[count] = source[position]
                        count += 1
                    }
                }
                at = end
            }
        }
    }

    private enum Rewriting {
        case keep
        case drop
        case ascii(UInt8)
    }

    private static func rewritten(_ form: Slice<UnsafeBufferPointer<UInt8>>) -> Rewriting {
        let first = form.startIndex
        switch form[first] {
        case 0xC2: return form.count == 2 && form[first + 1] == 0xA0 ? .drop : .keep  // no-break space
        case 0xE2:  // zero-width space, non-joiner, joiner
            return form.count == 3 && form[first + 1] == 0x80 && (0x8B...0x8D).contains(form[first + 2]) ? .drop : .keep
        case 0xE3:  // ideographic space
            return form.count == 3 && form[first + 1] == 0x80 && form[first + 2] == 0x80 ? .drop : .keep
        case 0xEF:
            guard form.count == 3 else { return .keep }
            let value = (Int(form[first + 1]) & 0x3F) << 6 | Int(form[first + 2]) & 0x3F
            if value == 0xEFF { return .drop }  // byte-order mark, U+FEFF
            guard (0xF01...0xF5E).contains(value) else { return .keep }  // U+FF01 … U+FF5E
            let plain = UInt8(truncatingIfNeeded: value - 0xEE0)
            return .ascii((0x41...0x5A).contains(plain) ? plain | 0x20 : plain)
        default: return .keep
        }
    }
}

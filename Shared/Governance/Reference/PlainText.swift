/// Text as keywords see it: UTF-8 bytes, ASCII letters small, full-width letters and digits half-width, no white space.
struct PlainText: Sendable, Hashable {
    let bytes: [UInt8]

    init(_ text: String) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            var value = scalar.value
            if value <= 0x20 || Self.blank.contains(value) { continue }
            if (0xFF01...0xFF5E).contains(value) { value -= 0xFEE0 }
            if (0x41...0x5A).contains(value) { value += 0x20 }
            if value < 0x80 {
                bytes.append(UInt8(truncatingIfNeeded: value))
            } else {
                bytes.append(contentsOf: UTF8.encode(Unicode.Scalar(value) ?? scalar) ?? .init())
            }
        }
        self.bytes = bytes
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

    func hasSuffix(_ other: PlainText) -> Bool { bytes.reversed().starts(with: other.bytes.reversed()) }

    /// No-break space, ideographic space, zero-width characters, byte-order mark.
    private static let blank: Set<UInt32> = [0xA0, 0x3000, 0x200B, 0x200C, 0x200D, 0xFEFF]
}

/// Crockford's base 32: no I, L, O or U; read aloud and typed without mistakes.
enum Base32 {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var buffer = 0
        var bits = 0
        for byte in bytes {
            buffer = (buffer << 8) | Int(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[(buffer >> bits) & 31])
            }
            buffer &= (1 << bits) - 1
        }
        if bits > 0 { text.append(alphabet[(buffer << (5 - bits)) & 31]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil unless `text` is the encoding of exactly `count` bytes, give or take case, O for 0, I and L for 1, dashes and
    /// spaces (full-width ones too, as Chinese keyboards write them).
    static func decode(_ text: String, count: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = 0
        var bits = 0
        for scalar in text.unicodeScalars {
            guard let value = value(of: scalar) else {
                if isFiller(scalar) { continue }
                return nil
            }
            buffer = (buffer << 5) | value
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(buffer >> bits))
                buffer &= (1 << bits) - 1
            }
            if bytes.count > count { return nil }
        }
        // What is left over must be the zero padding of the last character.
        return bytes.count == count && bits < 5 && buffer == 0 ? bytes : nil
    }

    /// The most digits in a row, dashes aside. Texts with ten or more could be taken for a telephone number.
    static func longestDigitRun(_ text: String) -> Int {
        var longest = 0
        var current = 0
        for byte in text.utf8 where byte != UInt8(ascii: "-") {
            current = (0x30...0x39).contains(byte) ? current + 1 : 0
            longest = max(longest, current)
        }
        return longest
    }

    private static func isFiller(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "-", " ", "\t", "\u{3000}", "－", "–", "—", "‐", "−": true
        default: false
        }
    }

    private static func value(of scalar: Unicode.Scalar) -> Int? {
        // Full-width forms lie 0xFEE0 above ASCII.
        var code = scalar.value
        if (0xFF01...0xFF5E).contains(code) { code -= 0xFEE0 }
        guard code < 0x80, var byte = UInt8(exactly: code) else { return nil }
        if (0x61...0x7A).contains(byte) { byte -= 0x20 }
        switch byte {
        case UInt8(ascii: "O"): return 0
        case UInt8(ascii: "I"), UInt8(ascii: "L"): return 1
        default: return alphabet.firstIndex(of: byte)
        }
    }
}

/// What one character of text means to the number finder.
enum Symbol: Equatable {
    case digit(UInt8)
    case separator(DigitChain.Gap)
    /// X, the check character for ten.
    case checkCharacter
    /// Shows nothing: zero-width characters, variation selectors, keycaps.
    case ignorable
    case other

    /// The symbol at `position` and its length in bytes; broken UTF-8 is read byte by byte.
    static func read(_ text: [UInt8], at position: Int) -> (symbol: Symbol, length: Int) {
        let byte = text[position]
        if byte < 0x80 { return (ascii(byte), 1) }
        // A lead byte without its continuation bytes must not swallow the digits behind it.
        let rest = text[(position + 1)..<min(position + 4, text.count)].prefix { $0 & 0xC0 == 0x80 }.count + 1
        if byte < 0xE0, rest >= 2 { return (pair(byte, text[position + 1]), 2) }
        if byte < 0xF0, rest >= 3 { return (triple(byte, text[position + 1], text[position + 2]), 3) }
        if rest >= 4 {
            // U+1D7CE…1D7FF, mathematical digits: five alphabets of ten.
            let last = text[position + 3]
            let mathematical =
                byte == 0xF0 && text[position + 1] == 0x9D && text[position + 2] == 0x9F && (0x8E...0xBF).contains(last)
            return (mathematical ? .digit((last - 0x8E) % 10) : .other, 4)
        }
        return (.other, 1)
    }

    private static func ascii(_ byte: UInt8) -> Symbol {
        switch byte {
        case 0x30...0x39: .digit(byte - 0x30)
        case UInt8(ascii: " "), UInt8(ascii: "\t"): .separator(.space)
        case UInt8(ascii: "-"), UInt8(ascii: "_"): .separator(.dash)
        case UInt8(ascii: "."): .separator(.dot)
        case UInt8(ascii: "("), UInt8(ascii: ")"): .separator(.bracket)
        case UInt8(ascii: "X"), UInt8(ascii: "x"): .checkCharacter
        default: .other
        }
    }

    private static func pair(_ first: UInt8, _ second: UInt8) -> Symbol {
        switch (first, second) {
        case (0xC2, 0xA0): .separator(.space)  // no-break space
        case (0xC2, 0xB7): .separator(.dot)  // ·
        case (0xC2, 0xAD): .ignorable  // soft hyphen
        case (0xC3, 0x97): .checkCharacter  // ×
        default: .other
        }
    }

    private static func triple(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Symbol {
        switch (first, second) {
        case (0xEF, 0xBC): fullWidth(third)
        case (0xEF, 0xBD):
            switch third {
            case 0x98: .checkCharacter  // ｘ
            case 0xA1: .separator(.dot)  // ｡
            case 0xA4: .separator(.enumeration)  // ､
            case 0xB0: .separator(.dash)  // ｰ
            default: .other
            }
        case (0xE3, 0x80):
            switch third {
            case 0x80: .separator(.space)  // ideographic space
            case 0x81: .separator(.enumeration)  // 、
            case 0x82: .separator(.dot)  // 。
            default: .other
            }
        case (0xE3, 0x83): third == 0xBB ? .separator(.dot) : third == 0xBC ? .separator(.dash) : .other  // ・ ー
        case (0xE2, 0x80): general(third)
        case (0xE2, 0x81): third == 0xA0 ? .ignorable : .other  // word joiner
        case (0xE2, 0x83): third == 0xA3 ? .ignorable : .other  // keycap
        case (0xE2, 0x88): third == 0x92 ? .separator(.dash) : .other  // −
        case (0xEF, 0xB8): third == 0x8F ? .ignorable : .other  // variation selector 16
        case (0xEF, 0xBB): third == 0xBF ? .ignorable : .other  // byte order mark
        default: .other
        }
    }

    private static func fullWidth(_ third: UInt8) -> Symbol {
        switch third {
        case 0x90...0x99: .digit(third - 0x90)  // ０…９
        case 0x88, 0x89: .separator(.bracket)  // （）
        case 0x8D, 0xBF: .separator(.dash)  // － ＿
        case 0x8E: .separator(.dot)  // ．
        case 0xB8: .checkCharacter  // Ｘ
        default: .other
        }
    }

    private static func general(_ third: UInt8) -> Symbol {
        switch third {
        case 0x80...0x8A, 0xAF: .separator(.space)  // en quad … hair space
        case 0x8B...0x8F: .ignorable  // zero width
        case 0x90...0x95: .separator(.dash)  // ‐ … ―
        case 0xA2, 0xA7: .separator(.dot)  // • ‧
        default: .other
        }
    }
}

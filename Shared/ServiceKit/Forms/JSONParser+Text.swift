import Contracts
import Governance

extension JSONParser {
    /// A quoted string. Without escapes it is one check for UTF-8 and one copy.
    mutating func text() throws(JSONFault) -> String {
        at += 1
        let start = at
        while let byte = current {
            if byte == UInt8(ascii: "\"") {
                guard let text = StrictText.of(bytes[start..<at]) else {
                    throw fault("不是 UTF-8 编码", "not UTF-8", at: start)
                }
                at += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escaped(from: start) }
            guard byte >= 0x20 else { throw fault("文本里有未转义的控制字符", "an unescaped control character in a text") }
            at += 1
        }
        throw fault("文本没有结束", "the text does not end")
    }

    /// The same for a string with escapes.
    private mutating func escaped(from start: Int) throws(JSONFault) -> String {
        var result = Array(bytes[start..<at])
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = StrictText.of(result) else {
                    throw fault("不是 UTF-8 编码", "not UTF-8", at: start)
                }
                at += 1
                return text
            case UInt8(ascii: "\\"):
                at += 1
                try escape(into: &result)
            case 0..<0x20:
                throw fault("文本里有未转义的控制字符", "an unescaped control character in a text")
            default:
                result.append(byte)
                at += 1
            }
        }
        throw fault("文本没有结束", "the text does not end")
    }

    private mutating func escape(into result: inout [UInt8]) throws(JSONFault) {
        let escaped = current
        at += 1
        switch escaped {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(escaped ?? 0)
        case UInt8(ascii: "b"): result.append(0x08)
        case UInt8(ascii: "f"): result.append(0x0C)
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "u"): result.append(contentsOf: Array(String(Character(try scalar())).utf8))
        default: throw fault("不认识的转义", "unknown escape", at: at - 1)
        }
    }

    /// After `\u`: one code unit, or two that form a pair.
    private mutating func scalar() throws(JSONFault) -> Unicode.Scalar {
        let start = at - 2
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            throw fault("代理项没有配对", "an unpaired surrogate", at: start)
        }
        let second = try codeUnit()
        guard UTF16.isTrailSurrogate(second),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
        else { throw fault("代理项没有配对", "an unpaired surrogate", at: start) }
        return scalar
    }

    private mutating func codeUnit() throws(JSONFault) -> UInt16 {
        guard at + 4 <= bytes.count else { throw fault("\\u 之后应有四位十六进制数", "four hex digits are expected after \\u") }
        var value: UInt16 = 0
        for byte in bytes[at..<at + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw fault("\\u 之后应有四位十六进制数", "four hex digits are expected after \\u")
            }
            value = value << 4 | UInt16(digit)
        }
        at += 4
        return value
    }
}

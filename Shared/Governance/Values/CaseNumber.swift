#if canImport(FoundationEssentials)
    public import struct FoundationEssentials.UUID
#else
    public import struct Foundation.UUID
#endif

/// The number of a case 案件编号: `410803001-20261121-K7Q2MX`: home key, day, and a serial derived from the id of its
/// first report: five characters of Crockford's base 32 (more on a clash) and a check character over the whole
/// number. The check finds every single wrong character and every swap of neighbours.
public struct CaseNumber: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// Where the case lay when it was opened.
    public let home: HomeKey
    /// The day it was opened.
    public let day: CivilDate
    /// Serial with its check character.
    public let serial: String

    /// Characters of the serial before the check character.
    public static let serialLengths = 5...20

    /// The number of the case opened by a report. `length` grows by one on a clash; the shorter serial is a prefix of
    /// the longer one, but for the check character.
    public init(home: HomeKey, day: CivilDate, reportId: UUID, length: Int = 5) {
        let id = reportId.uuid
        // Bytes 6 and 8 carry version and variant: no hash in them.
        let digest = [
            id.0, id.1, id.2, id.3, id.4, id.5, id.7, id.9, id.10, id.11, id.12, id.13, id.14, id.15,
        ]
        let wanted = min(max(length, Self.serialLengths.lowerBound), Self.serialLengths.upperBound)
        let values = (0..<wanted).map { index in
            (0..<5).reduce(UInt8(0)) { value, bit in
                let at = index * 5 + bit
                return value << 1 | (digest[at / 8] >> UInt8(7 - at % 8)) & 1
            }
        }
        let body = String(decoding: values.map { Base32.alphabet[Int($0)] }, as: UTF8.self)
        self.home = home
        self.day = day
        self.serial = body + Self.check(home: home, day: day, body: body)
    }

    /// Parses a number as written or typed: small letters are taken for large ones, `I` and `L` for 1, `O` for 0.
    /// Nil when the form or the check character is wrong.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].utf8.count == 8, let home = HomeKey(parts[0].lowercased()),
            let date = Digits.number(parts[1].utf8),
            let day = CivilDate(year: date / 10_000, month: date / 100 % 100, day: date % 100),
            let serial = Base32.normalised(parts[2]), Self.serialLengths.contains(serial.utf8.count - 1),
            Self.check(home: home, day: day, body: String(serial.dropLast())) == String(serial.suffix(1))
        else { return nil }
        self.home = home
        self.day = day
        self.serial = serial
    }

    /// The number as written.
    public var text: String { "\(home.text)-\(day.compact)-\(serial)" }

    /// The number as written.
    public var description: String { text }

    public static func < (left: CaseNumber, right: CaseNumber) -> Bool { left.text < right.text }

    /// A weighted sum in GF(32): the weights are successive powers of a generator, so no two neighbours weigh alike.
    private static func check(home: HomeKey, day: CivilDate, body: String) -> String {
        let sum = (home.text.uppercased() + day.compact + body).utf8.reduce(UInt8(0)) { sum, byte in
            Base32.timesGenerator(sum ^ (Base32.value(of: byte) ?? 31))
        }
        return String(decoding: [Base32.alphabet[Int(sum)]], as: UTF8.self)
    }
}

extension CaseNumber: Codable {
    public init(from decoder: any Decoder) throws {
        self = try decoder.decodeText("a case number such as 410803001-20261121-K7Q2MX", CaseNumber.init)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// Crockford's base 32: no I, L, O, U.
enum Base32 {
    static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    static func value(of character: UInt8) -> UInt8? {
        alphabet.firstIndex(of: character).map { UInt8($0) }
    }

    /// Large letters with look-alikes resolved; nil when a character is none of the alphabet's.
    static func normalised(_ text: some StringProtocol) -> String? {
        var result: [UInt8] = []
        for character in text.uppercased().utf8 {
            let resolved: UInt8 =
                switch character {
                case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
                case UInt8(ascii: "O"): UInt8(ascii: "0")
                default: character
                }
            guard alphabet.contains(resolved) else { return nil }
            result.append(resolved)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Multiplies by x in GF(2)[x] / (x⁵ + x² + 1), whose x generates all 31 elements that are not zero.
    static func timesGenerator(_ value: UInt8) -> UInt8 {
        let shifted = value << 1
        return shifted & 0b10_0000 == 0 ? shifted : (shifted ^ 0b10_0101)
    }
}

/// Code of a place 行政区划与网格代码 (domain.md §3.4): 2, 4, 6, 9, 12, 15 or 18 digits. Codes are text and are never
/// reused; a code contains another one when it is its prefix.
public struct PlaceCode: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// The digits.
    public let text: String

    /// The code, or nil when it is not 2, 4, 6, 9, 12, 15 or 18 ASCII digits.
    public init?(_ text: String) {
        guard Level(digits: text.utf8.count) != nil, Digits.only(text) else { return nil }
        self.text = text
    }

    private init(prefix length: Int, of text: String) { self.text = String(text.prefix(length)) }

    /// How deep a code reaches. The number of levels in use is configuration; these are the lengths that exist.
    public enum Level: Int, CaseIterable, Sendable, Codable, Comparable {
        /// 省
        case province = 2
        /// 市
        case city = 4
        /// 县(区)
        case county = 6
        /// 乡镇(街道)
        case township = 9
        /// 村(社区)
        case village = 12
        /// 网格
        case grid = 15
        /// 微网格
        case microGrid = 18

        /// The level whose codes have that many digits.
        public init?(digits: Int) { self.init(rawValue: digits) }

        /// The Chinese name.
        public var title: String {
            switch self {
            case .province: "省"
            case .city: "市"
            case .county: "县(区)"
            case .township: "乡镇(街道)"
            case .village: "村(社区)"
            case .grid: "网格"
            case .microGrid: "微网格"
            }
        }

        public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    /// How deep this code reaches.
    public var level: Level { Level(digits: text.utf8.count) ?? .province }

    /// The place one level up; nil for a province.
    public var parent: PlaceCode? {
        guard let above = Level.allCases.last(where: { $0 < level }) else { return nil }
        return PlaceCode(prefix: above.rawValue, of: text)
    }

    /// This place at a level at or above its own; nil when it is not that deep.
    public func at(_ wanted: Level) -> PlaceCode? {
        wanted > level ? nil : PlaceCode(prefix: wanted.rawValue, of: text)
    }

    /// The township it lies in, nil when less is known.
    public var township: PlaceCode? { at(.township) }

    /// Whether the other place is this one or lies in it.
    public func contains(_ other: PlaceCode) -> Bool { other.text.hasPrefix(text) }

    /// The digits.
    public var description: String { text }

    public static func < (left: PlaceCode, right: PlaceCode) -> Bool { left.text < right.text }
}

extension PlaceCode: Codable {
    public init(from decoder: any Decoder) throws {
        self = try decoder.decodeText("a place code of 2, 4, 6, 9, 12, 15 or 18 digits", PlaceCode.init)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// Code of a unit 单位: a department, a centre, a task force, a township. ASCII letters, digits, `-`, `_` and `.`, at
/// most 40 characters.
public struct UnitCode: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// The code as written.
    public let text: String

    /// The code, or nil when it is empty, too long or has another character.
    public init?(_ text: String) {
        guard (1...40).contains(text.utf8.count),
            text.utf8.allSatisfy({ byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            })
        else { return nil }
        self.text = text
    }

    /// The code as written.
    public var description: String { text }

    public static func < (left: UnitCode, right: UnitCode) -> Bool { left.text < right.text }
}

extension UnitCode: Codable {
    public init(from decoder: any Decoder) throws {
        self = try decoder.decodeText("a unit code (letters, digits, '-', '_', '.')", UnitCode.init)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// A month of the civil calendar, `2026-11`.
public struct CivilMonth: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// Year, 0 … 9999.
    public let year: Int
    /// Month, 1 … 12.
    public let month: Int

    /// The month a day lies in.
    public init(_ day: CivilDate) {
        year = day.year
        month = day.month
    }

    /// Parses `2026-11` (exactly seven characters).
    public init?(_ text: String) {
        guard text.utf8.count == 7, let first = CivilDate(text + "-01") else { return nil }
        self.init(first)
    }

    /// Its first day.
    public var first: CivilDate { CivilDate(year: year, month: month, day: 1) ?? CivilDate(daysSinceEpoch: 0) }

    /// The month after it.
    public var next: CivilMonth { CivilMonth(first.adding(days: 31)) }

    /// `2026-11`.
    public var description: String { String(first.description.prefix(7)) }

    /// `2026年11月`.
    public var chinese: String { "\(year)年\(month)月" }

    public static func < (left: CivilMonth, right: CivilMonth) -> Bool { left.first < right.first }
}

extension CivilMonth: Codable {
    public init(from decoder: any Decoder) throws {
        self = try decoder.decodeText("a month such as 2026-11", CivilMonth.init)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Instant: LosslessStringConvertible {
    /// Parses RFC 3339: `T` (or a space), seconds, an optional fraction (beyond milliseconds it is dropped), and `Z`
    /// or an offset. Anything else is nil: a time without a zone is not a moment.
    public init?(_ text: String) { self.init(rfc3339: text) }

    /// Parses RFC 3339, see ``init(_:)``.
    public init?(rfc3339 text: some StringProtocol) {
        let parsed = text.utf8.withContiguousStorageIfAvailable { Self.parse($0) } ?? Self.parse(Array(text.utf8))
        guard let parsed else { return nil }
        self.init(milliseconds: parsed)
    }

    private static func parse(_ text: some RandomAccessCollection<UInt8>) -> Int64? {
        let bytes = Array(text)
        guard bytes.count >= 20, bytes.count <= 40, bytes[4] == dash, bytes[7] == dash, bytes[13] == colon,
            bytes[16] == colon, [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(bytes[10]),
            let year = Digits.number(bytes[0..<4]), let month = Digits.number(bytes[5..<7]),
            let day = Digits.number(bytes[8..<10]), let date = CivilDate(year: year, month: month, day: day),
            let hour = Digits.number(bytes[11..<13]), hour < 24, let minute = Digits.number(bytes[14..<16]),
            minute < 60, let second = Digits.number(bytes[17..<19]), second < 60
        else { return nil }
        var rest = bytes[19...]
        guard let millisecond = fraction(&rest), let offset = offset(rest) else { return nil }
        let seconds = Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset)
        return seconds * 1000 + Int64(millisecond)
    }

    /// Takes `.123…` off the front; 0 when there is none, nil when the point has no digit after it.
    private static func fraction(_ rest: inout ArraySlice<UInt8>) -> Int? {
        guard rest.first == UInt8(ascii: ".") else { return 0 }
        rest.removeFirst()
        let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        guard !digits.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
        var value = 0
        for place in 0..<3 {
            value = value * 10 + (place < digits.count ? Int(digits[digits.startIndex + place] - UInt8(ascii: "0")) : 0)
        }
        return value
    }

    /// Seconds ahead of UTC.
    private static func offset(_ rest: ArraySlice<UInt8>) -> Int? {
        let zone = Array(rest)
        if zone == [UInt8(ascii: "Z")] || zone == [UInt8(ascii: "z")] { return 0 }
        guard zone.count == 6, zone[3] == colon, zone[0] == UInt8(ascii: "+") || zone[0] == dash,
            let hours = Digits.number(zone[1..<3]), hours < 24, let minutes = Digits.number(zone[4..<6]), minutes < 60
        else { return nil }
        return (hours * 3600 + minutes * 60) * (zone[0] == dash ? -1 : 1)
    }

    private static var dash: UInt8 { UInt8(ascii: "-") }
    private static var colon: UInt8 { UInt8(ascii: ":") }

    /// `2026-11-21T09:30:00.000+08:00`.
    public var description: String {
        let date = day
        let time = millisecondOfDay
        return String(unsafeUninitializedCapacity: 29) { buffer in
            var at = 0
            func put(_ value: Int, _ width: Int, _ after: Unicode.Scalar?) {
                var value = value
                for index in stride(from: at + width - 1, through: at, by: -1) {
                    buffer[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: abs(value % 10))
                    value /= 10
                }
                at += width
                if let after {
                    buffer[at] = UInt8(ascii: after)
                    at += 1
                }
            }
            put(date.year, 4, "-")
            put(date.month, 2, "-")
            put(date.day, 2, "T")
            put(time / 3_600_000, 2, ":")
            put(time / 60_000 % 60, 2, ":")
            put(time / 1000 % 60, 2, ".")
            put(time % 1000, 3, "+")
            put(8, 2, ":")
            put(0, 2, nil)
            return at
        }
    }

    /// `周五 9月26日 23:59`, as people read it; seconds only where they are not zero.
    public var chinese: String {
        let (hour, minute, second) = timeOfDay
        let clock = "\(Digits.padded(hour, 2)):\(Digits.padded(minute, 2))"
        return "\(day.weekday.title) \(day.chinese) \(clock)" + (second == 0 ? "" : ":\(Digits.padded(second, 2))")
    }
}

extension Instant: Codable {
    public init(from decoder: any Decoder) throws {
        self = try decoder.decodeText("an RFC 3339 time with its offset", { Instant(rfc3339: $0) })
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

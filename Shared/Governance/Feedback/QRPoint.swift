/// A point with a printed code 监督二维码点位 (domain.md row 74): 政务服务窗口, 公告栏, 执法执勤点.
public struct QRPoint: Hashable, Sendable, LosslessStringConvertible {
    /// Code of the channel of all points in the reference data.
    public static let source = "qr"

    /// Where it hangs: a community, a grid, at least a township.
    public let place: PlaceCode
    /// Which of the place's points, from 1.
    public let serial: Int

    /// The n-th point of a place; nil for less than a township, or beyond 9999.
    public init?(place: PlaceCode, serial: Int) {
        guard place.text.utf8.count >= 9, (1...9999).contains(serial) else { return nil }
        self.place = place
        self.serial = serial
    }

    /// Parses `410803001004.3`.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let place = PlaceCode(String(parts[0])), let serial = Int(parts[1]),
            String(serial) == parts[1]
        else { return nil }
        self.init(place: place, serial: serial)
    }

    /// `410803001004.3`.
    public var description: String { "\(place.text).\(serial)" }
}

extension QRPoint: Codable {
    public init(from decoder: any Decoder) throws {
        self = try decoder.decodeText("a point such as 410803001004.3", QRPoint.init)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension QRPoint {
    /// Where all that is sent from the point travels: its township's key.
    public var home: HomeKey { HomeKey(place: place, source: Self.source, sourceKey: description) }
}

import Foundation

/// A spot on the globe 经纬度 in degrees of WGS-84, as satellites and phones tell it. The grids of Chinese maps (GCJ-02, BD-09) lie
/// some hundred metres beside it and are not told apart. Kept to a millionth of a degree, which is a decimetre.
public struct GeoPoint: Hashable, Sendable {
    /// Degrees north of the equator.
    public static let latitudes = -90.0...90.0
    /// Degrees east of Greenwich.
    public static let longitudes = -180.0...180.0
    /// Mean radius of the earth in metres (IUGG).
    static let earthRadius = 6_371_008.8

    private let north: Int
    private let east: Int

    /// Degrees north of the equator.
    public var latitude: Double { Double(north) / 1_000_000 }
    /// Degrees east of Greenwich.
    public var longitude: Double { Double(east) / 1_000_000 }

    /// A spot by its degrees; nil for what lies on no globe, NaN among it.
    public init?(latitude: Double, longitude: Double) {
        guard Self.latitudes.contains(latitude), Self.longitudes.contains(longitude) else { return nil }
        north = Int((latitude * 1_000_000).rounded())
        east = Int((longitude * 1_000_000).rounded())
    }

    /// Parses `35.239100,113.418000`, latitude first, as a person may have typed it.
    /// - Throws: what is wrong with it and how to write it.
    public init(parsing text: String) throws(Refusal) {
        // The comma of a Chinese keyboard is as good.
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "\u{FF0C}" }.map { part in
            part.allSatisfy { $0.isASCII && ($0.isNumber || $0.isWhitespace || "+-.".contains($0)) }
                ? Double(part.filter { !$0.isWhitespace }) : nil
        }
        guard parts.count == 2, let latitude = parts[0], let longitude = parts[1] else {
            let found = text.prefix(40)
            throw Self.refusal("form", "“\(found)”不是经纬度", "\"\(found)\" is no latitude and longitude")
        }
        guard Self.latitudes.contains(latitude) else {
            throw Self.refusal(
                "latitude", "纬度须在 -90 到 90 之间,不是 \(latitude)", "a latitude is within -90 and 90, not \(latitude)")
        }
        guard let point = GeoPoint(latitude: latitude, longitude: longitude) else {
            throw Self.refusal(
                "longitude", "经度须在 -180 到 180 之间,不是 \(longitude)",
                "a longitude is within -180 and 180, not \(longitude)")
        }
        self = point
    }

    private static func refusal(_ rule: String, _ zh: String, _ en: String) -> Refusal {
        Refusal(
            .invalid, "location.\(rule)", zh: zh, en: en, field: "location",
            fixZh: "请写 纬度,经度(WGS-84,十进制度),如 35.2391,113.4180;不清楚可不填",
            fixEn: "write latitude,longitude (WGS-84, decimal degrees), as 35.2391,113.4180, or leave it out")
    }

    /// Metres to another spot along the sphere (haversine): within half a percent of the truth.
    public func distance(to other: GeoPoint) -> Double {
        func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
        let across = sin(radians(other.latitude - latitude) / 2)
        let along = sin(radians(other.longitude - longitude) / 2)
        let share = across * across + cos(radians(latitude)) * cos(radians(other.latitude)) * along * along
        // Between antipodes rounding may lead a little beyond 1.
        return 2 * Self.earthRadius * asin(min(1, share.squareRoot()))
    }
}

extension GeoPoint: LosslessStringConvertible {
    public init?(_ text: String) {
        guard let point = try? GeoPoint(parsing: text) else { return nil }
        self = point
    }

    /// `35.239100,113.418000`.
    public var description: String { "\(Self.degrees(north)),\(Self.degrees(east))" }

    private static func degrees(_ millionths: Int) -> String {
        let (whole, rest) = millionths.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
        return "\(millionths < 0 ? "-" : "")\(whole).\(Digits.padded(Int(rest), 6))"
    }
}

extension GeoPoint: Codable {
    public init(from decoder: any Decoder) throws {
        self = try decoder.decodeText("a location such as 35.239100,113.418000") { GeoPoint($0) }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// Where a phone says it is, and how far it may be wrong. It is personal data: it never leaves the edge, and nothing keeps it.
public struct PhonePosition: Hashable, Sendable {
    /// Where it is.
    public let location: GeoPoint
    /// It is within so many metres of there.
    public let accuracy: Double

    /// A position as a browser tells it; nil for what no phone measures, NaN and negative numbers among it.
    public init?(latitude: Double, longitude: Double, accuracy: Double) {
        guard let location = GeoPoint(latitude: latitude, longitude: longitude), accuracy >= 0, accuracy.isFinite
        else { return nil }
        self.location = location
        self.accuracy = accuracy
    }
}

/// How far from a point 点位 its code was scanned (domain.md §5: a photographed genuine code cannot be told apart, so a phone far
/// from the point is tagged). A hint for whoever handles the case and never a reason to refuse: a phone may be wrong, may be
/// lied for, and may tell nothing.
public enum PointDistance: Hashable, Sendable {
    /// 点位附近, as far as the phone can tell.
    case near
    /// 距点位较远: the distance in whole kilometres, rounded up, so that it says little of where somebody is.
    case far(kilometres: Int)
    /// 未知: the phone did not tell, told too vaguely, or nobody registered where the point is.
    case untold

    /// Metres beyond which a phone is far 【ours】: a square, a big hall, and most of the shift of Chinese maps lie within.
    public static let limit = 500.0

    /// How far a phone was. Its own inaccuracy speaks for it; one vaguer than the limit cannot vouch that it is near.
    public init(of phone: PhonePosition?, from point: GeoPoint?) {
        guard let phone, let point else {
            self = .untold
            return
        }
        let metres = phone.location.distance(to: point)
        if metres - phone.accuracy > Self.limit {
            self = .far(kilometres: Int((metres / 1000).rounded(.up)))
        } else {
            self = phone.accuracy > Self.limit ? .untold : .near
        }
    }

    /// As it stands on the wire: 0 near the point, nil when untold.
    public init(kilometres: Int?) {
        self = kilometres.map { $0 > 0 ? .far(kilometres: $0) : .near } ?? .untold
    }

    /// As it stands on the wire: 0 near the point, nil when untold.
    public var kilometres: Int? {
        switch self {
        case .near: 0
        case .far(let kilometres): kilometres
        case .untold: nil
        }
    }
}

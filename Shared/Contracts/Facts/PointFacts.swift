public import Governance

public import struct Foundation.UUID

/// 评价: how a service was rated at a point.
public struct RatingGiven: PayloadBody {
    public static let type = "rating.given"
    /// Id of what was sent, which the receipt belongs to.
    public var report: UUID
    /// The point whose code was scanned.
    public var point: QRPoint
    /// The unit of the point.
    public var unit: UnitCode?
    /// How.
    public var score: RatingScore
    /// What else was said, masked.
    public var text: String?
    /// Token of the sealed telephone and unmasked text.
    public var vaultToken: String?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis
    public var about: CaseNumber? { nil }

    /// Creates the payload.
    public init(
        report: UUID, point: QRPoint, unit: UnitCode? = nil, score: RatingScore, text: String? = nil,
        vaultToken: String? = nil, at: Instant, basis: Basis
    ) {
        self.report = report
        self.point = point
        self.unit = unit
        self.score = score
        self.text = text
        self.vaultToken = vaultToken
        self.at = at
        self.basis = basis
    }
}

/// 点位启用: a point has a printed code.
public struct PointIssued: PayloadBody {
    public static let type = "point.issued"
    /// The point.
    public var point: QRPoint
    /// The unit whose service it is about; nil for a notice board.
    public var unit: UnitCode?
    /// Where exactly it hangs.
    public var label: String?
    /// Where that is on the globe, when somebody measured it.
    public var location: GeoPoint?
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis
    public var about: CaseNumber? { nil }

    /// Creates the payload.
    public init(
        point: QRPoint, unit: UnitCode? = nil, label: String? = nil, location: GeoPoint? = nil, at: Instant,
        basis: Basis
    ) {
        self.point = point
        self.unit = unit
        self.label = label
        self.location = location
        self.at = at
        self.basis = basis
    }
}

/// 点位作废: its code is refused for good; a new one gets another serial.
public struct PointRevoked: PayloadBody {
    public static let type = "point.revoked"
    /// The point.
    public var point: QRPoint
    /// Why.
    public var reason: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis
    public var about: CaseNumber? { nil }

    /// Creates the payload.
    public init(point: QRPoint, reason: String, at: Instant, basis: Basis) {
        self.point = point
        self.reason = reason
        self.at = at
        self.basis = basis
    }
}

public import Governance

/// Register a point, so that its code belongs to a unit.
public struct IssuePoint: PayloadBody {
    public static let type = "point.issue"
    /// The point.
    public var point: QRPoint
    /// The unit whose service it is about; nil for a notice board.
    public var unit: UnitCode?
    /// Where exactly it hangs.
    public var label: String?
    /// Where that is on the globe; with it a phone that scans the code from far away is told apart.
    public var location: GeoPoint?
    public var about: CaseNumber? { nil }

    /// Creates the payload.
    public init(point: QRPoint, unit: UnitCode? = nil, label: String? = nil, location: GeoPoint? = nil) {
        self.point = point
        self.unit = unit
        self.label = label
        self.location = location
    }
}

/// Revoke a point's code for good.
public struct RevokePoint: PayloadBody {
    public static let type = "point.revoke"
    /// The point.
    public var point: QRPoint
    /// Why.
    public var reason: String
    public var about: CaseNumber? { nil }

    /// Creates the payload.
    public init(point: QRPoint, reason: String) {
        self.point = point
        self.reason = reason
    }
}

/// `CASELOOP_SOURCE_LIMITS`: reports a minute that Intake takes of each source.
public struct SourceLimitRule: Sendable, Equatable {
    /// Whether the reference data's `per_minute` holds for sources not named here.
    public var byReference: Bool
    /// Limits that are set here, by source; nil = none.
    public var named: [String: Int?]

    /// The reference data's limits.
    public static let reference = SourceLimitRule(byReference: true, named: [:])
    /// No limits.
    public static let off = SourceLimitRule(byReference: false, named: [:])

    /// A rule.
    public init(byReference: Bool, named: [String: Int?]) {
        self.byReference = byReference
        self.named = named
    }

    /// `reference`, `off`, or a list such as `off,web=600` or `hotline=6000,web=off`.
    init?(_ text: String) {
        self = .reference
        for part in text.split(separator: ",").map({ $0.trimmed }) {
            let pair = part.split(separator: "=", omittingEmptySubsequences: false).map { $0.trimmed }
            switch (pair.count, pair.last.map(String.init)) {
            case (1, "reference"): byReference = true
            case (1, "off"): byReference = false
            case (2, "off") where !pair[0].isEmpty: named[String(pair[0])] = .some(nil)
            case (2, let value?) where !pair[0].isEmpty:
                guard let limit = Int(value), limit > 0 else { return nil }
                named[String(pair[0])] = limit
            default: return nil
            }
        }
    }

    /// The limit of a source; `perMinute`: what the reference data say. Nil = none.
    public func limit(of source: String, perMinute: Int?) -> Int? {
        if let set = named[source] { return set }
        return byReference ? perMinute : nil
    }
}

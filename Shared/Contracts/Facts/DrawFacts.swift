public import Governance

/// The hash of a month's secret seed, recorded before the month's first closing 抽查种子承诺. The draws' facts stand under the
/// unit's own key (`unit:…`), so they are about no case.
public struct DrawCommitted: PayloadBody {
    public static let type = "draw.committed"
    /// The unit.
    public var unit: UnitCode
    /// The month.
    public var month: CivilMonth
    /// SHA-256 of the seed, in hex.
    public var commitment: String
    /// When the draw will be made.
    public var due: Instant
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis
    public var about: CaseNumber? { nil }

    /// Creates the payload.
    public init(
        unit: UnitCode, month: CivilMonth, commitment: String, due: Instant, at: Instant, basis: Basis
    ) {
        self.unit = unit
        self.month = month
        self.commitment = commitment
        self.due = due
        self.at = at
        self.basis = basis
    }
}

/// A closing takes part in the draw of its unit and month 列入抽查.
public struct DrawEnrolled: PayloadBody {
    public static let type = "draw.enrolled"
    /// The unit.
    public var unit: UnitCode
    /// The month whose draw it takes part in: the month of the closing, or the next when that one was drawn already.
    public var month: CivilMonth
    /// The closing.
    public var closing: ClosedHandling
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis
    public var about: CaseNumber? { nil }

    /// Creates the payload.
    public init(unit: UnitCode, month: CivilMonth, closing: ClosedHandling, at: Instant, basis: Basis) {
        self.unit = unit
        self.month = month
        self.closing = closing
        self.at = at
        self.basis = basis
    }
}

/// The draw 实地抽查: the seed is revealed, and `OnSiteDraw.draw` of it and the pool gives the choice.
public struct DrawMade: PayloadBody {
    public static let type = "draw.made"
    /// The unit.
    public var unit: UnitCode
    /// The month.
    public var month: CivilMonth
    /// The seed, in hex.
    public var seed: String
    /// How many closings took part: those enrolled before, in the order of the log.
    public var size: Int
    /// The closings to visit.
    public var chosen: [ClosedHandling]
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis
    public var about: CaseNumber? { nil }

    /// Creates the payload.
    public init(
        unit: UnitCode, month: CivilMonth, seed: String, size: Int, chosen: [ClosedHandling], at: Instant,
        basis: Basis
    ) {
        self.unit = unit
        self.month = month
        self.seed = seed
        self.size = size
        self.chosen = chosen
        self.at = at
        self.basis = basis
    }
}

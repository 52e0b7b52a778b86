import Crypto

/// Whom a scorecard is about 考核对象 (rows 70-72).
public enum ScoreSubject: String, CaseIterable, Sendable, Codable {
    /// 单位: the orders it had as main unit.
    case unit
    /// 网格员: the orders that came of what he reported.
    case worker
    /// 辖区: the orders of a place.
    case place
}

/// What was counted of one subject.
public struct ScoreCard: Hashable, Sendable, Codable {
    /// The unit's code, the person's id, the place's code.
    public let subject: String
    /// The counts.
    public let counts: LoopCounts

    /// A card.
    public init(_ subject: String, _ counts: LoopCounts) {
        self.subject = subject
        self.counts = counts
    }
}

/// The scorecards of a month 月度考核. Everything is counted in the month in which the log says it happened: what is decided later
/// counts later, so a month that is over never changes, and a read model folded anew counts the same.
public struct ScoreSnapshot: Hashable, Sendable, Codable {
    /// Version of the formulas.
    public let formula: Int
    /// The month.
    public let month: CivilMonth
    /// Whom the cards are about.
    public let subject: ScoreSubject
    /// The cards, the largest first: no league table of shares.
    public let cards: [ScoreCard]

    /// A month's cards.
    public init(_ month: CivilMonth, _ subject: ScoreSubject, _ cards: [ScoreCard], formula: Int = Formulas.version) {
        self.formula = formula
        self.month = month
        self.subject = subject
        self.cards = cards.sorted { ($1.counts.due, $0.subject) < ($0.counts.due, $1.subject) }
    }

    /// From when on the month is frozen 定格: the moment of its draw, when the last evening's facts have arrived.
    public static func freezes(_ month: CivilMonth) -> Instant { OnSiteDraw.moment(of: month) }

    /// Twelve hex digits that two prints of the same month have in common, and no others: a checksum over all counts.
    public var seal: String {
        let lines = cards.map { "\($0.subject)=\($0.counts.members.map(String.init).joined(separator: ","))" }
        let text = (["\(formula) \(month) \(subject.rawValue)"] + lines).joined(separator: "\n")
        return String(OnSiteDraw.hex(Array(SHA256.hash(data: Array(text.utf8)))).prefix(12))
    }
}

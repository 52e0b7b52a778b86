/// A share that does not flatter: numerator and denominator stay with it (domain.md §4 row 12).
public struct Share: Hashable, Sendable, Codable, CustomStringConvertible {
    /// How many of them.
    public var part: Int
    /// Of how many.
    public var whole: Int

    /// A share.
    public init(_ part: Int, of whole: Int) {
        self.part = part
        self.whole = whole
    }

    /// Hundredths of a percent, rounded half up; nil when there is nothing to divide by.
    public var basisPoints: Int? { whole > 0 ? (part * 20_000 + whole) / (2 * whole) : nil }

    /// `91.87 %`, `100 %`, or `—` of nothing.
    public var percent: String {
        guard let points = basisPoints else { return "—" }
        let (full, rest) = points.quotientAndRemainder(dividingBy: 100)
        if rest == 0 { return "\(full) %" }
        return "\(full).\(rest < 10 ? "0" : "")\(rest) %"
    }

    /// `78.65 % (151/192)`.
    public var description: String { "\(percent) (\(part)/\(whole))" }
}

/// The counts of the closed loop of one unit or of all (domain.md row 69: 209 / 192 / 151 / 151).
public struct RevisitTally: Hashable, Sendable, Codable {
    /// Orders given 交办.
    public var dispatched: Int
    /// Closed 办结.
    public var closed: Int
    /// Revisited 回访.
    public var revisited: Int
    /// Satisfied 满意: no question answered “no”.
    public var satisfied: Int
    /// Points of all revisits, question by question.
    public var sums: [Int]

    /// Counts.
    public init(dispatched: Int = 0, closed: Int = 0, revisited: Int = 0, satisfied: Int = 0, sums: [Int] = []) {
        self.dispatched = dispatched
        self.closed = closed
        self.revisited = revisited
        self.satisfied = satisfied
        self.sums = sums.isEmpty ? [0, 0, 0, 0] : sums
    }

    /// Counts one revisit.
    public mutating func add(_ scores: RevisitScores) {
        revisited += 1
        if scores.isPassed { satisfied += 1 }
        for (index, answer) in scores.answers.enumerated() { sums[index] += answer.points }
    }

    /// 办结率: closed of those dispatched.
    public var closing: Share { Share(closed, of: dispatched) }
    /// 回访覆盖: revisited of those closed; all of them is the aim.
    public var coverage: Share { Share(revisited, of: closed) }
    /// 满意率: satisfied of those revisited.
    public var satisfaction: Share { Share(satisfied, of: revisited) }
    /// Closed and not yet revisited.
    public var backlog: Int { closed - revisited }
    /// Mean points, 0 … 100, as a share of what could be reached.
    public var score: Share { Share(sums.reduce(0, +), of: revisited * 100) }
}

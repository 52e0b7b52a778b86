/// A share that does not flatter 比率 (domain.md §4 row 12): numerator, denominator and all that was looked at stay with it, and a
/// handful of cases gives no percentage.
public struct Rate: Hashable, Sendable, Codable {
    /// Fewer than this are no sample: a single case would top the table (fixmystreet#1957) 【ours】.
    public static let minimum = 5

    /// Numerator: how many of them.
    public let part: Int
    /// Denominator: of how many.
    public let whole: Int
    /// All that were looked at: the denominator, and what is still open and so counts as neither success nor failure.
    public let n: Int
    /// The smallest denominator that is a sample.
    public let minimum: Int

    /// A rate; without `n` nothing is left out of the denominator.
    public init(_ part: Int, of whole: Int, n: Int? = nil, minimum: Int = Rate.minimum) {
        self.part = part
        self.whole = whole
        self.n = max(n ?? whole, whole)
        self.minimum = minimum
    }

    /// What is still open: counted in ``n`` and in neither numerator nor denominator.
    public var open: Int { n - whole }

    /// Hundredths of a percent, rounded half up; nil below the minimum sample. All but one of any number is never the whole,
    /// and one of any number is never nothing.
    public var basisPoints: Int? {
        guard whole > 0, whole >= minimum else { return nil }
        let rounded = (part * 20_000 + whole) / (2 * whole)
        if part == whole || part == 0 { return rounded }
        return min(max(rounded, 1), 9_999)
    }

    /// `91.87 %`, `100 %`; nil below the minimum sample.
    public var percent: String? {
        basisPoints.map { points in
            let (full, rest) = points.quotientAndRemainder(dividingBy: 100)
            return rest == 0 ? "\(full) %" : "\(full).\(rest < 10 ? "0" : "")\(rest) %"
        }
    }
}

extension Rate: CustomStringConvertible {
    /// `78.65 % (151/192)`, `100 % (46/46,另有 5 件未结,n=51)`, `样本不足 (3/4)`.
    public var description: String {
        let rest = open > 0 ? ",另有 \(open) 件未结,n=\(n)" : ""
        return "\(percent ?? "样本不足") (\(part)/\(whole)\(rest))"
    }
}

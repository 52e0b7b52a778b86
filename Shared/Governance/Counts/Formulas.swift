/// Every rate of the system, each once 考核公式 (domain.md rows 70-73): what is divided by what, and what stays out. Scorecards,
/// snapshots and tests all use these.
public enum Formulas {
    /// Rises when a formula changes; stands beside every snapshot.
    public static let version = 1

    /// 办结率 (000: 交办盯办209起、已办结192起; 002: 99.38%): closed, of all there was to do: carried over and issued, without what
    /// was returned to another unit or withdrawn. What is still open counts against it.
    public static func closing(_ counts: LoopCounts) -> Rate { Rate(counts.closed, of: counts.due) }

    /// 按期率 (002 row 70 响应时效): closed in time, of those closed and those that ran out and are not closed. What is still
    /// within its limit stays out.
    public static func punctuality(_ counts: LoopCounts) -> Rate {
        Rate(counts.closed - counts.closedLate, of: counts.closed + counts.lateOpen, n: max(counts.due, 0))
    }

    /// 响应率 (000: 24小时内与当事人见面): met within 24 hours, of those met in time and those whose 24 hours ran out.
    public static func response(_ counts: LoopCounts) -> Rate { Rate(counts.met, of: counts.met + counts.missed) }

    /// 回访覆盖 (000: 已办结192起、回访151起): revisited, of all that was to be revisited. All of them is the aim (row 68 全量).
    public static func coverage(_ counts: LoopCounts) -> Rate { Rate(counts.revisited, of: counts.toRevisit) }

    /// 满意率 (000: 回访151起、满意151起): revisits without a “no”, of all revisits.
    public static func satisfaction(_ counts: LoopCounts) -> Rate { Rate(counts.satisfied, of: counts.revisited) }

    /// 化解率 (004: 99.6%, 1.2万余起): disputes settled, of those closed; open ones are n, never failed.
    public static func settlement(_ counts: LoopCounts) -> Rate {
        Rate(counts.disputesSettled, of: counts.disputesClosed, n: counts.disputes)
    }

    /// 调解成功率 (004 小店镇: 51起、成功46、5在调): mediations with an agreement, of those that ended; those still going on are n.
    public static func mediation(_ counts: LoopCounts) -> Rate {
        Rate(counts.mediationsAgreed, of: counts.mediationsEnded, n: counts.mediations)
    }

    /// 诉求调解成功率 (004 row 80: 42.13%): appeals on their way to court that were settled by mediation, of those settled so and
    /// those that became a lawsuit; those still with a mediator are n.
    public static func courtMediation(settled: Int, sued: Int, open: Int) -> Rate {
        Rate(settled, of: settled + sued, n: settled + sued + open)
    }

    /// 采纳率 (002 row 76: 建议2110条、采纳1680条): adopted in full or in part, of all received.
    public static func adoption(_ tally: SuggestionTally) -> Rate { Rate(tally.adopted, of: tally.received) }

    /// 上线率 (003 row 71: 每天通报网格员上线情况): grid workers who left a trace that day, of those known.
    public static func online(_ active: Int, of known: Int) -> Rate { Rate(active, of: known) }

    /// 网格覆盖率 (003 row 7: 覆盖率100%): households of the grids that stand in a micro-grid, of all households of those grids.
    public static func coverage(of grids: GridCoverage) -> Rate { Rate(grids.covered, of: grids.households) }
}

/// The rates of a scorecard 考核指标, in their order on it.
public enum ScoreRate: String, CaseIterable, Sendable, Codable {
    case closing, punctuality, response, coverage, satisfaction, settlement, mediation

    /// The rate of what was counted.
    public func of(_ counts: LoopCounts) -> Rate {
        switch self {
        case .closing: Formulas.closing(counts)
        case .punctuality: Formulas.punctuality(counts)
        case .response: Formulas.response(counts)
        case .coverage: Formulas.coverage(counts)
        case .satisfaction: Formulas.satisfaction(counts)
        case .settlement: Formulas.settlement(counts)
        case .mediation: Formulas.mediation(counts)
        }
    }
}

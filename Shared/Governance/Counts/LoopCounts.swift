/// What was counted of the orders of a unit, a grid worker or a place within a period 闭环计数. Every member is a number of orders or
/// matters, each by the moment at which the log says it happened, so that a period that is over never changes.
public struct LoopCounts: Hashable, Sendable, Codable {
    /// 结转: out before the period and not ended.
    public var carried = 0
    /// 交办: issued in the period.
    public var issued = 0
    /// 退转、撤回: ended in the period without having been done: returned to another unit, or withdrawn.
    public var dropped = 0
    /// 办结: verified in the period.
    public var closed = 0
    /// Of ``closed``, those that ran out first.
    public var closedLate = 0
    /// 超期未办: ran out and not done at the end of the period.
    public var lateOpen = 0
    /// 见面: met within 24 hours, in the period.
    public var met = 0
    /// Not met within 24 hours; the 24 hours ran out in the period.
    public var missed = 0
    /// Closed before the period and not revisited by then.
    public var awaiting = 0
    /// Reopened in the period before anybody revisited it, and so no longer to be revisited.
    public var unrevisited = 0
    /// 回访: first revisited in the period.
    public var revisited = 0
    /// Of ``revisited``, those with no question answered “no”.
    public var satisfied = 0
    /// 重办: reopened in the period.
    public var reopened = 0
    /// 纠纷: disputes in hand in the period.
    public var disputes = 0
    /// Of ``disputes``, those closed.
    public var disputesClosed = 0
    /// Of ``disputesClosed``, those that were settled: solved or mediated.
    public var disputesSettled = 0
    /// 调解: mediations in hand in the period.
    public var mediations = 0
    /// Of ``mediations``, those that ended.
    public var mediationsEnded = 0
    /// Of ``mediationsEnded``, those with an agreement.
    public var mediationsAgreed = 0

    /// Nothing.
    public init() {}

    /// 应办: what there was to do, in the period.
    public var due: Int { carried + issued - dropped }
    /// 应回访: what there was to revisit.
    public var toRevisit: Int { awaiting + closed - unrevisited }
    /// Closed and not yet revisited.
    public var backlog: Int { toRevisit - revisited }

    /// Every count, in the order of the names above.
    public static let all: [any WritableKeyPath<LoopCounts, Int> & Sendable] = [
        \.carried, \.issued, \.dropped, \.closed, \.closedLate, \.lateOpen, \.met, \.missed, \.awaiting, \.unrevisited,
        \.revisited, \.satisfied, \.reopened, \.disputes, \.disputesClosed, \.disputesSettled, \.mediations,
        \.mediationsEnded, \.mediationsAgreed,
    ]

    var members: [Int] { Self.all.map { self[keyPath: $0] } }

    /// All cards together.
    public static func sum(of cards: [ScoreCard]) -> LoopCounts {
        cards.reduce(into: LoopCounts()) { sum, card in
            for count in all { sum[keyPath: count] += card.counts[keyPath: count] }
        }
    }
}

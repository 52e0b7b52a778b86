/// A term that the law sets for a petition 信访 (信访工作条例; domain.md §3.3): apart from all clocks of ours, never replaced or
/// stopped by one of them. Days are counted as 民法典 201 and 203 count them.
public enum PetitionTerm: String, CaseIterable, Sendable {
    /// 转送、交办并告知: from receipt.
    case inform
    /// 异议: a unit objects to an order, from its receipt.
    case objection
    /// 办理并答复: from receipt; longer by at most 30 days when a leader approves.
    case answer
    /// 请求复查: the petitioner asks, from the answer.
    case askReview
    /// 复查意见: from the request.
    case review
    /// 请求复核: from the opinion.
    case askRecheck
    /// 复核意见: from the request; it is final.
    case recheck

    /// An approved extension of the answer is no longer than this, in days.
    public static let longestExtension = 30

    /// How long it runs.
    public var span: ClockSpan {
        switch self {
        case .inform: .civilDays(15)
        case .objection: .workingDays(5)
        case .answer: .civilDays(60)
        case .askReview, .review, .askRecheck, .recheck: .civilDays(30)
        }
    }

    /// Hearings 听证 are not counted in.
    public var excludesHearings: Bool { self == .review || self == .recheck }

    /// The end of the term; nil for an extension that the law does not know. Each day with a hearing is one more day.
    public func due(
        from start: Instant, extendedBy extra: Int = 0, hearings: Set<CivilDate> = [], calendar: WorkCalendar
    ) -> Instant? {
        guard extra == 0 || (self == .answer && (1...Self.longestExtension).contains(extra)) else { return nil }
        switch span {
        case .civilDays(let days):
            var left = days + extra
            var day = start.day
            while left > 0 {
                day = day.adding(days: 1)
                if !excludesHearings || !hearings.contains(day) { left -= 1 }
            }
            return Instant(calendar.workingDay(onOrAfter: day), hour: 24)
        case .workingDays(let days): return Instant(calendar.addWorkingDays(days, to: start.day), hour: 24)
        case .natural(let milliseconds): return start + .milliseconds(milliseconds)
        }
    }
}

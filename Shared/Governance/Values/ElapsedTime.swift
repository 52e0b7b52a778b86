/// How long something lasted 历时, to the second: 14:10:00 to 14:31:00 is 21 min 0 s (domain.md §5). A second that is not
/// over does not count.
public struct ElapsedTime: Hashable, Sendable {
    /// Whole seconds, never below 0.
    public let totalSeconds: Int64

    /// From one instant to a later one; an earlier one counts as the same.
    public init(from start: Instant, to end: Instant) {
        totalSeconds = max(end.milliseconds - start.milliseconds, 0) / 1000
    }

    /// Whole days of 24 hours.
    public var days: Int64 { totalSeconds / 86_400 }
    /// Hours beyond the days, 0 … 23.
    public var hours: Int64 { totalSeconds / 3600 % 24 }
    /// Minutes beyond the hours, 0 … 59.
    public var minutes: Int64 { totalSeconds / 60 % 60 }
    /// Seconds beyond the minutes, 0 … 59.
    public var seconds: Int64 { totalSeconds % 60 }

    /// `21 分 0 秒`, from the largest part that is not 0: for the reasons that stand in the log.
    public var chinese: String {
        let parts = [(days, "天"), (hours, "时"), (minutes, "分"), (seconds, "秒")]
        let first = parts.firstIndex { $0.0 > 0 } ?? parts.count - 1
        return parts[first...].map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }
}

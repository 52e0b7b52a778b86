/// One due instant 时限 with the reason why it is that instant (domain.md §3.3: the explanation is stored with it).
public struct Deadline: Codable, Hashable, Sendable {
    /// Stable name of the clock: `meet`, `handle` …
    public var rule: String
    /// From when it runs.
    public var start: Instant
    /// Until when.
    public var due: Instant
    /// One sentence in Simplified Chinese that lets a person check the instant.
    public var explanation: String
    /// Version of the working-day calendar that was read; nil for natural time.
    public var calendarVersion: String?
    /// True when the calendar has no official notice for a year it needed.
    public var provisional: Bool

    /// Creates a deadline.
    public init(
        rule: String, start: Instant, due: Instant, explanation: String, calendarVersion: String? = nil,
        provisional: Bool = false
    ) {
        self.rule = rule
        self.start = start
        self.due = due
        self.explanation = explanation
        self.calendarVersion = calendarVersion
        self.provisional = provisional
    }
}

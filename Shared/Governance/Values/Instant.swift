#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A moment with millisecond precision. On the wire it is RFC 3339 with the offset of Asia/Shanghai:
/// `2026-11-21T09:30:00.000+08:00`.
public struct Instant: Hashable, Sendable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let milliseconds: Int64

    /// The moment that many milliseconds after 1970-01-01T00:00:00Z.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// That time of day in Asia/Shanghai; values past the end run on (hour 24 is the next midnight).
    public init(_ day: CivilDate, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0) {
        let seconds = Int64(day.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        self.init(milliseconds: (seconds - Self.zoneSeconds) * 1000 + Int64(millisecond))
    }

    /// The system's clock. Only edges and the runtime's clock source ask for it; rules are handed their `now`.
    public static func systemNow() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Asia/Shanghai is eight hours ahead of UTC, all year since 1991.
    public static let zoneSeconds: Int64 = 8 * 3600

    /// Milliseconds of local time since 1970-01-01T00:00:00+08:00.
    private var local: Int64 { milliseconds + Self.zoneSeconds * 1000 }

    /// The day in Asia/Shanghai.
    public var day: CivilDate { CivilDate(daysSinceEpoch: Int(Self.floorDivide(local, 86_400_000))) }

    /// Milliseconds since local midnight.
    public var millisecondOfDay: Int { Int(local - Self.floorDivide(local, 86_400_000) * 86_400_000) }

    /// Hour, minute and second of the local day.
    public var timeOfDay: (hour: Int, minute: Int, second: Int) {
        let seconds = millisecondOfDay / 1000
        return (seconds / 3600, seconds / 60 % 60, seconds % 60)
    }

    private static func floorDivide(_ value: Int64, _ by: Int64) -> Int64 {
        value >= 0 ? value / by : -((-value + by - 1) / by)
    }

    public static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

    /// The moment that much later; a fraction of a millisecond is dropped.
    public static func + (left: Instant, right: Duration) -> Instant {
        Instant(milliseconds: left.milliseconds + right.wholeMilliseconds)
    }

    /// The moment that much earlier.
    public static func - (left: Instant, right: Duration) -> Instant {
        Instant(milliseconds: left.milliseconds - right.wholeMilliseconds)
    }

    /// The time from `right` to `left`.
    public static func - (left: Instant, right: Instant) -> Duration {
        .milliseconds(left.milliseconds - right.milliseconds)
    }

    public static func += (left: inout Instant, right: Duration) { left = left + right }
}

extension Duration {
    /// Whole milliseconds, towards zero.
    public var wholeMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }

    /// That many hours of 3600 seconds.
    public static func hours(_ hours: Int) -> Duration { .seconds(hours * 3600) }

    /// That many minutes.
    public static func minutes(_ minutes: Int) -> Duration { .seconds(minutes * 60) }

    /// That many natural days of 24 hours.
    public static func naturalDays(_ days: Int) -> Duration { .hours(days * 24) }
}

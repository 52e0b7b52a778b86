import Governance

/// The last of the two daily consultations 早晚研判 (domain.md row 65): at 08:00 and 20:00 【ours】.
struct PackSession: Equatable, Sendable {
    /// Hours of the day at which people meet.
    static let hours = [8, 20]

    /// When it took place.
    var at: Instant
    /// When the one before took place: the material is what happened since.
    var before: Instant

    /// The morning's, else the evening's.
    var isMorning: Bool { at.timeOfDay.hour == Self.hours[0] }

    /// The last one that began no later than now.
    init(at now: Instant) {
        let moments = [-1, 0].flatMap { days in
            Self.hours.map { Instant(now.day.adding(days: days), hour: $0) }
        }
        let passed = moments.filter { $0 <= now }
        at = passed.last ?? now
        before = at - .hours(12)
    }
}

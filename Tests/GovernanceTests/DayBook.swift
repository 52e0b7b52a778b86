import Governance

/// The oracle of deadlines: days and minutes walked one by one, with month lengths, weekdays and the notices of the State
/// Council written out anew. It shares nothing with the rules it judges but the instant it is handed.
struct DayBook {
    /// A minute, as the wall clock shows it.
    struct Minute: Equatable {
        /// Place of the day in the book.
        var day: Int
        /// 0 … 1439.
        var minute: Int

        /// Goes on by so many minutes, one by one.
        mutating func walk(_ minutes: Int) {
            for _ in 0..<minutes {
                minute += 1
                if minute == 1440 { (day, minute) = (day + 1, 0) }
            }
        }
    }

    /// `2025-01-01`, from Monday 2024-12-30 to 2027-03-31.
    private(set) var names: [String] = []
    /// Whether it is worked.
    private(set) var works: [Bool] = []
    /// Whether a notice arranges its year.
    private(set) var isKnown: [Bool] = []

    init() {
        var (year, month, day, weekday) = (2024, 12, 30, 0)
        while (year, month) < (2027, 4) {
            let date = Self.two(month) + "-" + Self.two(day)
            let notice = Self.notices[year]
            names.append("\(year)-" + date)
            works.append(
                notice?.work.contains(date) == true || (weekday < 5 && notice?.off.contains(date) != true))
            isKnown.append(notice != nil || year == 2024)
            (day, weekday) = (day + 1, (weekday + 1) % 7)
            if day > Self.lengths[month - 1] { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
    }

    /// Of the years 2025 to 2027, none of which is a leap year.
    private static let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// The days off and the weekend days worked, one by one.
    private static let notices: [Int: (off: String, work: String)] = [
        2025: (
            off: "01-01 01-28 01-29 01-30 01-31 02-01 02-02 02-03 02-04 04-04 04-05 04-06 05-01 05-02 05-03 05-04 "
                + "05-05 05-31 06-01 06-02 10-01 10-02 10-03 10-04 10-05 10-06 10-07 10-08",
            work: "01-26 02-08 04-27 09-28 10-11"
        ),
        2026: (
            off: "01-01 01-02 01-03 02-15 02-16 02-17 02-18 02-19 02-20 02-21 02-22 02-23 04-04 04-05 04-06 05-01 "
                + "05-02 05-03 05-04 05-05 06-19 06-20 06-21 09-25 09-26 09-27 10-01 10-02 10-03 10-04 10-05 10-06 "
                + "10-07",
            work: "01-04 02-14 02-28 05-09 09-20 10-10"
        ),
    ]

    /// The first day of a year.
    func day(_ name: String) -> Int? { names.firstIndex(of: name) }

    /// The instant of a minute.
    func instant(_ at: Minute) -> Instant { Self.beginning + .minutes(at.day * 1440 + at.minute) }

    private static let beginning = Instant("2024-12-30T00:00:00+08:00")!

    // MARK: Clocks

    /// The minute at which a natural clock of so many minutes is used up; it stands from `stop` until `resume`. Walked in steps
    /// that divide all its lengths.
    func natural(_ minutes: Int, from start: Minute, step: Int = 1, standing: (from: Minute, to: Minute)? = nil)
        -> Minute
    {
        var (at, left) = (start, minutes)
        while left > 0 {
            let stands = standing.map { !Self.isBefore(at, $0.from) && Self.isBefore(at, $0.to) } ?? false
            at.minute += step
            if at.minute >= 1440 { (at.day, at.minute) = (at.day + 1, at.minute - 1440) }
            if !stands { left -= step }
        }
        return at
    }

    private static func isBefore(_ left: Minute, _ right: Minute) -> Bool {
        (left.day, left.minute) < (right.day, right.minute)
    }

    /// The minute at which so many minutes of working days are used up, the start day not counted: at the very end of a day it
    /// is the next midnight. While the clock stands, days do not count, nor does the day on which it goes on; what was left of
    /// the day on which it was stopped, if it was the last, is left on the day of going on or the first worked day after it.
    func working(_ minutes: Int, from start: Int, standing: (from: Minute, to: Minute)? = nil) -> Minute {
        var (day, left) = (start, minutes)
        while true {
            day += 1
            let stands = standing.map { day > $0.from.day && day <= $0.to.day } ?? false
            guard works[day], !stands else { continue }
            if left <= 1440 { break }
            left -= 1440
        }
        var end = Minute(day: day, minute: 0)
        if let standing, standing.from.day == day, standing.to.day > day, standing.from.minute < left {
            end.day = standing.to.day
            while !works[end.day] { end.day += 1 }
        }
        end.walk(left)
        return end
    }

    /// The end of so many days after the start day, and of the first worked day from there on.
    func civil(_ days: Int, from start: Int) -> Minute {
        var day = start
        for _ in 0..<days { day += 1 }
        while !works[day] { day += 1 }
        return Minute(day: day + 1, minute: 0)
    }
}

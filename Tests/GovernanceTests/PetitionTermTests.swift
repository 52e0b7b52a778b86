import Governance
import Testing

@Suite("Terms of a petition 信访, as the law sets them (domain.md §3.3)")
struct PetitionTermTests {
    private let calendar = shippedCalendar.calendar
    private let book = DayBook()

    private func instant(_ day: String) throws -> Instant { try #require(Instant(rfc3339: day + "T00:00:00+08:00")) }

    @Test("Each term ends as the day-by-day walk says, from every day of 2025 and 2026")
    func walk() throws {
        let days: [(PetitionTerm, Int)] = [
            (.inform, 15), (.answer, 60), (.askReview, 30), (.review, 30), (.askRecheck, 30), (.recheck, 30),
        ]
        let first = try #require(book.day("2025-01-01"))
        let end = try #require(book.day("2027-01-01"))
        for day in first..<end {
            let start = DayBook.Minute(day: day, minute: day * 61 % 1440)
            for (term, count) in days {
                let due = term.due(from: book.instant(start), calendar: calendar)
                #expect(due == book.instant(book.civil(count, from: day)), "\(term) \(book.names[day])")
            }
            let objection = PetitionTerm.objection.due(from: book.instant(start), calendar: calendar)
            #expect(objection == book.instant(book.working(5 * 1440, from: day)), "\(book.names[day])")
        }
    }

    @Test("The answer is extended by at most 30 days, and nothing else is")
    func extended() throws {
        // Received on Friday 2026-01-09: the sixtieth day is Tuesday 10 March, the ninetieth Thursday 9 April.
        let start = try instant("2026-01-09") + .hours(15)
        #expect(PetitionTerm.answer.due(from: start, calendar: calendar) == (try instant("2026-03-11")))
        #expect(PetitionTerm.answer.due(from: start, extendedBy: 30, calendar: calendar) == (try instant("2026-04-10")))
        #expect(PetitionTerm.answer.due(from: start, extendedBy: 31, calendar: calendar) == nil)
        for term in PetitionTerm.allCases where term != .answer {
            #expect(term.due(from: start, extendedBy: 1, calendar: calendar) == nil, "\(term)")
        }
    }

    @Test("Days of a hearing are not counted into 复查 and 复核, and into nothing else")
    func hearings() throws {
        let start = try instant("2026-05-11") + .hours(9)
        let hearings = Set(["2026-05-20", "2026-05-21", "2026-07-01"].compactMap { CivilDate($0) })
        for term in [PetitionTerm.review, .recheck] {
            // The thirtieth day is 10 June; two of the hearings lie before it.
            #expect(term.due(from: start, hearings: hearings, calendar: calendar) == (try instant("2026-06-13")))
        }
        for term in [PetitionTerm.askReview, .askRecheck, .answer, .inform] {
            #expect(
                term.due(from: start, hearings: hearings, calendar: calendar)
                    == term.due(from: start, calendar: calendar))
        }
    }
}

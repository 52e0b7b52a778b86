import CaseLog
import Contracts
import GRDB
import Governance
import Ledger

/// The clocks of each case as rows; no rule here.
enum BoardTable {
    private static let memo = JSONMemo<ClockBoard>(limit: 2048)

    /// The clocks of a case; nil when it has none.
    static func board(of number: CaseNumber, in db: Database) throws -> ClockBoard? {
        let statement = try db.cachedStatement(sql: "SELECT clocks FROM supervision_board WHERE number = ?")
        return try String.fetchOne(statement, arguments: [number.text]).map(decoded)
    }

    /// Keeps the clocks of a case; a case without any has no row.
    static func store(_ board: ClockBoard, of number: CaseNumber, in db: Database) throws {
        guard !board.clocks.isEmpty else {
            try db.cachedStatement(sql: "DELETE FROM supervision_board WHERE number = ?")
                .execute(arguments: [number.text])
            return
        }
        let json = try memo.text(of: board)
        try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO supervision_board (number, next, clocks) VALUES (?, ?, ?)"
        )
        .execute(arguments: [number.text, board.next?.milliseconds, json])
    }

    /// The timers that are due, the oldest first.
    static func due(at now: Instant, limit: Int, in db: Database) throws -> [DueTimer] {
        let statement = try db.cachedStatement(
            sql: "SELECT number, clocks FROM supervision_board WHERE next <= ? ORDER BY next, number LIMIT ?")
        var timers: [DueTimer] = []
        let rows = try Row.fetchCursor(statement, arguments: [now.milliseconds, limit])
        while let row = try rows.next(), timers.count < limit {
            let number: String = row[0]
            timers += try decoded(row[1]).speaking(at: now).map { ClockTimer($0.clock, $0.point).timer(number) }
        }
        return Array(timers.prefix(limit))
    }

    private static func decoded(_ text: String) throws -> ClockBoard { try memo.value(of: text) }
}

/// What one timer is about: a clock, and which of its two moments. Its name, with the case and the fact that started the
/// clock, is the cause under which it is decided: once, whatever restarts, moves or is read again.
struct ClockTimer {
    var clock: CaseClock
    var point: CaseClock.Point

    init(_ clock: CaseClock, _ point: CaseClock.Point) {
        self.clock = clock
        self.point = point
    }

    /// The clock that a timer names, if it still says what the timer says.
    init?(_ timer: DueTimer, on board: ClockBoard?, at now: Instant) {
        guard let cut = timer.clock.lastIndex(of: "/"),
            let point = CaseClock.Point(rawValue: String(timer.clock[timer.clock.index(after: cut)...])),
            let clock = board?[String(timer.clock[..<cut])], clock.startedBy == timer.startedBy,
            clock.point(at: now) == point
        else { return nil }
        self.init(clock, point)
    }

    func timer(_ caseNumber: String) -> DueTimer {
        let due = point == .due ? clock.deadline.due : clock.next?.at ?? clock.deadline.due
        return DueTimer(
            caseNumber: caseNumber, clock: "\(clock.name)/\(point.rawValue)", startedBy: clock.startedBy, due: due)
    }
}

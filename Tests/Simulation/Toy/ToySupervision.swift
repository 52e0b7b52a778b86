import CaseLog
import Contracts
import Foundation
import GRDB
import Governance

/// Warns when a deadline passes, keeps the units' book of warnings, and draws closed cases for a revisit.
struct ToySupervision: ToyDecider {
    let rules: RuleSwitch
    let places: PlaceNames

    static var service: ServiceName { .supervision }
    static var takesReports: Bool { false }
    static var reactsTo: Set<String> { ["closed"] }
    static var followsUpLate: Set<String> { ["fired"] }

    func read(_ input: DeciderInput<Self>, _ db: Database) throws -> ToyState {
        var state = ToyState()
        switch input {
        case .fact(let landed):
            if case .closed(let no) = landed.fact { state.row = try ToyTables.find(no, db) }
        case .command(let received):
            switch received.body {
            case .enroll(let no, let unit, _):
                state.known = try ToyTables.number(db, "SELECT 1 FROM units WHERE no = ?", [no]) != nil
                state.members = try ToyTables.number(db, "SELECT count(*) FROM units WHERE unit = ?", [unit]) ?? 0
                state.drawn =
                    try ToyTables.number(db, "SELECT count(*) FROM units WHERE unit = ? AND drawn = 1", [unit]) ?? 0
            case .count(let order, _):
                state.known = try ToyTables.number(db, "SELECT 1 FROM counts WHERE ord = ?", [order]) != nil
            case .person, .take, .urge, .drawn: break
            }
        case .tick(let timer):
            state.row = try ToyTables.find(timer.caseNumber, db)
            state.due = try ToyTables.number(db, "SELECT due FROM clocks WHERE ord = ?", [timer.clock])
            state.known = try ToyTables.number(db, "SELECT 1 FROM fired WHERE ord = ?", [timer.clock]) != nil
        case .report, .late: break
        }
        return state
    }

    func rule(
        _ input: DeciderInput<Self>, _ state: ToyState, _ now: Instant
    ) throws -> Decision<ToyFact, ToyCommand> {
        switch input {
        case .fact(let landed):
            guard case .closed(let no) = landed.fact, let row = state.row else { break }
            let enroll = ToyCommand.enroll(no: no, unit: row.place % 2, place: row.place)
            return Decision(
                facts: [.planned(no: no)],
                commands: [CrossingCommand(to: .supervision, key: places.unitKey(row.place % 2), command: enroll)])
        case .late(let landed):
            guard case .fired(let no, let order, _, _, _) = landed.fact else { break }
            return Decision(facts: [.withdrawn(no: no, order: order)], commands: [])
        case .command(let received):
            if state.known { throw refuse("known") }
            switch received.body {
            case .enroll(let no, let unit, let place):
                let drawn = 2 * state.drawn < state.members + 1 ? 1 : 0
                return Decision(
                    facts: [.enrolled(no: no, unit: unit, drawn: drawn)],
                    commands: [
                        CrossingCommand(
                            to: .dispatch, key: places.key(place), command: .drawn(no: no, drawn: drawn))
                    ])
            case .count(let order, let unit):
                return Decision(facts: [.counted(order: order, unit: unit)], commands: [])
            case .person, .take, .urge, .drawn: throw refuse("no")
            }
        case .tick(let timer): return fire(timer, state, Int(now.milliseconds))
        case .report: break
        }
        return Decision(facts: [], commands: [])
    }

    private func fire(_ timer: DueTimer, _ state: ToyState, _ now: Int) -> Decision<ToyFact, ToyCommand> {
        guard let row = state.row, let due = state.due, due <= now, row.order == timer.clock, !row.signed,
            !row.suspended, !state.known
        else { return Decision(facts: [], commands: []) }
        let read = rules.read(places.partition(row.place))
        let fired = ToyFact.fired(no: timer.caseNumber, order: timer.clock, at: now, due: due, read: read)
        let count = ToyCommand.count(order: timer.clock, unit: row.place % 2)
        return Decision(
            facts: [fired],
            commands: [CrossingCommand(to: .supervision, key: places.unitKey(row.place % 2), command: count)])
    }

    func dueTimers(at now: Instant, limit: Int, _ db: Database) throws -> [DueTimer] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT clocks.no, clocks.ord, clocks.started, clocks.due FROM clocks JOIN cases ON cases.ord = clocks.ord
                WHERE cases.signed = 0 AND cases.suspended = 0 AND clocks.due <= ?
                AND clocks.ord NOT IN (SELECT ord FROM fired) ORDER BY clocks.due, clocks.ord LIMIT ?
                """)
        return try Row.fetchAll(statement, arguments: [now.milliseconds, limit]).compactMap { row in
            guard let started = UUID(uuidString: row[2]) else { return nil }
            return DueTimer(
                caseNumber: row[0], clock: row[1], startedBy: started, due: Instant(milliseconds: row[3]))
        }
    }
}

import CaseLog
import Contracts
import GRDB
import Governance

/// Opens a case, joins it, or hands the report on to the next place of its path.
struct ToyTriage: ToyDecider {
    let rules: RuleSwitch
    let places: PlaceNames

    static var service: ServiceName { .triage }
    static var takesReports: Bool { true }
    static var followsUpLate: Set<String> { ["joined"] }

    func read(_ input: DeciderInput<Self>, _ db: Database) throws -> ToyState {
        var state = ToyState()
        var place: Int?
        switch input {
        case .report(let received): place = received.body.path[0]
        case .command(let received):
            guard case .take(let report, let hop, let path, _) = received.body else { break }
            place = path[hop]
            state.hop = try ToyTables.number(db, "SELECT hop FROM outcomes WHERE report = ?", [report])
        case .late(let landed):
            guard case .joined(_, let no, _, _) = landed.fact else { break }
            state.row = try ToyTables.find(no, db)
            place = state.row?.place
            state.cases = try ToyTables.number(db, "SELECT count(*) FROM cases") ?? 0
        case .fact, .tick: break
        }
        if let place {
            state.openCase = try String.fetchOne(
                db.cachedStatement(sql: "SELECT no FROM cases WHERE place = ? AND closed = 0 ORDER BY no"),
                arguments: [place])
        }
        return state
    }

    func rule(
        _ input: DeciderInput<Self>, _ state: ToyState, _ now: Instant
    ) throws -> Decision<ToyFact, ToyCommand> {
        switch input {
        case .report(let received):
            let report = received.body
            return place(report.name, hop: 0, path: report.path, body: report.body, state)
        case .command(let received):
            guard case .take(let report, let hop, let path, let body) = received.body else { throw refuse("no") }
            // Known by report and hop for good, not only by the command's id.
            if let known = state.hop, known >= hop { throw refuse("known") }
            return place(report, hop: hop, path: path, body: body, state)
        case .late(let landed):
            guard case .joined(let report, _, let hop, let body) = landed.fact, let row = state.row else { break }
            return arrive(report, hop: hop, at: row.place, body: body, state, suffix: ".\(state.cases)")
        case .fact, .tick: break
        }
        return Decision(facts: [], commands: [])
    }

    private func place(
        _ report: String, hop: Int, path: [Int], body: String, _ state: ToyState
    ) -> Decision<ToyFact, ToyCommand> {
        if hop + 1 < path.count, places.partition(path[hop + 1]) != places.partition(path[hop]) {
            let take = ToyCommand.take(report: report, hop: hop + 1, path: path, body: body)
            return Decision(
                facts: [.readdressed(report: report, hop: hop, body: body)],
                commands: [CrossingCommand(to: .triage, key: places.key(path[hop + 1]), command: take)])
        }
        return arrive(report, hop: hop, at: path[hop], body: body, state, suffix: "")
    }

    private func arrive(
        _ report: String, hop: Int, at place: Int, body: String, _ state: ToyState, suffix: String
    ) -> Decision<ToyFact, ToyCommand> {
        if let open = state.openCase {
            return Decision(facts: [.joined(report: report, no: open, hop: hop, body: body)], commands: [])
        }
        let no = "C\(report).\(hop)\(suffix)"
        return Decision(
            facts: [.opened(no: no, place: place), .joined(report: report, no: no, hop: hop, body: body)],
            commands: [CrossingCommand(to: .dispatch, key: places.key(place), command: .urge(no: no))])
    }
}

import CaseLog
import Contracts
import GRDB
import Governance

/// Issues the main order, takes what people do with it, and answers a warning by a new order.
struct ToyDispatch: ToyDecider {
    let rules: RuleSwitch
    let places: PlaceNames

    static var service: ServiceName { .dispatch }
    static var takesReports: Bool { false }
    static var reactsTo: Set<String> { ["opened", "fired"] }

    func read(_ input: DeciderInput<Self>, _ db: Database) throws -> ToyState {
        var state = ToyState()
        switch input {
        case .fact(let landed):
            switch landed.fact {
            case .opened(let no, _), .fired(let no, _, _, _, _): state.row = try ToyTables.find(no, db)
            default: break
            }
        case .command(let received):
            switch received.body {
            case .person(_, let no): state.row = try ToyTables.find(no, db)
            case .urge(let no):
                state.row = try ToyTables.find(no, db)
                state.known = try ToyTables.number(db, "SELECT 1 FROM urges WHERE no = ?", [no]) != nil
            case .drawn(let no, _):
                state.known = try ToyTables.number(db, "SELECT 1 FROM marks WHERE no = ?", [no]) != nil
            case .take, .enroll, .count: break
            }
        case .report, .late, .tick: break
        }
        return state
    }

    func rule(
        _ input: DeciderInput<Self>, _ state: ToyState, _ now: Instant
    ) throws -> Decision<ToyFact, ToyCommand> {
        let order = "O" + input.causeText.prefix(13)
        let due = Int(now.milliseconds) + ToyTime.deadline
        switch input {
        case .fact(let landed):
            return react(landed.fact, state.row, order, due)
        case .command(let received):
            switch received.body {
            case .drawn(let no, let drawn):
                if state.known { throw refuse("known") }
                return Decision(facts: [.marked(no: no, drawn: drawn)], commands: [])
            case .urge(let no):
                if state.row == nil { throw refuse("nocase") }
                if state.known { throw refuse("known") }
                return Decision(facts: [.urged(no: no)], commands: [])
            case .person(let name, let no):
                guard let row = state.row else { throw refuse("nocase") }
                return Decision(facts: try answer(name, no, row, order, due), commands: [])
            case .take, .enroll, .count: throw refuse("no")
            }
        case .report, .late, .tick: return Decision(facts: [], commands: [])
        }
    }

    private func react(
        _ fact: ToyFact, _ row: ToyTables.CaseRow?, _ order: String, _ due: Int
    ) -> Decision<ToyFact, ToyCommand> {
        guard let row else { return Decision(facts: [], commands: []) }
        switch fact {
        case .opened(let no, _) where row.orders == 0:
            return Decision(facts: [.issued(no: no, order: order, due: due)], commands: [])
        case .fired(let no, let late, _, _, _) where row.order == late && !row.signed && row.orders < 4:
            return Decision(
                facts: [.returned(no: no, order: late), .issued(no: no, order: order, due: due)], commands: [])
        default: return Decision(facts: [], commands: [])
        }
    }

    private func answer(
        _ name: PersonCommand, _ no: String, _ row: ToyTables.CaseRow, _ order: String, _ due: Int
    ) throws -> [ToyFact] {
        guard let open = row.order else { throw refuse("no") }
        switch name {
        case .sign where !row.signed && !row.suspended: return [.signed(no: no, order: open)]
        case .reassign where row.orders <= 6:
            return [.returned(no: no, order: open), .issued(no: no, order: order, due: due)]
        case .suspend where !row.signed && !row.suspended: return [.suspended(no: no, order: open)]
        case .resume where row.suspended: return [.resumed(no: no, order: open)]
        case .close where row.signed && row.level == 0: return [.letter(no: no), .closed(no: no)]
        default: throw refuse("no")
        }
    }
}

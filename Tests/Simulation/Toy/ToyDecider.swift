import CaseLog
import Contracts
import Foundation
import GRDB
import Governance

/// What all three toy services share: tables, evolve, the rule switch, the age of a deadline.
protocol ToyDecider: Decider
where Fact == ToyFact, Command == ToyCommand, Report == ToyReport, State == ToyState {
    var rules: RuleSwitch { get }
    var places: PlaceNames { get }
    func rule(_ input: DeciderInput<Self>, _ state: ToyState, _ now: Instant) throws -> Decision<ToyFact, ToyCommand>
    func read(_ input: DeciderInput<Self>, _ db: Database) throws -> ToyState
    init(rules: RuleSwitch, places: PlaceNames)
}

/// What a toy rule may look at, read before it decides.
struct ToyState {
    var row: ToyTables.CaseRow?
    var openCase: String?
    var hop: Int?
    var cases = 0
    var known = false
    var drawn = 0
    var members = 0
    var due: Int?
}

/// The days of the model: a deadline is six of them.
enum ToyTime {
    static let deadline = 6 * SimSize.day
}

extension ToyDecider {
    static var reactsTo: Set<String> { [] }
    static var followsUpLate: Set<String> { [] }
    static var schema: StoreSchema { ToyTables.schema }

    func load(_ input: DeciderInput<Self>, _ db: Database) throws -> ToyState { try read(input, db) }

    func decide(
        _ input: DeciderInput<Self>, _ state: ToyState, _ now: Instant
    ) throws -> Decision<ToyFact, ToyCommand> {
        let cause = input.causeText
        switch rules.trouble(Self.service.rawValue, cause) {
        case .throwing: throw RuleBug(cause: cause)
        case .poison:
            let decision = try rule(input, state, now)
            return decision.facts.isEmpty ? decision : Decision(facts: decision.facts + [.poison], commands: [])
        case .none: return try rule(input, state, now)
        }
    }

    func isGone(_ facts: [Landed<ToyFact>], _ db: Database) throws -> Bool {
        for landed in facts where try ToyTables.isGone(landed.fact, db) { return true }
        return false
    }

    func evolve(_ landed: Landed<ToyFact>, _ db: Database) throws {
        try ToyTables.evolve(landed.fact, id: landed.id.wire, db)
    }

    func refuse(_ rule: String) -> Refusal {
        Refusal(
            .conflict, rule, zh: "拒绝", en: "refused by the toy rule \(rule)", fixZh: "查看案件",
            fixEn: "look the case up")
    }
}

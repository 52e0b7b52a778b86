import Contracts
import GRDB
import Governance

/// What the facts of a record do to what the models count: after they did what they do to the other tables.
enum RiskFold {
    static func evolve(_ facts: [Fact], _ db: Database) throws {
        for fact in facts {
            switch fact {
            // The end of an alarm is no signal.
            case .reportAttached(let attached) where attached.appeal.endsAlarm: continue
            case .reportQueued(let queued) where queued.appeal.endsAlarm: continue
            case .reportAttached(let attached):
                try TriageTables.see(
                    attached.appeal, item: try TriageTables.item(of: attached.number, in: db), db: db)
            case .reportQueued(let queued): try TriageTables.see(queued.appeal, item: nil, db: db)
            case .caseAssessed(let assessed):
                if let item = assessed.item { try TriageTables.assess(assessed.number, item: item, db: db) }
            case .reportReaddressed(let moved): try TriageTables.forget(moved.report, db: db)
            case .warningRaised(let raised):
                guard let area = raised.area else { continue }
                let person = try TriageTables.person(of: raised, in: db)
                try TriageTables.warn(RiskWatch.key(raised.warning, area, of: person), at: raised.at, db: db)
            default: continue
            }
        }
    }
}

import Contracts
import GRDB
import Governance

/// What a fact does to the orders.
enum DispatchFold {
    static func evolve(_ fact: Fact, _ db: Database) throws {
        switch fact {
        case .orderIssued(let issued): try DispatchTables.insert(issued, in: db)
        case .orderReturned(let returned):
            try DispatchTables.set("proposed", returned.proposed.text, of: returned.order, in: db)
        case .returnAccepted(let accepted):
            try DispatchTables.set("state", "returned", of: accepted.order, in: db)
        case .extensionAsked(let asked):
            try DispatchTables.set("asked", asked.until.milliseconds, of: asked.order, in: db)
        case .orderRetimed(let retimed):
            try DispatchTables.set(clocks: retimed.clocks, of: retimed.order, in: db)
        case .extensionGranted(let granted):
            try DispatchTables.set(clocks: granted.clocks, of: granted.order, in: db)
            try DispatchTables.set("asked", nil, of: granted.order, in: db)
        case .extensionRefused(let refused): try DispatchTables.set("asked", nil, of: refused.order, in: db)
        case .orderSuspended(let suspended):
            try DispatchTables.set("suspended", suspended.at.milliseconds, of: suspended.order, in: db)
        case .orderResumed(let resumed):
            try DispatchTables.set(clocks: resumed.clocks, of: resumed.order, in: db)
            try DispatchTables.resume(resumed.order, at: resumed.at, in: db)
        case .caseVerified(let verified): try DispatchTables.set("state", "closed", of: verified.order, in: db)
        case .mediationReferred(let referred): try PanelTable.seat(referred, in: db)
        case .mediationEnded(let ended): try PanelTable.rise(ended.number, in: db)
        case .caseWithdrawn(let withdrawn):
            try DispatchTables.cancelAll(of: withdrawn.number, in: db)
            try PanelTable.rise(withdrawn.number, in: db)
        default: break
        }
    }
}

import Contracts
import GRDB
import Governance

/// Who sits on which panel 专家团; no rule here.
enum PanelTable {
    static func seat(_ referred: MediationReferred, in db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO dispatch_panel (mediator, number, sits) VALUES (?, ?, 1)")
        for mediator in referred.panel?.mediators ?? [] {
            try statement.execute(arguments: [mediator, referred.number.text])
        }
    }

    /// The mediation is over.
    static func rise(_ number: CaseNumber, in db: Database) throws {
        try db.cachedStatement(sql: "UPDATE dispatch_panel SET sits = 0 WHERE number = ?")
            .execute(arguments: [number.text])
    }

    /// What a new panel of the case has to know.
    static func past(of number: CaseNumber, in db: Database) throws -> MediationPast {
        let loads = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT mediator, count(*) FROM dispatch_panel WHERE sits = 1 GROUP BY mediator"))
        let earlier = try String.fetchAll(
            db.cachedStatement(sql: "SELECT mediator FROM dispatch_panel WHERE number = ?"), arguments: [number.text])
        return MediationPast(
            load: Dictionary(loads.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first }),
            earlier: Set(earlier))
    }
}

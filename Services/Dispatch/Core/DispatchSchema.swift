import CaseLog
import GRDB
import Ledger

/// The tables of Dispatch: the ledger's row of every case, every order with its clocks, and who sits on which panel.
enum DispatchSchema {
    static let schema = StoreSchema(
        version: 4, tables: [CaseLedger.table, "dispatch_order", "dispatch_panel"], create: create)

    private static func create(_ db: Database) throws {
        try CaseLedger.create(in: db)
        try db.execute(
            sql: """
                CREATE TABLE dispatch_order (
                    name TEXT PRIMARY KEY, number TEXT NOT NULL, round INTEGER NOT NULL, main TEXT NOT NULL,
                    assists TEXT NOT NULL, direct INTEGER NOT NULL, issued INTEGER NOT NULL, state TEXT NOT NULL,
                    clocks TEXT NOT NULL, proposed TEXT, asked INTEGER, suspended INTEGER, pauses TEXT
                ) WITHOUT ROWID;
                CREATE INDEX dispatch_order_number ON dispatch_order (number);
                CREATE TABLE dispatch_panel (
                    mediator TEXT NOT NULL, number TEXT NOT NULL, sits INTEGER NOT NULL, PRIMARY KEY (mediator, number)
                ) WITHOUT ROWID;
                CREATE INDEX dispatch_panel_number ON dispatch_panel (number);
                CREATE INDEX dispatch_panel_sits ON dispatch_panel (sits, mediator);
                """)
    }
}

import CaseLog
import GRDB
import Ledger

/// The tables of Dispatch: the ledger's row of every case, and every order with its clocks.
enum DispatchSchema {
    static let schema = StoreSchema(version: 3, tables: [CaseLedger.table, "dispatch_order"], create: create)

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
                """)
    }
}

import CaseLog
import GRDB
import Ledger

/// The tables of Revisit: the ledger's row of every case, every closing with its revisit, every unit's monthly draw.
enum RevisitSchema {
    static let schema = StoreSchema(
        version: 2, tables: [CaseLedger.table, "revisit_closing", "draw_month", "draw_entry"], create: create)

    private static func create(_ db: Database) throws {
        try CaseLedger.create(in: db)
        try db.execute(
            sql: """
                CREATE TABLE revisit_closing (
                    number TEXT NOT NULL, cycle INTEGER NOT NULL, name TEXT NOT NULL, unit TEXT NOT NULL,
                    closed INTEGER NOT NULL, due INTEGER, attempts INTEGER NOT NULL DEFAULT 0,
                    days INTEGER NOT NULL DEFAULT 0, last_day INTEGER, drawn TEXT, visited TEXT, outcome TEXT,
                    scores TEXT, PRIMARY KEY (number, cycle)
                ) WITHOUT ROWID;
                CREATE TABLE draw_month (
                    unit TEXT NOT NULL, month TEXT NOT NULL, commitment TEXT NOT NULL, committed_by TEXT NOT NULL,
                    due INTEGER NOT NULL, size INTEGER NOT NULL DEFAULT 0, seed TEXT, PRIMARY KEY (unit, month)
                ) WITHOUT ROWID;
                CREATE INDEX draw_month_due ON draw_month (due) WHERE seed IS NULL;
                CREATE TABLE draw_entry (
                    number TEXT NOT NULL, cycle INTEGER NOT NULL, unit TEXT NOT NULL, month TEXT NOT NULL,
                    place INTEGER NOT NULL, PRIMARY KEY (number, cycle)
                ) WITHOUT ROWID;
                CREATE INDEX draw_entry_pool ON draw_entry (unit, month, place);
                """)
    }
}

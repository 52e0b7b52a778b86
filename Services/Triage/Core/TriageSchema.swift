import CaseLog
import GRDB
import Ledger

/// The tables of Triage: the ledger's row of every case, the appeals it took, and the open matters one may join.
enum TriageSchema {
    static let schema = StoreSchema(
        version: 3, tables: [CaseLedger.table, "triage_appeal", "triage_matter"], create: create)

    private static func create(_ db: Database) throws {
        try CaseLedger.create(in: db)
        try db.execute(
            sql: """
                CREATE TABLE triage_appeal (
                    report TEXT PRIMARY KEY, number TEXT, hops INTEGER NOT NULL, outcome TEXT NOT NULL,
                    appeal TEXT
                ) WITHOUT ROWID;
                CREATE INDEX triage_appeal_number ON triage_appeal (number);
                CREATE TABLE triage_matter (
                    number TEXT PRIMARY KEY, home TEXT NOT NULL, item TEXT NOT NULL, occurred INTEGER NOT NULL,
                    community TEXT, title BLOB NOT NULL, text BLOB NOT NULL
                ) WITHOUT ROWID;
                CREATE INDEX triage_matter_same ON triage_matter (home, item, occurred);
                """)
    }
}

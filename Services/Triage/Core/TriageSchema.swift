import CaseLog
import GRDB
import Ledger

/// The tables of Triage: the ledger's row of every case, the appeals it took, the open matters one may join, what the
/// models count, where they warned last, and the newest alarm of each device.
enum TriageSchema {
    static let schema = StoreSchema(
        version: 6,
        tables: [
            CaseLedger.table, "triage_appeal", "triage_matter", "triage_sighting", "triage_warning", "triage_alarm",
        ],
        create: create)

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
                CREATE TABLE triage_sighting (
                    report TEXT PRIMARY KEY, home TEXT NOT NULL, item TEXT, place TEXT, village TEXT,
                    source TEXT NOT NULL, occurred INTEGER NOT NULL, person TEXT
                ) WITHOUT ROWID;
                CREATE INDEX triage_sighting_person ON triage_sighting (home, person, occurred)
                    WHERE person IS NOT NULL;
                CREATE INDEX triage_sighting_item ON triage_sighting (home, item, occurred) WHERE item IS NOT NULL;
                CREATE INDEX triage_sighting_village ON triage_sighting (village, occurred)
                    WHERE village IS NOT NULL;
                CREATE TABLE triage_warning (key TEXT PRIMARY KEY, raised INTEGER NOT NULL) WITHOUT ROWID;
                CREATE TABLE triage_alarm (
                    home TEXT NOT NULL, device TEXT NOT NULL, number TEXT NOT NULL, report TEXT NOT NULL,
                    raised INTEGER NOT NULL, cleared INTEGER, PRIMARY KEY (home, device)
                ) WITHOUT ROWID;
                CREATE INDEX triage_alarm_report ON triage_alarm (report);
                """)
    }
}

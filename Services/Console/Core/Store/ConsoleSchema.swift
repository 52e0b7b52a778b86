import GRDB
import Ledger

/// The tables of the read model. Another version: the file is deleted and folded anew, because it holds nothing of its own.
enum ConsoleSchema {
    static let version = 12

    static func create(in db: Database) throws {
        try CaseLedger.create(in: db)
        try createCases(in: db)
        try CaseText.create(in: db)
        try SuggestionFold.create(in: db)
        try ScoreFold.create(in: db)
        try WorkerFold.create(in: db)
        try db.execute(
            sql: """
                CREATE TABLE case_unit (
                    unit TEXT NOT NULL, number TEXT NOT NULL, opened INTEGER NOT NULL, PRIMARY KEY (unit, number)
                ) WITHOUT ROWID;
                CREATE INDEX case_unit_opened ON case_unit (unit, opened);
                CREATE TABLE case_appeal (
                    number TEXT NOT NULL, report TEXT NOT NULL, state TEXT NOT NULL, opening INTEGER NOT NULL,
                    appeal TEXT NOT NULL, reply TEXT, changed INTEGER NOT NULL, PRIMARY KEY (number, report)
                );
                CREATE INDEX case_appeal_report ON case_appeal (report);
                CREATE TABLE timeline (
                    number TEXT NOT NULL, offset INTEGER NOT NULL, ordinal INTEGER NOT NULL, time INTEGER NOT NULL,
                    type TEXT NOT NULL, version INTEGER NOT NULL, data TEXT NOT NULL, cause TEXT NOT NULL,
                    late INTEGER NOT NULL, PRIMARY KEY (number, offset, ordinal)
                );
                CREATE INDEX timeline_unsealed ON timeline (time) WHERE type = 'vault.unsealed';
                CREATE INDEX timeline_warnings ON timeline (time) WHERE type = 'warning.raised';
                CREATE INDEX timeline_forms ON timeline (time) WHERE type IN ('case.reminded', 'case.supervised');
                CREATE INDEX timeline_minutes ON timeline (time) WHERE type = 'minutes.recorded';
                CREATE TABLE report_seen (
                    report TEXT PRIMARY KEY, received INTEGER NOT NULL, prefix TEXT NOT NULL, source TEXT NOT NULL
                ) WITHOUT ROWID;
                CREATE INDEX report_seen_received ON report_seen (received, prefix);
                CREATE TABLE report_outcome (report TEXT PRIMARY KEY) WITHOUT ROWID;
                CREATE TABLE report_waiting (report TEXT PRIMARY KEY, prefix TEXT NOT NULL) WITHOUT ROWID;
                CREATE TABLE vault_place (
                    token TEXT PRIMARY KEY, partition INTEGER NOT NULL, offset INTEGER NOT NULL
                ) WITHOUT ROWID;
                CREATE TABLE _vault (partition INTEGER PRIMARY KEY, cursor INTEGER NOT NULL);
                CREATE TABLE _position (partition INTEGER PRIMARY KEY, position TEXT NOT NULL, time INTEGER NOT NULL);
                CREATE TABLE _reports (partition INTEGER PRIMARY KEY, cursor INTEGER NOT NULL, before TEXT);
                """)
    }

    private static func createCases(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE case_view (
                    number TEXT PRIMARY KEY, home TEXT NOT NULL, prefix TEXT NOT NULL, place TEXT, title TEXT NOT NULL,
                    source TEXT NOT NULL, kind TEXT, colour TEXT NOT NULL, severity INTEGER NOT NULL, gravity TEXT,
                    mode TEXT, track TEXT, item TEXT, itemName TEXT, category TEXT, stage TEXT NOT NULL,
                    stageSince INTEGER NOT NULL, mainUnit TEXT, assists TEXT NOT NULL, proposed TEXT, askedUntil INTEGER,
                    clocks TEXT NOT NULL, due INTEGER, originalDue INTEGER, nextRule TEXT, nextStart INTEGER,
                    nextDue INTEGER, appeals INTEGER NOT NULL, direct INTEGER NOT NULL, designated INTEGER NOT NULL,
                    isOpen INTEGER NOT NULL, opened INTEGER NOT NULL, updated INTEGER NOT NULL, assessedAt INTEGER,
                    byRule INTEGER, issuedAt INTEGER, verifiedAt INTEGER, endedAt INTEGER, queuedAt INTEGER,
                    queueWhy TEXT, candidates TEXT, warnedRule TEXT, warnedAt INTEGER, reminders INTEGER NOT NULL,
                    supervisions INTEGER NOT NULL, raised INTEGER NOT NULL, raiseProposed INTEGER NOT NULL,
                    unacknowledged INTEGER NOT NULL, signer TEXT, unsettled INTEGER NOT NULL, sponsor TEXT,
                    sponsorName TEXT, onLedger INTEGER NOT NULL, visitOwed INTEGER NOT NULL
                );
                CREATE INDEX case_view_open ON case_view (nextDue) WHERE isOpen;
                CREATE INDEX case_view_opened ON case_view (opened);
                CREATE INDEX case_view_stage ON case_view (stage, opened);
                CREATE INDEX case_view_unit ON case_view (mainUnit, opened);
                CREATE INDEX case_view_colour ON case_view (colour, opened);
                CREATE INDEX case_view_assessed ON case_view (assessedAt) WHERE assessedAt IS NOT NULL;
                CREATE INDEX case_view_called ON case_view (number) WHERE \(TaskQuery.called);
                CREATE INDEX case_view_ledger ON case_view (isOpen, severity) WHERE onLedger;
                CREATE INDEX case_view_sponsor ON case_view (sponsor) WHERE sponsor IS NOT NULL;
                CREATE INDEX case_view_verified ON case_view (verifiedAt) WHERE verifiedAt IS NOT NULL;
                """)
    }
}

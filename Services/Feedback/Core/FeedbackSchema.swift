import CaseLog
import GRDB

/// The tables of Feedback: points, ratings, and how far every suggestion is.
enum FeedbackSchema {
    static let schema = StoreSchema(version: 1, tables: ["qr_point", "rating", "suggestion"], create: create)

    private static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE qr_point (
                    point TEXT PRIMARY KEY, unit TEXT, issued INTEGER, revoked INTEGER
                ) WITHOUT ROWID;
                CREATE TABLE rating (
                    report TEXT PRIMARY KEY, point TEXT NOT NULL, unit TEXT, score TEXT NOT NULL
                ) WITHOUT ROWID;
                CREATE TABLE suggestion (
                    number TEXT PRIMARY KEY, report TEXT NOT NULL, stage TEXT NOT NULL, argued_by TEXT, unit TEXT
                ) WITHOUT ROWID;
                CREATE UNIQUE INDEX suggestion_report ON suggestion (report);
                """)
    }
}

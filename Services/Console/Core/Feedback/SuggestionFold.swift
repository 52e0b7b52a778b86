import Contracts
import Foundation
import GRDB
import Governance

/// Suggestions, ratings and points as the pages show them: a fold of Feedback's facts.
enum SuggestionFold {
    static func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE suggestion_view (
                    number TEXT PRIMARY KEY, prefix TEXT NOT NULL, point TEXT NOT NULL, title TEXT NOT NULL,
                    text TEXT NOT NULL, stage TEXT NOT NULL, arguedBy TEXT, verdict TEXT, unit TEXT, measure TEXT,
                    solved INTEGER NOT NULL DEFAULT 0, reply TEXT, received INTEGER NOT NULL, updated INTEGER NOT NULL
                );
                CREATE INDEX suggestion_view_received ON suggestion_view (received);
                CREATE TABLE qr_point (
                    point TEXT PRIMARY KEY, prefix TEXT NOT NULL, unit TEXT, label TEXT, location TEXT, issued INTEGER,
                    revoked INTEGER, reason TEXT
                );
                CREATE TABLE rating_view (
                    report TEXT PRIMARY KEY, point TEXT NOT NULL, unit TEXT, score TEXT NOT NULL, at INTEGER NOT NULL
                );
                CREATE INDEX rating_view_point ON rating_view (point, score);
                """)
    }

    static func apply(_ fact: Fact, in db: Database) throws {
        switch fact {
        case .suggestionReceived(let body):
            try run(
                """
                INSERT OR IGNORE INTO suggestion_view (number, prefix, point, title, text, stage, received, updated)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    body.number.text, body.number.home.placePrefix, body.point.description, body.title, body.text,
                    SuggestionStage.received.rawValue, body.at.milliseconds, body.at.milliseconds,
                ], db)
        case .suggestionArgued(let body):
            try set(body.number, body.at, .argued, "arguedBy = ?", [body.basis.actor?.subject], db)
        case .suggestionDecided(let body):
            try set(
                body.number, body.at, body.verdict.stage, "verdict = ?, unit = ?",
                [body.verdict.rawValue, body.unit?.text], db)
        case .suggestionLanded(let body):
            try set(
                body.number, body.at, .landed, "measure = ?, solved = max(solved, ?)", [body.measure, body.solved], db)
        case .suggestionPublished(let body):
            try set(body.number, body.at, .published, "reply = ?", [body.reply], db)
        default: try point(fact, db)
        }
    }

    private static func point(_ fact: Fact, _ db: Database) throws {
        switch fact {
        case .ratingGiven(let body):
            try run(
                "INSERT OR IGNORE INTO rating_view (report, point, unit, score, at) VALUES (?, ?, ?, ?, ?)",
                [
                    body.report.uuidString.lowercased(), body.point.description, body.unit?.text, body.score.rawValue,
                    body.at.milliseconds,
                ], db)
        case .pointIssued(let body):
            try run(
                """
                INSERT INTO qr_point (point, prefix, unit, label, location, issued) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (point) DO UPDATE SET unit = excluded.unit, label = ifnull(excluded.label, label),
                    location = excluded.location, issued = excluded.issued
                """,
                [
                    body.point.description, body.point.home.placePrefix, body.unit?.text, body.label,
                    body.location?.description, body.at.milliseconds,
                ], db)
        case .pointRevoked(let body):
            try run(
                """
                INSERT INTO qr_point (point, prefix, revoked, reason) VALUES (?, ?, ?, ?) ON CONFLICT (point)
                DO UPDATE SET revoked = excluded.revoked, reason = excluded.reason
                """,
                [body.point.description, body.point.home.placePrefix, body.at.milliseconds, body.reason], db)
        default: break
        }
    }

    private static func set(
        _ number: CaseNumber, _ at: Instant, _ stage: SuggestionStage, _ change: String,
        _ values: [(any DatabaseValueConvertible)?], _ db: Database
    ) throws {
        try run(
            "UPDATE suggestion_view SET stage = ?, updated = ?, \(change) WHERE number = ?",
            [stage.rawValue, at.milliseconds] + values + [number.text], db)
    }

    private static func run(_ sql: String, _ values: [(any DatabaseValueConvertible)?], _ db: Database) throws {
        try db.cachedStatement(sql: sql).execute(arguments: StatementArguments(values))
    }
}

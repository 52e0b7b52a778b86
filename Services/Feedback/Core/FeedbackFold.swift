import Contracts
import Foundation
import GRDB
import Governance

/// What a fact does to points, ratings and suggestions. Facts of others do nothing.
enum FeedbackFold {
    static func evolve(_ fact: Fact, _ db: Database) throws {
        switch fact {
        case .pointIssued(let issued):
            try run(
                """
                INSERT INTO qr_point (point, unit, issued) VALUES (?, ?, ?)
                ON CONFLICT (point) DO UPDATE SET unit = excluded.unit, issued = excluded.issued
                """, [issued.point.description, issued.unit?.text, issued.at.milliseconds], db)
        case .pointRevoked(let revoked):
            try run(
                """
                INSERT INTO qr_point (point, revoked) VALUES (?, ?)
                ON CONFLICT (point) DO UPDATE SET revoked = excluded.revoked
                """, [revoked.point.description, revoked.at.milliseconds], db)
        case .ratingGiven(let given):
            try run(
                "INSERT OR IGNORE INTO rating (report, point, unit, score) VALUES (?, ?, ?, ?)",
                [given.report.wire, given.point.description, given.unit?.text, given.score.rawValue], db)
        case .suggestionReceived(let received):
            try run(
                "INSERT OR IGNORE INTO suggestion (number, report, stage) VALUES (?, ?, ?)",
                [received.number.text, received.report.wire, SuggestionStage.received.rawValue], db)
        case .suggestionArgued(let argued):
            try move(argued.number, .argued, "argued_by", argued.basis.actor?.subject, db)
        case .suggestionDecided(let decided):
            try move(decided.number, decided.verdict.stage, "unit", decided.unit?.text, db)
        case .suggestionLanded(let landed): try move(landed.number, .landed, db)
        case .suggestionPublished(let published): try move(published.number, .published, db)
        default: break
        }
    }

    private static func move(_ number: CaseNumber, _ stage: SuggestionStage, _ db: Database) throws {
        try run("UPDATE suggestion SET stage = ? WHERE number = ?", [stage.rawValue, number.text], db)
    }

    private static func move(
        _ number: CaseNumber, _ stage: SuggestionStage, _ column: String, _ value: String?, _ db: Database
    ) throws {
        try run(
            "UPDATE suggestion SET stage = ?, \(column) = ? WHERE number = ?", [stage.rawValue, value, number.text], db)
    }

    private static func run(_ sql: String, _ values: [(any DatabaseValueConvertible)?], _ db: Database) throws {
        try db.cachedStatement(sql: sql).execute(arguments: StatementArguments(values))
    }
}

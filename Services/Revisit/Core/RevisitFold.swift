import CaseLog
import Contracts
import Foundation
import GRDB
import Governance
import Ledger

/// What a fact does to closings and draws.
enum RevisitFold {
    static func evolve(_ landed: Landed<Fact>, _ db: Database) throws {
        switch landed.fact {
        case .caseVerified(let verified): try close(verified, db)
        case .revisitPlanned(let planned):
            try set("due = ?", [planned.phone.due.milliseconds], planned.number, planned.cycle, db)
        case .revisitAttempted(let attempted):
            let day = attempted.at.day.daysSinceEpoch
            try set(
                "attempts = ?, days = days + (last_day IS NOT ?), last_day = ?", [attempted.attempt, day, day],
                attempted.number, attempted.cycle, db)
        case .revisitPassed(let passed):
            try end("passed", passed.scores, passed.number, passed.cycle, db)
        case .revisitReopened(let reopened):
            try end("reopened", reopened.scores, reopened.number, reopened.cycle, db)
        case .revisitDrawn(let drawn):
            try set("drawn = ?", [drawn.ground.rawValue], drawn.number, drawn.cycle, db)
        case .revisitVisited(let visited):
            try set("visited = ?", [try json(visited.scores)], visited.number, visited.cycle, db)
        case .drawCommitted(let committed):
            try db.cachedStatement(
                sql: """
                    INSERT OR IGNORE INTO draw_month (unit, month, commitment, committed_by, due)
                    VALUES (?, ?, ?, ?, ?)
                    """
            ).execute(
                arguments: [
                    committed.unit.text, committed.month.description, committed.commitment, landed.id.wire,
                    committed.due.milliseconds,
                ])
        case .drawEnrolled(let enrolled): try enrol(enrolled, db)
        case .drawMade(let made):
            try db.cachedStatement(sql: "UPDATE draw_month SET seed = ? WHERE unit = ? AND month = ?")
                .execute(arguments: [made.seed, made.unit.text, made.month.description])
        default: break
        }
    }

    private static func close(_ verified: CaseVerified, _ db: Database) throws {
        guard let columns = try CaseLedger.columns(of: verified.number, in: db), let unit = columns.dispatch.mainUnit
        else { return }
        try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO revisit_closing (number, cycle, name, unit, closed) VALUES (?, ?, ?, ?, ?)"
        ).execute(
            arguments: [
                verified.number.text, columns.dispatch.cycle, verified.order, unit.text, verified.at.milliseconds,
            ])
    }

    private static func enrol(_ enrolled: DrawEnrolled, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO draw_entry (number, cycle, unit, month, place)
                SELECT ?, ?, unit, month, size FROM draw_month WHERE unit = ? AND month = ?
                """
        ).execute(
            arguments: [
                enrolled.closing.number.text, enrolled.closing.cycle, enrolled.unit.text, enrolled.month.description,
            ])
        guard db.changesCount > 0 else { return }
        try db.cachedStatement(sql: "UPDATE draw_month SET size = size + 1 WHERE unit = ? AND month = ?")
            .execute(arguments: [enrolled.unit.text, enrolled.month.description])
    }

    private static func end(
        _ outcome: String, _ scores: RevisitScores?, _ number: CaseNumber, _ cycle: Int, _ db: Database
    ) throws {
        try set("outcome = ?, scores = ?", [outcome, try scores.map(json)], number, cycle, db)
    }

    private static func set(
        _ change: String, _ values: [(any DatabaseValueConvertible)?], _ number: CaseNumber, _ cycle: Int,
        _ db: Database
    ) throws {
        try db.cachedStatement(sql: "UPDATE revisit_closing SET \(change) WHERE number = ? AND cycle = ?")
            .execute(arguments: StatementArguments(values + [number.text, cycle]))
    }

    private static func json(_ scores: RevisitScores) throws -> String {
        String(decoding: try WireJSON.encode(scores), as: UTF8.self)
    }
}

import Contracts
import Foundation
import GRDB
import Governance

/// A point as Feedback remembers it.
struct StoredPoint: Sendable, Hashable {
    /// The unit whose service it is about.
    var unit: UnitCode?
    /// When its code was revoked.
    var revoked: Instant?
}

/// Reads of the tables; no rule here.
enum FeedbackTables {
    static func point(_ point: QRPoint, in db: Database) throws -> StoredPoint? {
        let statement = try db.cachedStatement(sql: "SELECT unit, revoked FROM qr_point WHERE point = ?")
        guard let row = try Row.fetchOne(statement, arguments: [point.description]) else { return nil }
        let (unit, revoked): (String?, Int64?) = (row["unit"], row["revoked"])
        return StoredPoint(unit: unit.flatMap { UnitCode($0) }, revoked: revoked.map { Instant(milliseconds: $0) })
    }

    static func suggestion(_ number: CaseNumber, in db: Database) throws -> SuggestionColumns? {
        let statement = try db.cachedStatement(sql: "SELECT stage, argued_by, unit FROM suggestion WHERE number = ?")
        guard let row = try Row.fetchOne(statement, arguments: [number.text]),
            let stage = SuggestionStage(rawValue: row["stage"])
        else { return nil }
        let unit: String? = row["unit"]
        return SuggestionColumns(
            stage: stage, home: number.home, arguedBy: row["argued_by"], unit: unit.flatMap { UnitCode($0) })
    }

    static func hasSuggestion(of report: UUID, in db: Database) throws -> Bool {
        let statement = try db.cachedStatement(sql: "SELECT 1 FROM suggestion WHERE report = ?")
        return try Int.fetchOne(statement, arguments: [report.wire]) != nil
    }

    static func hasRating(_ report: UUID, in db: Database) throws -> Bool {
        let statement = try db.cachedStatement(sql: "SELECT 1 FROM rating WHERE report = ?")
        return try Int.fetchOne(statement, arguments: [report.wire]) != nil
    }
}

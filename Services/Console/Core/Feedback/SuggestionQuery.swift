import Contracts
import GRDB
import Governance

/// One suggestion 建议, as a row of the list.
struct SuggestionView: Codable, FetchableRecord, Sendable, Equatable {
    var number: String
    var prefix: String
    var point: String
    var title: String
    var text: String
    var stage: String
    var arguedBy: String?
    var verdict: String?
    var unit: String?
    var measure: String?
    var solved: Bool
    var reply: String?
    var received: Int64
    var updated: Int64

    /// As the rules look at it.
    var columns: SuggestionColumns? {
        guard let number = CaseNumber(number), let stage = SuggestionStage(rawValue: stage) else { return nil }
        return SuggestionColumns(
            stage: stage, home: number.home, arguedBy: arguedBy, unit: unit.flatMap { UnitCode($0) })
    }
}

/// One point with its ratings.
struct PointView: Codable, FetchableRecord, Sendable, Equatable {
    var point: String
    var unit: String?
    var label: String?
    /// Latitude and longitude.
    var location: String?
    var issued: Int64?
    var revoked: Int64?
    var reason: String?
    var satisfied: Int
    var fair: Int
    var dissatisfied: Int
}

/// What is registered of one point.
struct PointState: Codable, FetchableRecord, Sendable {
    var unit: String?
    var label: String?
    var revoked: Int64?
    var reason: String?
}

/// Reads of suggestions and points within an actor's scope.
enum SuggestionQuery {
    static let pageSize = 100

    /// Who sees suggestions: those with case rights; a unit those it carries out.
    private static func condition(_ scope: Scope) -> (sql: String, arguments: StatementArguments) {
        guard scope.mayRead else { return ("0", []) }
        var parts: [String] = []
        var arguments: StatementArguments = []
        if let place = scope.actor.place {
            parts.append(Scope.covers("s.prefix"))
            arguments += [place.text, place.text, place.text]
        }
        if scope.isUnit {
            parts.append("s.unit = ?")
            arguments += [scope.actor.unit?.text ?? ""]
        }
        return (parts.isEmpty ? "1" : parts.joined(separator: " AND "), arguments)
    }

    /// The newest changes first.
    static func list(_ scope: Scope, in db: Database) throws -> [SuggestionView] {
        let (sql, arguments) = condition(scope)
        return try SuggestionView.fetchAll(
            db,
            sql: "SELECT * FROM suggestion_view s WHERE \(sql) ORDER BY s.updated DESC, s.number LIMIT \(pageSize)",
            arguments: arguments)
    }

    static func one(_ number: CaseNumber, _ scope: Scope, in db: Database) throws -> SuggestionView? {
        let (sql, arguments) = condition(scope)
        return try SuggestionView.fetchOne(
            db, sql: "SELECT * FROM suggestion_view s WHERE s.number = ? AND \(sql)",
            arguments: [number.text] + arguments)
    }

    /// The four counters of row 76.
    static func tally(_ scope: Scope, in db: Database) throws -> SuggestionTally {
        let (sql, arguments) = condition(scope)
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT count(*), ifnull(sum(s.verdict IN ('adopted', 'partly')), 0), count(DISTINCT s.measure),
                    ifnull(sum(s.solved), 0) FROM suggestion_view s WHERE \(sql)
                """, arguments: arguments)
        guard let row else { return SuggestionTally() }
        return SuggestionTally(received: row[0], adopted: row[1], measures: row[2], solved: row[3])
    }

    static func points(_ scope: Scope, in db: Database) throws -> [PointView] {
        let place = scope.actor.place?.text ?? ""
        return try PointView.fetchAll(
            db,
            sql: """
                SELECT p.point, p.unit, p.label, p.location, p.issued, p.revoked, p.reason,
                    ifnull(sum(r.score = 'satisfied'), 0) AS satisfied, ifnull(sum(r.score = 'fair'), 0) AS fair,
                    ifnull(sum(r.score = 'dissatisfied'), 0) AS dissatisfied
                FROM qr_point p LEFT JOIN rating_view r ON r.point = p.point
                WHERE \(Scope.covers("p.prefix"))
                GROUP BY p.point ORDER BY p.point LIMIT 500
                """, arguments: [place, place, place])
    }
}

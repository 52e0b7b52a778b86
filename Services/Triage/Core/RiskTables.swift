import Contracts
import Foundation
import GRDB
import Governance

/// Reads and writes of what the models count; no rule here.
extension TriageTables {
    /// When a model last warned for a key; nil for never.
    static func warned(_ key: String, in db: Database) throws -> Instant? {
        let statement = try db.cachedStatement(sql: "SELECT raised FROM triage_warning WHERE key = ?")
        return try Int64.fetchOne(statement, arguments: [key]).map { Instant(milliseconds: $0) }
    }

    static func warn(_ key: String, at raised: Instant, db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO triage_warning (key, raised) VALUES (?, ?)")
        try statement.execute(arguments: [key, raised.milliseconds])
    }

    /// The earlier reports that a model asks for, the newest first.
    static func sightings(
        _ inquiry: RiskInquiry, home: HomeKey, until: Instant, in db: Database
    ) throws -> [RiskSighting] {
        let window = [inquiry.since.milliseconds, until.milliseconds]
        switch inquiry.line {
        case .items(let items, let village):
            let condition = village == nil ? "home = ? AND item = ? AND" : "home = ? AND item = ? AND village = ? AND"
            return try items.flatMap { item in
                let values = [home.text, item] + [village?.text].compactMap(\.self)
                return try sightings(condition, values, window, inquiry.limit, in: db)
            }
        case .village(let village):
            return try sightings("village = ? AND", [village.text], window, inquiry.limit, in: db)
        case .person(let person):
            return try sightings("home = ? AND person = ? AND", [home.text, person], window, inquiry.limit, in: db)
        // Those of the own case are read with the case.
        case .ownCase: return []
        }
    }

    private static func sightings(
        _ condition: String, _ values: [String], _ window: [Int64], _ limit: Int, in db: Database
    ) throws -> [RiskSighting] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT report, source, place, item, occurred, person FROM triage_sighting
                WHERE \(condition) occurred BETWEEN ? AND ? ORDER BY occurred DESC, report LIMIT ?
                """)
        let rows = try Row.fetchAll(
            statement, arguments: StatementArguments(values) + StatementArguments(window + [Int64(limit)]))
        return rows.map { row in
            let place: String? = row["place"]
            return RiskSighting(
                id: (row["report"] as String).lowercased(), source: row["source"],
                place: place.flatMap { PlaceCode($0) }, item: row["item"],
                at: Instant(milliseconds: row["occurred"]), person: row["person"])
        }
    }

    /// Remembers a report for the models.
    static func see(_ appeal: Appeal, item: String?, db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO triage_sighting (report, home, item, place, village, source, occurred, person)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (report) DO UPDATE SET item = coalesce(excluded.item, item), home = excluded.home,
                    place = excluded.place, village = excluded.village
                """)
        try statement.execute(
            arguments: [
                appeal.id.uuidString, appeal.home.text, item, appeal.place?.text,
                SameMatter.community(of: appeal.place), appeal.source, appeal.occurredAt.milliseconds,
                appeal.personToken,
            ])
    }

    /// A report that lies elsewhere is counted there.
    static func forget(_ report: UUID, db: Database) throws {
        let statement = try db.cachedStatement(sql: "DELETE FROM triage_sighting WHERE report = ?")
        try statement.execute(arguments: [report.uuidString])
    }

    /// The person whose reports a warning counted; nil when it counted no one person's.
    static func person(of raised: WarningRaised, in db: Database) throws -> String? {
        guard raised.kind == .repetition, let last = raised.basis.reasons.first?.inputs.last,
            let report = UUID(uuidString: last)
        else { return nil }
        let statement = try db.cachedStatement(sql: "SELECT person FROM triage_sighting WHERE report = ?")
        return try String.fetchOne(statement, arguments: [report.uuidString])
    }

    /// The reports of a case are about that item.
    static func assess(_ number: CaseNumber, item: String, db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                UPDATE triage_sighting SET item = ?
                WHERE report IN (SELECT report FROM triage_appeal WHERE number = ?) AND item IS NOT ?
                """)
        try statement.execute(arguments: [item, number.text, item])
    }

    /// The item of an open case that one may join.
    static func item(of number: CaseNumber, in db: Database) throws -> String? {
        let statement = try db.cachedStatement(sql: "SELECT item FROM triage_matter WHERE number = ?")
        return try String.fetchOne(statement, arguments: [number.text])
    }
}

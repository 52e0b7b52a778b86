import Contracts
import Foundation
import GRDB
import Governance
import Ledger

/// An appeal as Triage remembers it, for good.
struct KnownAppeal: Sendable, Hashable {
    /// What became of it so far: the fact type of its newest outcome.
    var outcome: String
    /// How often it had moved when it came here.
    var hops: Int
    /// The case it stands in.
    var number: CaseNumber?
    /// The appeal; nil when it was only passed on.
    var appeal: Appeal?
}

/// An open case that an appeal on the same matter may join.
struct OpenMatter: Sendable, Hashable {
    var number: CaseNumber
    var occurred: Instant
    /// Twelve digits; nil when the place is not known that deep.
    var community: String?
    var likeness: SameMatter
    /// So many appeals stand in its case.
    var appeals: Int
}

/// Reads and writes of the tables; no rule here.
enum TriageTables {
    static func known(_ report: UUID, in db: Database) throws -> KnownAppeal? {
        let statement = try db.cachedStatement(
            sql: "SELECT number, hops, outcome, appeal FROM triage_appeal WHERE report = ?")
        return try Row.fetchOne(statement, arguments: [report.uuidString]).map(appeal)
    }

    static func appeals(of number: CaseNumber, in db: Database) throws -> [KnownAppeal] {
        let statement = try db.cachedStatement(
            sql: "SELECT number, hops, outcome, appeal FROM triage_appeal WHERE number = ? ORDER BY report")
        return try Row.fetchAll(statement, arguments: [number.text]).map(appeal)
    }

    private static func appeal(_ row: Row) throws -> KnownAppeal {
        let json: String? = row["appeal"]
        let number: String? = row["number"]
        return KnownAppeal(
            outcome: row["outcome"], hops: row["hops"], number: number.flatMap { CaseNumber($0) },
            appeal: try json.map { try WireJSON.decode(Appeal.self, from: Array($0.utf8)) })
    }

    static func matters(
        home: HomeKey, item: String, near occurred: Instant, in db: Database
    ) throws -> [OpenMatter] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT number, occurred, community, title, text,
                    (SELECT count(*) FROM triage_appeal WHERE triage_appeal.number = triage_matter.number) AS appeals
                FROM triage_matter
                WHERE home = ? AND item = ? AND occurred BETWEEN ? AND ? ORDER BY occurred, number
                """)
        let window = SameMatter.window
        let rows = try Row.fetchAll(
            statement,
            arguments: [home.text, item, (occurred - window).milliseconds, (occurred + window).milliseconds])
        return rows.compactMap { row in
            let title: Data = row["title"]
            let text: Data = row["text"]
            let number: String = row["number"]
            return CaseNumber(number).map {
                OpenMatter(
                    number: $0, occurred: Instant(milliseconds: row["occurred"]), community: row["community"],
                    likeness: SameMatter(title: TextPairs(bytes: Array(title)), text: TextPairs(bytes: Array(text))),
                    appeals: row["appeals"])
            }
        }
    }

    /// Those matters that one more appeal may make converge, with their appeals: few, so that they may be read whole.
    static func companies(
        of matters: [OpenMatter], withAppeals fewest: Int, in db: Database
    ) throws -> [CaseNumber: RiskWarnings.Company] {
        var found: [CaseNumber: RiskWarnings.Company] = [:]
        for matter in matters where matter.appeals >= fewest {
            guard let columns = try CaseLedger.columns(of: matter.number, in: db) else { continue }
            let appeals = try appeals(of: matter.number, in: db).compactMap(\.appeal)
                .sorted { ($0.receivedAt, $0.id.uuidString) < ($1.receivedAt, $1.id.uuidString) }
            found[matter.number] = .init(columns: columns, appeals: appeals)
        }
        return found
    }

    static func record(
        _ report: UUID, in number: CaseNumber?, hops: Int, outcome: String, appeal: Appeal?, db: Database
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO triage_appeal (report, number, hops, outcome, appeal) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (report) DO UPDATE SET number = excluded.number, hops = max(hops, excluded.hops),
                    outcome = excluded.outcome, appeal = coalesce(excluded.appeal, appeal)
                """)
        let json = try appeal.map { String(decoding: try WireJSON.encode($0), as: UTF8.self) }
        try statement.execute(arguments: [report.uuidString, number?.text, hops, outcome, json])
    }

    static func openMatter(_ number: CaseNumber, item: String, appeal: Appeal, db: Database) throws {
        let likeness = SameMatter(title: appeal.title, text: appeal.text)
        let statement = try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO triage_matter (number, home, item, occurred, community, title, text)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(
            arguments: [
                number.text, number.home.text, item, appeal.occurredAt.milliseconds,
                SameMatter.community(of: appeal.place), Data(likeness.title.bytes), Data(likeness.text.bytes),
            ])
    }

    static func closeMatter(_ number: CaseNumber, db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM triage_matter WHERE number = ?").execute(arguments: [number.text])
    }
}

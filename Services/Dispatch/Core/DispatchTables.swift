import Contracts
import Foundation
import GRDB
import Governance
import Ledger

/// An order 交办单 as Dispatch remembers it.
struct StoredOrder: Sendable, Hashable {
    var name: String
    var round: Int
    var main: UnitCode
    var assists: [UnitCode]
    var direct: Bool
    var issued: Instant
    var clocks: [Deadline]
    /// The unit a return named.
    var proposed: UnitCode?
    /// The instant an extension asks for.
    var asked: Instant?
    /// When it was suspended.
    var suspended: Instant?
    /// The times in which it stood suspended.
    var pauses: [DeadlineRules.Pause] = []
}

/// Reads and writes of the tables; no rule here.
enum DispatchTables {
    private static let clocks = JSONMemo<[Deadline]>()
    private static let units = JSONMemo<[UnitCode]>()
    private static let pauses = JSONMemo<[DeadlineRules.Pause]>()

    static func order(_ name: String, in db: Database) throws -> StoredOrder? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT name, round, main, assists, direct, issued, clocks, proposed, asked, suspended, pauses
                FROM dispatch_order WHERE name = ?
                """)
        return try Row.fetchOne(statement, arguments: [name]).flatMap(stored)
    }

    private static func stored(_ row: Row) throws -> StoredOrder? {
        let main: String = row["main"]
        let clocks: String = row["clocks"]
        let assists: String = row["assists"]
        guard let unit = UnitCode(main) else { return nil }
        let proposed: String? = row["proposed"]
        let asked: Int64? = row["asked"]
        let suspended: Int64? = row["suspended"]
        let pauses: String? = row["pauses"]
        return StoredOrder(
            name: row["name"], round: row["round"], main: unit,
            assists: try units.value(of: assists), direct: row["direct"],
            issued: Instant(milliseconds: row["issued"]),
            clocks: try Self.clocks.value(of: clocks),
            proposed: proposed.flatMap { UnitCode($0) }, asked: asked.map { Instant(milliseconds: $0) },
            suspended: suspended.map { Instant(milliseconds: $0) }, pauses: try pauses.map(Self.pauses.value(of:)) ?? []
        )
    }

    static func insert(_ issued: OrderIssued, in db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO dispatch_order
                (name, number, round, main, assists, direct, issued, state, clocks)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(
            arguments: [
                issued.order, issued.number.text, issued.round, issued.main.text, try units.text(of: issued.assists),
                issued.direct, issued.at.milliseconds, "issued", try clocks.text(of: issued.clocks),
            ])
    }

    static func set(_ column: String, _ value: (any DatabaseValueConvertible)?, of order: String, in db: Database)
        throws
    {
        try db.cachedStatement(sql: "UPDATE dispatch_order SET \(column) = ? WHERE name = ?")
            .execute(arguments: [value, order])
    }

    /// It goes on: the time in which it stood is kept.
    static func resume(_ name: String, at instant: Instant, in db: Database) throws {
        guard let order = try order(name, in: db) else { return }
        let stood = order.suspended.map { [DeadlineRules.Pause(from: $0, to: instant)] } ?? []
        try set("pauses", try pauses.text(of: order.pauses + stood), of: name, in: db)
        try set("suspended", nil, of: name, in: db)
    }

    static func cancelAll(of number: CaseNumber, in db: Database) throws {
        try db.cachedStatement(
            sql: "UPDATE dispatch_order SET state = 'cancelled' WHERE number = ? AND state = 'issued'"
        )
        .execute(arguments: [number.text])
    }

    static func set(clocks deadlines: [Deadline], of order: String, in db: Database) throws {
        try set("clocks", try clocks.text(of: deadlines), of: order, in: db)
    }
}

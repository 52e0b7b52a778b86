import CaseLog
import GRDB

/// The tables every toy service keeps, and the one way facts change them. All three services fold everything, so three
/// stores of a partition must agree row by row whatever happened to them.
enum ToyTables {
    static let names = [
        "cases", "clocks", "counts", "fired", "letters", "marks", "outcomes", "plans", "units", "urges",
    ]

    static let schema = StoreSchema(version: 1, tables: names) { try $0.execute(sql: sql) }

    private static let sql = """
        CREATE TABLE cases (no TEXT PRIMARY KEY, place INTEGER NOT NULL, ord TEXT, signed INTEGER NOT NULL DEFAULT 0,
            level INTEGER NOT NULL DEFAULT 0, closed INTEGER NOT NULL DEFAULT 0, orders INTEGER NOT NULL DEFAULT 0,
            suspended INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
        CREATE INDEX cases_open ON cases (place) WHERE closed = 0;
        CREATE TABLE clocks (ord TEXT PRIMARY KEY, no TEXT NOT NULL, due INTEGER NOT NULL, started TEXT NOT NULL)
            WITHOUT ROWID;
        CREATE TABLE fired (ord TEXT PRIMARY KEY) WITHOUT ROWID;
        CREATE TABLE units (no TEXT PRIMARY KEY, unit INTEGER NOT NULL, drawn INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE marks (no TEXT PRIMARY KEY, drawn INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE counts (ord TEXT PRIMARY KEY, unit INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE plans (no TEXT PRIMARY KEY) WITHOUT ROWID;
        CREATE TABLE letters (no TEXT PRIMARY KEY) WITHOUT ROWID;
        CREATE TABLE urges (no TEXT PRIMARY KEY) WITHOUT ROWID;
        CREATE TABLE outcomes (report TEXT PRIMARY KEY, hop INTEGER NOT NULL, no TEXT) WITHOUT ROWID;
        """

    /// The case as the deciders see it.
    struct CaseRow: Equatable {
        var place: Int
        var order: String?
        var signed: Bool
        var level: Int
        var closed: Bool
        var orders: Int
        var suspended: Bool
    }

    static func find(_ no: String, _ db: Database) throws -> CaseRow? {
        let statement = try db.cachedStatement(
            sql: "SELECT place, ord, signed, level, closed, orders, suspended FROM cases WHERE no = ?")
        guard let row = try Row.fetchOne(statement, arguments: [no]) else { return nil }
        return CaseRow(
            place: row[0], order: row[1], signed: row[2], level: row[3], closed: row[4], orders: row[5],
            suspended: row[6])
    }

    static func number(_ db: Database, _ sql: String, _ arguments: StatementArguments = []) throws -> Int? {
        try Int.fetchOne(db.cachedStatement(sql: sql), arguments: arguments)
    }

    static func run(_ db: Database, _ sql: String, _ arguments: StatementArguments) throws {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// Is a precondition that belongs to another service gone where this fact stands?
    static func isGone(_ fact: ToyFact, _ db: Database) throws -> Bool {
        switch fact {
        case .fired(let no, let order, _, _, _):
            guard let row = try find(no, db) else { return false }
            return row.order != order || row.signed || row.suspended
        case .joined(_, let no, _, _): return try find(no, db)?.closed ?? false
        case .closed(let no): return try (find(no, db)?.level ?? 0) > 0
        default: return false
        }
    }

    static func evolve(_ fact: ToyFact, id: String, _ db: Database) throws {
        switch fact {
        case .opened(let no, let place):
            try run(db, "INSERT OR IGNORE INTO cases (no, place) VALUES (?, ?)", [no, place])
        case .joined(let report, let no, let hop, _): try outcome(report, hop, no, db)
        case .readdressed(let report, let hop, _): try outcome(report, hop, nil, db)
        case .issued(let no, let order, let due):
            try run(
                db, "UPDATE cases SET ord = ?, signed = 0, level = 0, suspended = 0, orders = orders + 1 WHERE no = ?",
                [order, no])
            try run(db, "INSERT OR REPLACE INTO clocks VALUES (?, ?, ?, ?)", [order, no, due, id])
        case .signed(let no, _): try run(db, "UPDATE cases SET signed = 1 WHERE no = ?", [no])
        case .returned(let no, _): try run(db, "UPDATE cases SET ord = NULL WHERE no = ?", [no])
        case .suspended(let no, _): try run(db, "UPDATE cases SET suspended = 1 WHERE no = ?", [no])
        case .resumed(let no, let order):
            try run(db, "UPDATE cases SET suspended = 0 WHERE no = ?", [no])
            try run(db, "UPDATE clocks SET started = ? WHERE ord = ?", [id, order])
        case .closed(let no): try run(db, "UPDATE cases SET closed = 1, ord = NULL WHERE no = ?", [no])
        case .fired(let no, let order, _, _, _):
            try run(db, "INSERT OR IGNORE INTO fired VALUES (?)", [order])
            try run(db, "UPDATE cases SET level = level + 1 WHERE no = ?", [no])
        case .letter(let no): try run(db, "INSERT OR IGNORE INTO letters VALUES (?)", [no])
        case .planned(let no): try run(db, "INSERT OR IGNORE INTO plans VALUES (?)", [no])
        case .urged(let no): try run(db, "INSERT OR IGNORE INTO urges VALUES (?)", [no])
        case .enrolled(let no, let unit, let drawn):
            try run(db, "INSERT OR REPLACE INTO units VALUES (?, ?, ?)", [no, unit, drawn])
        case .marked(let no, let drawn): try run(db, "INSERT OR REPLACE INTO marks VALUES (?, ?)", [no, drawn])
        case .counted(let order, let unit):
            try run(db, "INSERT OR REPLACE INTO counts VALUES (?, ?)", [order, unit])
        case .withdrawn: break
        case .poison: throw RuleBug(cause: id)
        }
    }

    private static func outcome(_ report: String, _ hop: Int, _ no: String?, _ db: Database) throws {
        try run(db, "INSERT OR REPLACE INTO outcomes VALUES (?, ?, ?)", [report, hop, no])
    }
}

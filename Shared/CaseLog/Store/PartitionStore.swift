import Contracts
public import GRDB

/// The shadow of one partition's log for one service: one SQLite file, or memory in the simulation. It outlives its
/// owners: hand the same store to the next one, or throw it away; both are safe. One owner at a time.
public final class PartitionStore<D: Decider>: Sendable {
    /// The database; reading it from outside is allowed at any time.
    public let queue: DatabaseQueue
    /// The partition.
    public let partition: Int32

    /// Opens (or creates) the store in this file.
    public init(path: String, partition: Int32) throws {
        var configuration = Configuration()
        configuration.label = "\(D.service.rawValue)-\(partition)"
        configuration.prepareDatabase { db in
            // The log repairs what a power cut takes from the WAL, so NORMAL is enough.
            // A move of the WAL into the file is the only fsync then; 16 MB are rarer, and pages often written go once.
            try db.execute(
                sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000")
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
        self.partition = partition
    }

    /// An empty store in memory.
    public init(inMemory partition: Int32) throws {
        queue = try DatabaseQueue()
        self.partition = partition
    }

    /// Version of the runtime's own tables.
    static var runtimeVersion: Int { 1 }

    /// Makes the tables if there are none; a store of another version is emptied, the log fills it again.
    func open() throws -> ShadowState {
        try queue.write { db in
            try db.execute(sql: "CREATE TABLE IF NOT EXISTS _meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
            let meta = try Row.fetchAll(db, sql: "SELECT name, value FROM _meta")
                .reduce(into: [String: String]()) { $0[$1[0]] = $1[1] }
            if !meta.isEmpty {
                guard meta["service"] == D.service.rawValue, meta["partition"] == "\(partition)" else {
                    throw StoreError(
                        .otherOwner,
                        "this store belongs to \(meta["service"] ?? "?") partition \(meta["partition"] ?? "?"), "
                            + "not to \(D.service) partition \(partition): give it back, or delete the file; "
                            + "it is rebuilt from the log")
                }
                if meta["version"] == version { return try ShadowState(db) }
                try wipe(db)
            }
            try create(db)
            return try ShadowState(db)
        }
    }

    private var version: String { "\(Self.runtimeVersion).\(D.schema.version)" }

    private func wipe(_ db: Database) throws {
        let objects = try Row.fetchAll(
            db, sql: "SELECT type, name FROM sqlite_master WHERE type IN ('table','view') AND name NOT LIKE 'sqlite_%'")
        for row in objects {
            let kind: String = row[0]
            let name: String = row[1]
            try db.execute(sql: "DROP \(kind) IF EXISTS \"\(name)\"")
        }
        try db.execute(sql: "CREATE TABLE _meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
    }

    private func create(_ db: Database) throws {
        try db.execute(sql: runtimeTables)
        try D.schema.create(db)
        for (name, value) in [("service", D.service.rawValue), ("partition", "\(partition)"), ("version", version)] {
            try db.execute(sql: "INSERT INTO _meta VALUES (?,?)", arguments: [name, value])
        }
    }
}

private let runtimeTables = """
    CREATE TABLE _cursor (cursor INTEGER NOT NULL, before TEXT, done_reports INTEGER NOT NULL,
        done_commands INTEGER NOT NULL, upto TEXT, log_time INTEGER, instant INTEGER);
    INSERT INTO _cursor (cursor, done_reports, done_commands) VALUES (0, 0, 0);
    CREATE TABLE _writers (service TEXT PRIMARY KEY, epoch INTEGER NOT NULL, token TEXT NOT NULL,
        seq INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE _answers (cause BLOB PRIMARY KEY, status TEXT NOT NULL, kind TEXT NOT NULL, n INTEGER NOT NULL,
        offset INTEGER NOT NULL, pos INTEGER, created INTEGER, time INTEGER NOT NULL, commands BLOB, facts BLOB,
        detail BLOB, subject TEXT, traceparent TEXT) WITHOUT ROWID;
    CREATE INDEX _answers_age ON _answers (created, pos) WHERE created IS NOT NULL;
    CREATE TABLE _reports (id BLOB PRIMARY KEY, hash BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE _todo (id INTEGER PRIMARY KEY AUTOINCREMENT, offset INTEGER NOT NULL, kind TEXT NOT NULL,
        cause BLOB NOT NULL, token TEXT, key TEXT, element BLOB, author TEXT, fact_cause BLOB, time INTEGER,
        ordinal INTEGER, subject TEXT, traceparent TEXT);
    """

import GRDB

/// The tables of an edge file. Migrations only go forward; a file made by a newer program is refused by GRDB's own
/// identifier check at the first write that does not fit, so names are never reused.
///
/// `report` keeps identities for good, in order of acceptance. `payload` holds what is to be published under the same
/// `seq`. What is published is told by one number, `sent`: rows go out in order, so a row is sent if its `seq` is not
/// above it, and marking a thousand rows costs one.
enum EdgeSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("edge-1") { db in
            try db.execute(
                sql: """
                    CREATE TABLE report (
                        seq INTEGER PRIMARY KEY,
                        id BLOB NOT NULL UNIQUE,
                        source TEXT NOT NULL,
                        source_key TEXT NOT NULL,
                        home_key TEXT NOT NULL,
                        fingerprint BLOB NOT NULL,
                        receipt TEXT NOT NULL,
                        accepted_at INTEGER NOT NULL
                    ) STRICT;
                    CREATE INDEX report_receipt ON report (receipt);
                    CREATE TABLE payload (
                        seq INTEGER PRIMARY KEY REFERENCES report (seq),
                        frame BLOB NOT NULL
                    ) STRICT;
                    CREATE TABLE relay (one INTEGER PRIMARY KEY CHECK (one = 1), sent INTEGER NOT NULL) STRICT;
                    INSERT INTO relay VALUES (1, 0);
                    CREATE VIEW outbox AS
                        SELECT r.*, CASE WHEN r.seq <= relay.sent THEN 'sent' ELSE 'pending' END AS state
                        FROM report r, relay;
                    """)
        }
        migrator.registerMigration("edge-2-held") { db in
            // What the broker refused for good; its `seq` may lie below `sent`, and it is not sent all the same.
            try db.execute(
                sql: """
                    CREATE TABLE held (
                        seq INTEGER PRIMARY KEY REFERENCES report (seq),
                        held_at INTEGER NOT NULL,
                        why TEXT NOT NULL,
                        released INTEGER NOT NULL
                    ) STRICT;
                    DROP VIEW outbox;
                    CREATE VIEW outbox AS
                        SELECT r.*, CASE WHEN h.seq IS NOT NULL THEN 'held'
                            WHEN r.seq <= relay.sent THEN 'sent' ELSE 'pending' END AS state
                        FROM report r CROSS JOIN relay LEFT JOIN held h ON h.seq = r.seq;
                    """)
        }
        return migrator
    }

    /// One connection as an edge needs it: a commit is on the platter (or whatever is there now) before it returns.
    static func open(_ path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.label = "edge"
        configuration.maximumReaderCount = 3
        configuration.foreignKeysEnabled = false
        let pool = try DatabasePool(path: path, configuration: configuration)
        try pool.writeWithoutTransaction { db in
            // GRDB sets NORMAL when it switches to WAL, which loses the last commits in a power cut.
            try db.execute(sql: "PRAGMA synchronous = FULL")
            // EdgeCheckpoint does most of this beside the writer; 64 MB is where the writer does the rest.
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 16000")
            try db.execute(sql: "PRAGMA cache_size = -65536")
        }
        try migrator.migrate(pool)
        return pool
    }
}

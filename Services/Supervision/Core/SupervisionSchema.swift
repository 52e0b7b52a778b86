import CaseLog
import GRDB
import Ledger

/// The tables of Supervision: the ledger's row of every case, and the clocks of every case that has any.
enum SupervisionSchema {
    static let schema = StoreSchema(version: 2, tables: [CaseLedger.table, "supervision_board"], create: create)

    private static func create(_ db: Database) throws {
        try CaseLedger.create(in: db)
        try db.execute(
            sql: """
                CREATE TABLE supervision_board (
                    number TEXT PRIMARY KEY, next INTEGER, clocks TEXT NOT NULL
                ) WITHOUT ROWID;
                CREATE INDEX supervision_board_next ON supervision_board (next) WHERE next IS NOT NULL;
                """)
    }
}

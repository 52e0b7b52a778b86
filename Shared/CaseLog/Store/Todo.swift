import Contracts
import Foundation
import GRDB
import Governance

/// One entry of the list still to decide, in log order: foreign facts that took effect, own facts that landed late,
/// and own records of ticks whose commands or dead letters may not be out yet.
struct Todo: Sendable {
    enum Work: Sendable {
        case fact(FactCopy)
        case late(FactCopy)
        /// `token`: the owner that wrote the tick's record.
        case sent(token: String)
    }

    var id: Int64 = 0
    var offset: Int64
    var cause: UUID
    var work: Work

    private static let columns =
        "offset, kind, cause, token, key, element, author, fact_cause, time, ordinal, subject, traceparent"

    func save(_ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT INTO _todo (\(Self.columns)) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)")
        switch work {
        case .sent(let token):
            try statement.execute(arguments: [
                offset, "s", cause, token, nil, nil, nil, nil, nil, nil, nil, nil,
            ])
        case .fact(let copy): try statement.execute(arguments: arguments("f", copy))
        case .late(let copy): try statement.execute(arguments: arguments("l", copy))
        }
    }

    private func arguments(_ kind: String, _ copy: FactCopy) -> StatementArguments {
        [
            offset, kind, cause, nil, copy.key, Data(copy.element.json), copy.author.rawValue, copy.cause,
            copy.time.milliseconds, copy.ordinal, copy.subject, copy.traceparent,
        ]
    }

    private init(row: Row) throws {
        id = row["id"]
        offset = row["offset"]
        cause = row["cause"]
        let kind: String = row["kind"]
        guard kind != "s" else {
            work = .sent(token: row["token"])
            return
        }
        let raw: Data = row["element"]
        let copy = FactCopy(
            element: try Element(json: Array(raw)[...]), key: row["key"],
            author: ServiceName(rawValue: row["author"]), cause: row["fact_cause"],
            time: Instant(milliseconds: row["time"]), offset: offset, ordinal: row["ordinal"],
            subject: row["subject"], traceparent: row["traceparent"])
        work = kind == "l" ? .late(copy) : .fact(copy)
    }

    init(offset: Int64, cause: UUID, work: Work) {
        self.offset = offset
        self.cause = cause
        self.work = work
    }

    static func first(_ limit: Int, _ db: Database) throws -> [Todo] {
        let statement = try db.cachedStatement(sql: "SELECT id, \(columns) FROM _todo ORDER BY id LIMIT ?")
        return try Row.fetchAll(statement, arguments: [limit]).map(Todo.init(row:))
    }

    static func firstOffset(_ db: Database) throws -> Int64? {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT offset FROM _todo ORDER BY id LIMIT 1"))
    }
}

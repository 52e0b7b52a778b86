import Contracts
import Foundation
import GRDB
import Governance

/// What the log says about a cause: the answer, and all that must be said again after a take-over.
struct Answer: Sendable {
    enum Status: String, Sendable {
        case done, refused, late, parked, expired
        /// Was parked, is open again: no answer, but the parkings are still counted.
        case open
    }

    var status: Status
    var kind: InputKind
    /// How often it was parked.
    var n: Int = 0
    /// Offset of the record that answers.
    var offset: Int64
    /// Offset of the command, or of the retry that brought it back.
    var pos: Int64?
    /// When the command was given.
    var created: Instant?
    /// When it was decided.
    var time: Instant
    /// The crossing commands, as raw elements.
    var commands: [Element] = []
    /// The facts for the reply.
    var facts: [Element] = []
    /// The data of `command.refused` or `input.parked`.
    var detail: [UInt8]?
    var subject: String?
    var traceparent: String?

    var refusal: Refusal? {
        guard status == .refused, let detail else { return nil }
        return try? WireJSON.decode(CommandRefused.self, from: detail).refusal
    }

    var parked: InputParked? {
        guard status == .parked, let detail else { return nil }
        return try? WireJSON.decode(InputParked.self, from: detail)
    }
}

extension Answer {
    static let columns =
        "status, kind, n, offset, pos, created, time, commands, facts, detail, subject, traceparent"

    init(row: Row) throws {
        self.init(
            status: Status(rawValue: row[0]) ?? .done, kind: InputKind(rawValue: row[1]) ?? .command, n: row[2],
            offset: row[3], pos: row[4], created: (row[5] as Int64?).map { Instant(milliseconds: $0) },
            time: Instant(milliseconds: row[6]), commands: try Self.elements(row[7]), facts: try Self.elements(row[8]),
            detail: (row[9] as Data?).map { Array($0) }, subject: row[10], traceparent: row[11])
    }

    private static func elements(_ data: Data?) throws -> [Element] {
        try data.map { try Element.array(json: Array($0)) } ?? []
    }

    static func find(_ cause: UUID, _ db: Database) throws -> Answer? {
        let statement = try db.cachedStatement(sql: "SELECT \(columns) FROM _answers WHERE cause = ?")
        return try Row.fetchOne(statement, arguments: [cause]).map(Answer.init(row:))
    }

    func save(_ cause: UUID, _ db: Database) throws {
        try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO _answers (cause, \(Self.columns)) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
        ).execute(arguments: [
            cause, status.rawValue, kind.rawValue, n, offset, pos, created?.milliseconds, time.milliseconds,
            commands.isEmpty ? nil : Data(Element.array(commands)), facts.isEmpty ? nil : Data(Element.array(facts)),
            detail.map { Data($0) }, subject, traceparent,
        ])
    }
}

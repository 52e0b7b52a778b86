import Contracts
import Foundation
import GRDB
import Governance
import Ledger

/// One case with all that stands behind it.
struct CaseDetail: Sendable {
    var view: CaseView
    var columns: CaseColumns
    var timeline: [TimelineEntry]
    var appeals: [CaseAppeal]

    /// Reads a case, if the scope has it.
    static func read(_ number: CaseNumber, _ scope: Scope, in db: Database) throws -> CaseDetail? {
        guard let view = try CaseQuery.one(number, scope, in: db),
            let columns = try CaseLedger.columns(of: number, in: db)
        else { return nil }
        return CaseDetail(
            view: view, columns: columns, timeline: try TimelineEntry.all(of: number, in: db),
            appeals: try CaseAppeal.all(of: number, in: db))
    }

    /// What in reasons and notes would tell who reported, for those who may not know (domain.md §3.5).
    func hidden(from scope: Scope) -> Set<String> {
        guard !scope.seesReporter(view, handlingUnits: columns.unitsKeptOut) else { return [] }
        var found: Set<String> = []
        for one in appeals {
            found.insert(one.appeal.sourceKey)
            if let entered = one.appeal.enteredBy { found.insert(entered) }
        }
        return found.filter { !$0.isEmpty }
    }
}

/// One line of a case's timeline 时间线, in the order of the log.
struct TimelineEntry: Sendable {
    var time: Instant
    var type: String
    /// Nil for a refusal and for what a newer service wrote.
    var fact: Fact?
    var refusal: Refusal?
    var isLate: Bool
    var basis: Basis?

    static func all(of number: CaseNumber, in db: Database) throws -> [TimelineEntry] {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT time, type, version, data, late FROM timeline WHERE number = ? ORDER BY offset, ordinal",
            arguments: [number.text])
        return rows.map { row in
            let data: String = row[3]
            return TimelineEntry(
                time: Instant(milliseconds: row[0]), type: row[1], version: row[2], data: Array(data.utf8),
                isLate: row[4])
        }
    }

    init(time: Instant, type: String, version: Int, data: [UInt8], isLate: Bool) {
        self.time = time
        self.type = type
        self.isLate = isLate
        if type == RuntimeType.refused {
            refusal = (try? WireJSON.decode(CommandRefused.self, from: data))?.refusal
            return
        }
        fact = try? Fact(type: type, version: version, json: data)
        if case .unknown = fact { fact = nil }
        basis = (try? WireJSON.decode(Stamped.self, from: data))?.basis
    }

    /// What every fact carries.
    private struct Stamped: Decodable {
        var basis: Basis?
    }
}

/// An appeal as the case has it; its text is the masked one, the clear one lies in the vault.
struct CaseAppeal: Sendable {
    var appeal: Appeal
    var state: AppealFold.State
    var opening: Bool
    var reply: String?

    static func all(of number: CaseNumber, in db: Database) throws -> [CaseAppeal] {
        try Row.fetchAll(
            db,
            sql:
                "SELECT appeal, state, opening, reply FROM case_appeal WHERE number = ? ORDER BY opening DESC, changed, report",
            arguments: [number.text]
        ).compactMap { row in
            let json: String = row[0]
            guard let appeal = try? WireJSON.decode(Appeal.self, from: Array(json.utf8)) else { return nil }
            return CaseAppeal(
                appeal: appeal, state: AppealFold.State(rawValue: row[1]) ?? .open, opening: row[2], reply: row[3])
        }
    }
}

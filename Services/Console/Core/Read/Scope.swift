import GRDB
import Governance

/// What a member of staff may see 可见范围: cases that the person's place covers, and for units only those they handle
/// (domain.md §3.5: a complained-about unit never sees the complainant).
struct Scope: Sendable {
    let actor: Actor

    init(_ actor: Actor) { self.actor = actor }

    /// People of a handling unit: their cases, and nothing of the reporter.
    static let unitRoles: Set<Role> = [.handler, .unitHead]
    /// No case rights at all: the public, those who only report, and the three administrators.
    static let withoutCases: Set<Role> = [
        .citizen, .volunteer, .systemAdmin, .securityAdmin, .auditAdmin, .system,
    ]
    /// Who talks to reporters or answers for how they are treated.
    static let reporterRoles: Set<Role> = [
        .operator, .analyst, .dispatcher, .center, .supervisor, .revisitor, .gridWorker, .gridLeader, .deputyLeader,
        .chiefLeader, .discipline,
    ]

    var mayRead: Bool { !Self.withoutCases.contains(actor.role) }
    var isUnit: Bool { Self.unitRoles.contains(actor.role) }

    /// Who sees the human queue: those who have a command in it, and the dispatcher who waits for it.
    var seesQueue: Bool { [.operator, .analyst, .center, .dispatcher, .supervisor].contains(actor.role) }

    /// Whether details of the reporter may be shown. Nobody whose unit handles the case sees them, in whatever role.
    func seesReporter(_ view: CaseView, handlingUnits: [UnitCode]) -> Bool {
        guard Self.reporterRoles.contains(actor.role) else { return false }
        guard let unit = actor.unit else { return true }
        return !handlingUnits.contains(unit) && !view.units.contains(unit.text)
    }

    /// The condition on `case_view c`.
    var condition: (sql: String, arguments: StatementArguments) {
        guard mayRead else { return ("0", []) }
        var parts: [String] = []
        var arguments: StatementArguments = []
        if let place = actor.place {
            parts.append(Self.covers("c.prefix"))
            arguments += [place.text, place.text, place.text]
        }
        if isUnit {
            parts.append("EXISTS (SELECT 1 FROM case_unit u WHERE u.unit = ? AND u.number = c.number)")
            arguments += [actor.unit?.text ?? ""]
        }
        return (parts.isEmpty ? "1" : parts.joined(separator: " AND "), arguments)
    }

    /// The condition on `report_seen r`, `report_waiting r` and `report_day r`; units have no business with what is not theirs yet.
    var reportCondition: (sql: String, arguments: StatementArguments) {
        guard mayRead, !isUnit else { return ("0", []) }
        guard let place = actor.place else { return ("1", []) }
        return (Self.covers("r.prefix"), [place.text, place.text, place.text])
    }

    /// Whether a place lies in the actor's, which is given three times: one of the two codes begins with the other, as
    /// `Actor.covers` says.
    static func covers(_ column: String) -> String {
        "(substr(\(column), 1, length(?)) = ? OR substr(?, 1, length(\(column))) = \(column))"
    }
}

extension CaseColumns {
    /// Units that never learn who reported: those that handle the case, and those it complains about.
    var unitsKeptOut: [UnitCode] { dispatch.handlingUnits + (triage.complainedAbout ?? []) }
}

import GRDB
import Governance
import Ledger

/// 我的任务: the cases on which the person's next command is the one that moves the matter on.
struct TaskRow: Sendable {
    var view: CaseView
    var columns: CaseColumns
    /// The command of the primary button.
    var primary: CommandName
    /// All that the table permits now.
    var allowed: [CommandName]
}

enum TaskQuery {
    /// Services that decide commands in this version.
    static let services: Set<DecidingService> = [.triage, .dispatch, .supervision, .revisit]

    /// The commands that move a matter on from a stage, the likeliest first. Everything else is one step further away.
    static func movers(_ stage: Stage) -> [CommandName] {
        switch stage {
        case .received: [.place, .answer]
        case .accepted: [.assess, .place]
        case .assessed: [.dispatch]
        case .dispatched: [.sign]
        case .returnReview: [.acceptReturn]
        case .signed: [.meet]
        case .met: [.progress]
        case .handling: [.finish]
        case .extensionReview: [.grantExtension]
        case .suspended: [.resume]
        case .mediating: [.endMediation]
        case .reported: [.verify]
        case .verified: [.revisitOk]
        // Only what was drawn waits for a visit: see `watchers`.
        case .revisited: [.strikeOff, .revisitVisit]
        case .struckOff, .answered, .redirected, .moved, .joined, .withdrawn: []
        }
    }

    /// What waits for Supervision in any open stage: a leader who was called, a supervisor who is to decide on 提级, whoever is to
    /// sign a form 单据 or to settle one, a center that owes a petition an opinion.
    static func watchers(_ role: Role) -> String? {
        switch role {
        case .revisitor, .thirdParty: "c.visitOwed"
        case .chiefLeader, .deputyLeader: "(c.unacknowledged OR c.signer = '\(role.rawValue)')"
        case .supervisor: "(c.raiseProposed OR c.unsettled)"
        // The unit may still sign when a leader was called about it.
        case .unitHead: "c.signer IS NOT NULL"
        // An opinion 复查、复核意见 is owed, also after 销号.
        case .center: "(c.signer = 'center' OR c.nextRule IN ('petition_review', 'petition_recheck'))"
        default: nil
        }
    }

    /// What any of the watchers asks for: the few cases of all stages that an index keeps.
    static let called = """
        unacknowledged OR raiseProposed OR unsettled OR visitOwed OR signer IS NOT NULL
        OR nextRule IN ('petition_review', 'petition_recheck')
        """

    /// What the role has to move on from a stage, by the table alone.
    static func movers(_ stage: Stage, _ role: Role) -> [CommandName] {
        // A grid worker may note progress on the spot, but the matter is the unit's to move on.
        movers(stage).filter { command in
            guard let row = Transitions.row(command), services.contains(row.decidedBy) else { return false }
            return row.roles.contains(role) && !(command == .progress && role == .gridWorker)
        }
    }

    /// The commands the actor may give now on a case.
    static func allowed(_ columns: CaseColumns, _ actor: Actor, now: Instant) -> [CommandName] {
        Transitions.allowed(columns: columns, actor: actor, now: now, by: services)
    }

    /// The primary button of a case for the actor, if it waits for him.
    static func primary(_ columns: CaseColumns, _ actor: Actor, allowed: [CommandName]) -> CommandName? {
        if columns.runs(.majorAcknowledge, order: nil), allowed.contains(.acknowledge) { return .acknowledge }
        if columns.hasRaiseProposal, allowed.contains(.raiseLevel) { return .raiseLevel }
        if let signer = columns.formSigner, signer == actor.role || actor.role == .unitHead, allowed.contains(.signForm)
        {
            return .signForm
        }
        if let errand = columns.dispatch.errand, errand.unit == actor.unit, allowed.contains(.finishErrand) {
            return .finishErrand
        }
        if actor.role == .supervisor, allowed.contains(.settleForm) { return .settleForm }
        if actor.role == .center, allowed.contains(.answerPetition) { return .answerPetition }
        let mover = movers(columns.stage, actor.role).first { allowed.contains($0) }
        return mover ?? (columns.awaitsOnSite && allowed.contains(.revisitVisit) ? .revisitVisit : nil)
    }

    /// The tasks, what runs out first on top, and how many there are in all.
    static func fetch(_ scope: Scope, now: Instant, limit: Int = 100, in db: Database) throws -> (
        rows: [TaskRow], total: Int
    ) {
        let actor = scope.actor
        let stages = Stage.allCases.filter { !movers($0, actor.role).isEmpty }
        let watchers = watchers(actor.role)
        guard scope.mayRead, !stages.isEmpty || watchers != nil else { return ([], 0) }
        let (sql, arguments) = scope.condition
        let list = stages.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        let called = watchers.map { "UNION SELECT rowid FROM case_view c WHERE (\(Self.called)) AND \($0)" } ?? ""
        let cursor = try Row.fetchCursor(
            db,
            sql: """
                SELECT c.*, r.columns AS ledger FROM case_view c JOIN case_row r ON r.number = c.number
                WHERE c.rowid IN (SELECT rowid FROM case_view WHERE stage IN (\(list)) \(called)) AND \(sql)
                ORDER BY c.unacknowledged DESC, c.nextDue IS NULL, c.nextDue, c.severity DESC, c.opened, c.number LIMIT 2000
                """, arguments: arguments)
        var rows: [TaskRow] = []
        var total = 0
        while let row = try cursor.next() {
            let json: String = row["ledger"]
            guard let columns = try? LedgerColumns.decode(json) else { continue }
            let allowed = allowed(columns, actor, now: now)
            guard let primary = primary(columns, actor, allowed: allowed) else { continue }
            total += 1
            if rows.count < limit {
                rows.append(TaskRow(view: try CaseView(row: row), columns: columns, primary: primary, allowed: allowed))
            }
        }
        return (rows, total)
    }
}

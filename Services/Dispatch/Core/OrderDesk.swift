import CaseLog
import Contracts
import Governance

/// What people decide about an order: the commands of domain.md §3.2 that Dispatch owns. State, role and separation stand
/// in the transition table; here are the rules about a command's details.
struct OrderDesk {
    typealias Outcome = Decision<Fact, Contracts.Command>

    let reference: Reference
    let columns: CaseColumns
    let order: StoredOrder?
    let actor: Actor
    let now: Instant
    /// What is known of mediations, for a command that asks for a panel.
    var past = MediationPast()

    func decide(_ command: Contracts.Command) throws -> Outcome {
        guard let name = CommandName(rawValue: command.type), Transitions.row(name)?.decidedBy == .dispatch else {
            throw DispatchRefusals.notHere(command.type)
        }
        var request = TransitionRequest(now: now)
        if case .signOrder(let sign) = command { request.hasDelegation = sign.delegate != nil }
        if columns.triage.isPetition == true, let order {
            request.objectionDue = PetitionTerm.objection.due(from: order.issued, calendar: reference.calendar)
        }
        try Transitions.check(command: name, columns: columns, actor: actor, request: request)
        switch command {
        case .dispatchOrder(let dispatch): return try self.dispatch(dispatch)
        case .withdrawCase(let withdraw): return try self.withdraw(withdraw)
        default: break
        }
        guard let order else { throw DispatchRefusals.noOrder }
        switch command {
        case .signOrder, .returnOrder, .acceptReturn, .refuseReturn:
            return try Signing(desk: self, order: order).decide(command)
        case .meetParty, .noteProgress, .finishOrder, .verifyCase, .rejectCase:
            return try Handling(desk: self, order: order).decide(command)
        case .sendErrand, .finishErrand: return try Errands(desk: self, order: order).decide(command)
        case .referMediation, .endMediation: return try Mediating(desk: self, order: order).decide(command)
        default: return try Pausing(desk: self, order: order).decide(command)
        }
    }

    /// Who gave the command.
    func basis(_ why: String? = nil) -> Basis { .person(actor, why) }

    /// A text that must say something.
    func text(_ value: String, _ field: String) throws -> String {
        guard !value.allSatisfy(\.isWhitespace) else { throw Refusal.blank(field) }
        return value
    }

    /// A unit of the reference data that the case does not complain about.
    func unit(_ code: UnitCode, _ field: String) throws -> UnitCode {
        guard reference.units[code] != nil else { throw DispatchRefusals.noUnit(code, field) }
        guard !columns.triage.complains(about: code) else { throw DispatchRefusals.complained(code, field) }
        return code
    }

    private func dispatch(_ dispatch: DispatchOrder) throws -> Outcome {
        let main = try unit(dispatch.main, "main")
        let assists = try (dispatch.assists ?? []).map { try unit($0, "assists") }
        guard !assists.contains(main), Set(assists).count == assists.count else { throw DispatchRefusals.assists }
        return Dispatching(reference: reference, columns: columns, now: now)
            .issue(dispatch.number, main: main, assists: assists, why: basis(dispatch.reason ?? "人工派单"))
    }

    private func withdraw(_ withdraw: WithdrawCase) throws -> Outcome {
        let reason = try text(withdraw.reason, "reason")
        return Decision(facts: [
            .caseWithdrawn(.init(number: withdraw.number, reason: reason, at: now, basis: basis()))
        ])
    }
}

import CaseLog
import Contracts
import Governance

/// What people and other services ask of Supervision: the commands of domain.md §3.2 that it owns. State, role and separation
/// stand in the transition table; here are the rules about a command's details.
struct SupervisionDesk {
    typealias Outcome = Decision<Fact, Contracts.Command>

    /// A form is due no later than this 【ours】.
    static let longestForm = Duration.naturalDays(60)

    let reference: Reference
    let columns: CaseColumns
    let actor: Actor
    let now: Instant
    /// The clocks of the case.
    var board: ClockBoard?

    func decide(_ command: Contracts.Command) throws -> Outcome {
        guard let name = CommandName(rawValue: command.type), Transitions.row(name)?.decidedBy == .supervision else {
            throw SupervisionRefusals.notHere(command.type)
        }
        var request = TransitionRequest(now: now)
        if case .signForm(let sign) = command { request.hasDelegation = sign.delegate != nil }
        let petition = PetitionDesk(reference: reference, columns: columns, board: board, actor: actor, now: now)
        request.answerDue = petition.answers.map(\.due).min()
        request.askUntil = columns.askUntil(calendar: reference.calendar)
        try Transitions.check(command: name, columns: columns, actor: actor, request: request)
        switch command {
        case .extendPetition, .askPetition, .hearPetition, .answerPetition:
            return Decision(facts: try petition.decide(command))
        default: return Decision(facts: [try fact(command)])
        }
    }

    private func fact(_ command: Contracts.Command) throws -> Fact {
        switch command {
        case .remindCase(let remind):
            return try forms(remind.number).reminder(
                Self.text(remind.demand, "demand"), occasion: nil, due: due(remind.due), basis: basis(remind.demand))
        case .superviseCase(let supervise):
            return try forms(supervise.number).supervision(
                Self.text(supervise.demand, "demand"), occasion: nil, due: due(supervise.due),
                basis: basis(supervise.demand))
        case .raiseLevel(let raise):
            let reason = try Self.text(raise.reason, "reason")
            return .levelRaised(
                .init(
                    number: raise.number, level: CenterLevel(raised: columns.supervision.raised + 1), reason: reason,
                    at: now, basis: basis(reason)))
        case .acknowledgeCase(let acknowledge):
            return .caseAcknowledged(
                .init(number: acknowledge.number, note: acknowledge.note, at: now, basis: basis()))
        case .strikeOffCase(let strikeOff): return self.strikeOff(strikeOff)
        case .reviveCase(let revive):
            let reason = try Self.text(revive.reason, "reason")
            return .caseRevived(.init(number: revive.number, reason: reason, at: now, basis: basis(reason)))
        case .unsealVault(let unseal):
            let purpose = try Self.text(unseal.purpose, "purpose")
            return .vaultUnsealed(
                .init(number: unseal.number, report: unseal.report, purpose: purpose, at: now, basis: basis(purpose)))
        case .checkBell(let check):
            return .bellChecked(
                .init(
                    number: check.number, how: check.how, reached: check.reached, bells: columns.bells,
                    note: check.note, at: now, basis: basis()))
        case .recordMinutes(let record): return try minutes(record)
        case .sponsorCase, .endSponsor: return try SponsorDesk(columns: columns, actor: actor, now: now).decide(command)
        default:
            return try FormDesk(columns: columns, actor: actor, now: now).decide(command)
        }
    }

    /// What a meeting resolved, or what follows from it: a talk is with a unit, the cases of a topic share its name.
    private func minutes(_ record: RecordMinutes) throws -> Fact {
        let text = try Self.text(record.text, "text")
        var (theme, unit) = (record.theme, record.unit)
        switch record.kind {
        case .topic: theme = try Self.text(theme ?? "", "theme")
        case .talk:
            unit = unit ?? columns.dispatch.mainUnit
            guard unit != nil else { throw Refusal.blank("unit") }
        case .day, .week, .crisis, .review: break
        }
        if let unit, reference.units[unit] == nil { throw SupervisionRefusals.noUnit(unit) }
        return .minutesRecorded(
            .init(
                number: record.number, kind: record.kind, theme: theme, unit: unit, text: text, at: now, basis: basis())
        )
    }

    /// Red and orange take two persons: the supervisor proposes, the leader strikes off.
    private func strikeOff(_ strikeOff: StrikeOffCase) -> Fact {
        let cycle = columns.dispatch.cycle
        if actor.role == .supervisor, columns.triage.colour.isHigh {
            return .strikeOffProposed(
                .init(number: strikeOff.number, cycle: cycle, note: strikeOff.note, at: now, basis: basis()))
        }
        return .caseStruckOff(
            .init(number: strikeOff.number, cycle: cycle, note: strikeOff.note, at: now, basis: basis()))
    }

    private func forms(_ number: CaseNumber) -> Forms {
        Forms(reference: reference, number: number, columns: columns, now: now)
    }

    /// Who gave the command. Another service gives its reason in the text.
    private func basis(_ why: String? = nil) -> Basis {
        guard actor.role == .system else { return .person(actor, why) }
        return .rule(Reason(rule: actor.name, text: why ?? actor.name))
    }

    static func text(_ value: String, _ field: String) throws -> String {
        guard !value.allSatisfy(\.isWhitespace) else { throw Refusal.blank(field) }
        return value
    }

    private func due(_ due: Instant?) throws -> Instant? {
        guard let due else { return nil }
        guard due > now, due - now <= Self.longestForm else { throw SupervisionRefusals.formDue(now) }
        return due
    }
}

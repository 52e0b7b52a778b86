import Contracts
import Governance

/// 延长, 复查, 复核 and their hearings 听证 (信访工作条例 34-36). Who may and when stands in the transition table; here are the terms
/// and the authority that is asked.
struct PetitionDesk {
    let reference: Reference
    let columns: CaseColumns
    let board: ClockBoard?
    let actor: Actor
    let now: Instant

    /// The terms of the answers to the petitions of the case.
    var answers: [Deadline] { (board?.clocks ?? []).filter { $0.rule == .petitionAnswer }.map(\.deadline) }

    func decide(_ command: Contracts.Command) throws -> [Fact] {
        switch command {
        case .extendPetition(let extend): return [try self.extend(extend)]
        case .askPetition(let ask): return [try self.ask(ask)]
        case .hearPetition(let hear): return [try self.hear(hear)]
        case .answerPetition(let answer): return try self.answer(answer)
        default: throw SupervisionRefusals.notHere(command.type)
        }
    }

    /// Each petition of the case has a term of its own: what is due before the new instant is extended to it.
    private func extend(_ extend: ExtendPetition) throws -> Fact {
        let reason = try SupervisionDesk.text(extend.reason, "reason")
        guard let first = answers.min(by: { $0.due < $1.due }),
            let longest = DeadlineRules.longestAnswer(first, calendar: reference.calendar)
        else { throw SupervisionRefusals.noAnswerOwed }
        guard extend.until > first.due, extend.until <= longest else {
            throw SupervisionRefusals.answerUntil(first.due, longest)
        }
        let clocks = answers.filter { $0.due < extend.until }.map { DeadlineRules.extended($0, to: extend.until) }
        return .petitionExtended(
            .init(number: extend.number, clocks: clocks, reason: reason, at: now, basis: .person(actor, reason)))
    }

    private func ask(_ ask: AskPetition) throws -> Fact {
        let reason = try SupervisionDesk.text(ask.reason, "reason")
        guard let instance = columns.nextInstance else { throw SupervisionRefusals.notHere(AskPetition.type) }
        return .petitionAsked(
            .init(
                number: ask.number, instance: instance, unit: try authority(ask.unit), reason: reason,
                deadline: DeadlineRules.deadline(instance.clock, start: now, calendar: reference.calendar), at: now,
                basis: .person(actor, reason)))
    }

    /// The authority that is asked: the one named, or the nearest above that had no hand in it; nil: above all of the directory.
    private func authority(_ named: UnitCode?) throws -> UnitCode? {
        if let named {
            guard reference.units[named] != nil else { throw SupervisionRefusals.noUnit(named) }
            guard !hadHand(named) else { throw SupervisionRefusals.ownAnswer(named) }
            return named
        }
        var above = (columns.remedyOfAnswer?.unit ?? columns.dispatch.mainUnit).flatMap { reference.units[$0]?.parent }
        while let unit = above, hadHand(unit) { above = reference.units[unit]?.parent }
        return above
    }

    private func hadHand(_ unit: UnitCode) -> Bool {
        columns.dispatch.handlingUnits.contains(unit) || columns.triage.complains(about: unit)
            || columns.remedyOfAnswer?.unit == unit
    }

    private func hear(_ hear: HearPetition) throws -> Fact {
        let note = try SupervisionDesk.text(hear.note, "note")
        guard let remedy = columns.pendingRemedy, let clock = board?[remedy.instance.clock.rawValue] else {
            throw SupervisionRefusals.notHere(HearPetition.type)
        }
        let held = hear.heldAt ?? now
        guard held >= clock.deadline.start, held <= now, held < remedy.due, !remedy.hearings.contains(held.day) else {
            throw SupervisionRefusals.hearingDay(clock.deadline.start)
        }
        let deadline = DeadlineRules.heard(
            clock.deadline, remedy.instance, on: remedy.hearings + [held.day], calendar: reference.calendar)
        return .petitionHeard(
            .init(
                number: hear.number, instance: remedy.instance, day: held.day, note: note, deadline: deadline, at: now,
                basis: .person(actor, note)))
    }

    /// An answer that falls is handled anew: with a new order, unless one is out already.
    private func answer(_ answer: AnswerPetition) throws -> [Fact] {
        let opinion = try SupervisionDesk.text(answer.opinion, "opinion")
        guard let remedy = columns.pendingRemedy else { throw SupervisionRefusals.notHere(AnswerPetition.type) }
        let isLast = remedy.instance == .recheck || answer.outcome == .overturned
        let answered = Fact.petitionAnswered(
            .init(
                number: answer.number, instance: remedy.instance, outcome: answer.outcome, opinion: opinion,
                until: isLast ? nil : PetitionTerm.askRecheck.due(from: now, calendar: reference.calendar), at: now,
                basis: .person(actor, opinion)))
        guard answer.outcome == .overturned, [.verified, .revisited, .struckOff].contains(columns.stage) else {
            return [answered]
        }
        let reason = "信访\(remedy.instance.title)撤销原答复:\(opinion)"
        return [
            answered,
            .caseRevived(.init(number: answer.number, reason: reason, at: now, basis: .person(actor, reason))),
        ]
    }
}

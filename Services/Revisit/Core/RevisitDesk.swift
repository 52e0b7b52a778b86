import CaseLog
import Contracts
import Governance

/// What people decide about a revisit. State, role and separation of duties stand in the transition table; here are the
/// rules about a command's details.
struct RevisitDesk {
    typealias Outcome = Decision<Fact, Contracts.Command>

    let reference: Reference
    let columns: CaseColumns
    let closing: StoredClosing?
    let actor: Actor
    let now: Instant

    private var cycle: Int { columns.dispatch.cycle }
    private var basis: Basis { .person(actor) }

    func decide(_ command: Contracts.Command) throws -> Outcome {
        guard let name = CommandName(rawValue: command.type), Transitions.row(name)?.decidedBy == .revisit else {
            throw RevisitRefusals.notHere(command.type)
        }
        try Transitions.check(
            command: name, columns: columns, actor: actor, request: TransitionRequest(now: now))
        switch command {
        case .attemptRevisit(let attempt): return self.attempt(attempt)
        case .passRevisit(let pass): return try self.pass(pass)
        case .reopenCase(let reopen): return try self.reopen(reopen)
        case .visitOnSite(let visit): return try self.visit(visit)
        default: throw RevisitRefusals.notHere(command.type)
        }
    }

    /// A call without an answer; a case that cannot be phoned is visited, so that it does not wait for ever.
    private func attempt(_ attempt: AttemptRevisit) -> Outcome {
        let attempts = (closing?.attempts ?? 0) + 1
        let days = (closing?.days ?? 0) + (closing?.lastDay == now.day ? 0 : 1)
        var facts: [Fact] = [
            .revisitAttempted(
                .init(
                    number: attempt.number, cycle: cycle, attempt: attempts, result: attempt.result, note: attempt.note,
                    at: now, basis: basis))
        ]
        if !columns.awaitsOnSite, Unreachable.isReached(attempts: attempts, days: days, last: attempt.result) {
            let why = Reason(
                rule: "revisit.unreachable", text: "电话联系不上(\(attempts) 次,\(days) 天),改为实地回访",
                inputs: [attempt.result.rawValue])
            facts.append(
                .revisitDrawn(
                    .init(number: attempt.number, cycle: cycle, ground: .unreachable, at: now, basis: .rule(why))))
        }
        return Decision(facts: facts)
    }

    /// 回访通过: none of the four is “no”; somebody else is asked only when the reporter could not be.
    private func pass(_ pass: PassRevisit) throws -> Outcome {
        guard pass.scores.isPassed else { throw RevisitRefusals.dissatisfied(pass.scores) }
        let rater = pass.rater ?? .reporter
        guard rater == .reporter || (closing?.attempts ?? 0) > 0 else { throw RevisitRefusals.reporterFirst }
        return Decision(facts: [passed(pass.number, pass.scores, rater, onSite: false, pass.note)])
    }

    private func reopen(_ reopen: ReopenCase) throws -> Outcome {
        let reason = try text(reopen.reason, "reason")
        if let scores = reopen.scores, scores.isPassed { throw RevisitRefusals.satisfied }
        return Decision(facts: [reopened(reopen.number, reopen.scores, reason)])
    }

    /// 实地回访: it stands for the phone revisit where that is still to come, and reopens what does not hold.
    private func visit(_ visit: VisitOnSite) throws -> Outcome {
        let note = try text(visit.note, "note")
        let visited = RevisitVisited(
            number: visit.number, cycle: cycle, scores: visit.scores, note: note, at: now, basis: basis)
        var facts: [Fact] = [.revisitVisited(visited)]
        switch columns.stage {
        case .verified where visit.scores.isPassed:
            facts.append(passed(visit.number, visit.scores, .reporter, onSite: true, note))
        case .verified, .revisited:
            if !visit.scores.isPassed { facts.append(reopened(visit.number, visit.scores, note)) }
        default: break
        }
        return Decision(facts: facts)
    }

    private func passed(
        _ number: CaseNumber, _ scores: RevisitScores, _ rater: RevisitRater, onSite: Bool, _ note: String?
    ) -> Fact {
        .revisitPassed(
            .init(
                number: number, cycle: cycle, scores: scores, rater: rater, onSite: onSite, note: note, at: now,
                basis: basis))
    }

    private func reopened(_ number: CaseNumber, _ scores: RevisitScores?, _ reason: String) -> Fact {
        .revisitReopened(
            .init(
                number: number, cycle: cycle, count: columns.revisit.reopens + 1, scores: scores, reason: reason,
                at: now, basis: .person(actor, reason)))
    }

    /// A text that must say something.
    private func text(_ value: String, _ field: String) throws -> String {
        guard !value.allSatisfy(\.isWhitespace) else { throw Refusal.blank(field) }
        return value
    }
}

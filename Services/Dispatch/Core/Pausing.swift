import CaseLog
import Contracts
import Governance

/// 延期, 挂账.
struct Pausing {
    /// An extension is no longer than this 【ours】.
    static let longestExtension: Duration = .naturalDays(60)

    let desk: OrderDesk
    let order: StoredOrder

    func decide(_ command: Contracts.Command) throws -> OrderDesk.Outcome {
        switch command {
        case .askExtension(let ask): return Decision(facts: [try self.ask(ask)])
        case .grantExtension(let grant): return Decision(facts: [try self.grant(grant)])
        case .refuseExtension(let refuse):
            let reason = try desk.text(refuse.reason, "reason")
            return Decision(facts: [
                .extensionRefused(
                    .init(
                        number: refuse.number, order: order.name, reason: reason, at: desk.now,
                        basis: desk.basis(reason)))
            ])
        case .suspendOrder(let suspend): return Decision(facts: [try self.suspend(suspend)])
        case .resumeOrder(let resume): return Decision(facts: [self.resume(resume)])
        default: throw DispatchRefusals.notHere(command.type)
        }
    }

    private func ask(_ ask: AskExtension) throws -> Fact {
        let reason = try desk.text(ask.reason, "reason")
        try check(until: ask.until)
        return .extensionAsked(
            .init(
                number: ask.number, order: order.name, until: ask.until, reason: reason, at: desk.now,
                basis: desk.basis(reason)))
    }

    private func grant(_ grant: GrantExtension) throws -> Fact {
        guard let until = grant.until ?? order.asked else { throw Refusal.blank("until") }
        try check(until: until)
        let clocks = order.clocks.map { clock in
            clock.clock == .respond || clock.clock == .complex ? DeadlineRules.extended(clock, to: until) : clock
        }
        return .extensionGranted(
            .init(number: grant.number, order: order.name, clocks: clocks, at: desk.now, basis: desk.basis()))
    }

    private func check(until: Instant) throws {
        let due = desk.columns.dispatch.due ?? desk.now
        guard until > max(due, desk.now), until - due <= Self.longestExtension else {
            throw DispatchRefusals.extensionUntil(due)
        }
    }

    private func suspend(_ suspend: SuspendOrder) throws -> Fact {
        let note = try desk.text(suspend.note, "note")
        let review = DeadlineRules.deadline(.suspensionReview, start: desk.now, calendar: desk.reference.calendar)
        return .orderSuspended(
            .init(
                number: suspend.number, order: order.name, ground: suspend.ground, note: note, review: review.due,
                at: desk.now, basis: desk.basis(note)))
    }

    private func resume(_ resume: ResumeOrder) -> Fact {
        let stopped = order.suspended ?? desk.now
        let clocks = order.clocks.map {
            DeadlineRules.resumed($0, stopped: stopped, resumed: desk.now, calendar: desk.reference.calendar)
        }
        return .orderResumed(
            .init(
                number: resume.number, order: order.name, clocks: clocks, at: desk.now, basis: desk.basis(resume.reason)
            ))
    }
}

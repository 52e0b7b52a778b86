import CaseLog
import Contracts
import Foundation
import Governance

/// What follows when a clock speaks 时钟到点: the warning to two offices and to the sponsor of the case, and at due what domain.md §3.3
/// says. All of it in one record, so that no warning stands without its consequence.
struct ClockSpeaks {
    let reference: Reference
    let number: CaseNumber
    let columns: CaseColumns
    let now: Instant

    func facts(_ timer: ClockTimer) -> [Fact] {
        let clock = timer.clock
        guard let rule = clock.rule else { return [] }
        let offices = recipients(clock)
        let warned = Fact.caseWarned(
            .init(
                number: number, clock: clock.name, rule: rule, point: timer.point, order: clock.order,
                occasion: clock.occasion, deadline: clock.deadline, since: clock.since, startedBy: clock.startedBy,
                recipients: offices + Recipient.sponsor(of: columns),
                duties: reference.duties(in: offices.compactMap(\.unit), at: now), at: now, basis: basis(timer)))
        guard timer.point == .due else { return [warned] }
        return [warned] + breach(clock, rule, basis(timer))
    }

    private func breach(_ clock: CaseClock, _ rule: ClockRule, _ basis: Basis) -> [Fact] {
        let forms = Forms(reference: reference, number: number, columns: columns, now: now)
        let above = CenterLevel(raised: columns.supervision.raised + 1)
        switch ClockBreach.of(clock, columns) {
        case .warn: return []
        case .remind: return [forms.reminder("\(rule.title)已到期未办,请立即办理并说明原因", occasion: rule, basis: basis)]
        case .supervise:
            let why = rule == .weeklyMeeting ? "提醒单逾期未办" : "\(rule.title)到期未办"
            return [forms.supervision("\(why),限期整改并反馈", occasion: rule, basis: basis)]
        case .proposeRaise:
            let decide = DeadlineRules.deadline(.stallProposal, start: now, calendar: reference.calendar)
            return [
                .raiseProposed(.init(number: number, level: above, deadline: decide, at: now, basis: basis))
            ]
        case .raise:
            return [
                .levelRaised(
                    .init(
                        number: number, level: above, occasion: rule, reason: "\(rule.title)到期无人处理,提级至\(above.title)",
                        at: now, basis: basis))
            ]
        case .callNext:
            let units = [columns.dispatch.mainUnit].compactMap { $0 } + columns.dispatch.assistUnits
            let calls = LeaderCalls(reference: reference, number: number, units: units, now: now)
            return rule == .formSign ? calls.nextSigner(clock, basis) : [calls.next(clock, basis)]
        }
    }

    private func recipients(_ clock: CaseClock) -> [Recipient] {
        if clock.rule == .majorAcknowledge, let call = LeaderCalls.call(of: clock) {
            let chain = LeaderChain(clock.chain ?? [])
            return [call, call + 1].map { chain.leader($0) }.map { Recipient(role: $0, title: $0.title) }
        }
        return Recipient.two(for: clock.rule, unit: owing(clock.rule).flatMap { reference.units[$0] }, columns: columns)
    }

    /// The unit that owes what a clock waits for: of an opinion 复查、复核意见 the authority that was asked, of an errand 代办 the
    /// unit that was sent, of all else the unit that handles the case.
    private func owing(_ rule: ClockRule?) -> UnitCode? {
        if PetitionInstance(clock: rule) != nil { return columns.pendingRemedy?.unit }
        if rule == .errand, let errand = columns.dispatch.errand { return errand.unit }
        return columns.dispatch.order == nil ? nil : columns.dispatch.mainUnit
    }

    private func basis(_ timer: ClockTimer) -> Basis {
        let clock = timer.clock
        let title = clock.rule?.title ?? clock.name
        let text = timer.point == .due ? "\(title)到期" : "\(title)已用 \(DeadlineRules.warningPercent)%"
        return .rule(
            Reason(
                rule: "clock.\(clock.deadline.rule).\(timer.point.rawValue)", text: text,
                inputs: [clock.deadline.explanation], reference: reference.version))
    }
}

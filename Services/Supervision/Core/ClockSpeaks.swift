import CaseLog
import Contracts
import Foundation
import Governance

/// What follows when a clock speaks 时钟到点: the warning to two offices, and at due what domain.md §3.3 says. All of it in
/// one record, so that no warning stands without its consequence.
struct ClockSpeaks {
    let reference: Reference
    let number: CaseNumber
    let columns: CaseColumns
    let now: Instant

    func facts(_ timer: ClockTimer) -> [Fact] {
        let clock = timer.clock
        guard let rule = clock.rule else { return [] }
        let warned = Fact.caseWarned(
            .init(
                number: number, clock: clock.name, rule: rule, point: timer.point, order: clock.order,
                occasion: clock.occasion, deadline: clock.deadline, since: clock.since, startedBy: clock.startedBy,
                recipients: recipients(clock), at: now, basis: basis(timer)))
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
            return [forms.supervision("\(rule.title)到期未办,限期整改并反馈", occasion: rule, basis: basis)]
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
        case .callNext: return [LeaderCalls(reference: reference, number: number, now: now).next(clock, basis)]
        }
    }

    private func recipients(_ clock: CaseClock) -> [Recipient] {
        if clock.rule == .majorAcknowledge, let call = LeaderCalls.call(of: clock) {
            let chain = LeaderChain(clock.chain ?? [])
            return [call, call + 1].map { chain.leader($0) }.map { Recipient(role: $0, title: $0.title) }
        }
        let unit = columns.dispatch.order == nil ? nil : columns.dispatch.mainUnit.flatMap { reference.units[$0] }
        return Recipient.two(for: clock.rule, unit: unit, columns: columns)
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

/// 提醒单 and 督办单: numbered within the case, with their own due and two recipients.
struct Forms {
    let reference: Reference
    let number: CaseNumber
    let columns: CaseColumns
    let now: Instant

    private var order: String? { columns.awaitsNewOrder ? nil : columns.dispatch.order }
    /// The unit that held the last order: it gets the next one of a case that was reopened. None that is complained about.
    private var unit: OrgUnit? {
        guard order != nil || columns.awaitsNewOrder, !columns.triage.complains(about: columns.dispatch.mainUnit) else {
            return nil
        }
        return columns.dispatch.mainUnit.flatMap { reference.units[$0] }
    }

    func reminder(_ demand: String, occasion: ClockRule?, due: Instant? = nil, basis: Basis) -> Fact {
        let ordinal = columns.supervision.reminders + 1
        return .caseReminded(
            .init(
                number: number, form: FormKind.reminder.number(number, ordinal), ordinal: ordinal, order: order,
                unit: unit?.code, occasion: occasion, demand: demand, deadline: deadline(.reminder, due),
                recipients: Recipient.two(for: .reminder, unit: unit, columns: columns), at: now, basis: basis))
    }

    func supervision(_ demand: String, occasion: ClockRule?, due: Instant? = nil, basis: Basis) -> Fact {
        let ordinal = columns.supervision.supervisions + 1
        return .caseSupervised(
            .init(
                number: number, form: FormKind.supervision.number(number, ordinal), ordinal: ordinal, order: order,
                unit: unit?.code, occasion: occasion, demand: demand, deadline: deadline(.supervision, due),
                recipients: Recipient.two(for: .supervision, unit: unit, columns: columns), at: now, basis: basis))
    }

    private func deadline(_ rule: ClockRule, _ due: Instant?) -> Deadline {
        let span = due.map { ClockSpan.natural(milliseconds: ($0 - now).wholeMilliseconds) }
        return DeadlineRules.deadline(rule, start: now, calendar: reference.calendar, span: span)
    }
}

/// 重大通报: one leader after the other is called until one acknowledges, round and round (domain.md §3.3, §4 row 4).
struct LeaderCalls {
    let reference: Reference
    let number: CaseNumber
    let now: Instant

    /// The first call, at once when the danger is reported.
    func first(_ major: MajorReported) -> Fact {
        let basis = Basis.rule(
            Reason(
                rule: "leader.call", text: "重大直报,即时通报\(LeaderChain(major.leaders).leader(1).title)",
                inputs: major.leaders.map(\.rawValue), reference: reference.version))
        return call(1, LeaderChain(major.leaders), basis)
    }

    /// Nobody acknowledged in time: the next one.
    func next(_ clock: CaseClock, _ basis: Basis) -> Fact {
        call((Self.call(of: clock) ?? 0) + 1, LeaderChain(clock.chain ?? []), basis)
    }

    /// Which call a clock waits for.
    static func call(of clock: CaseClock) -> Int? { clock.name.split(separator: "/").last.flatMap { Int($0) } }

    private func call(_ call: Int, _ chain: LeaderChain, _ basis: Basis) -> Fact {
        .leaderCalled(
            .init(
                number: number, call: call, leader: chain.leader(call), chain: chain.leaders,
                deadline: DeadlineRules.deadline(.majorAcknowledge, start: now, calendar: reference.calendar),
                at: now, basis: basis))
    }
}

import Contracts
import Foundation
import Governance

/// 提醒单 and 督办单: numbered within the case, with their own due and two recipients, the sponsor of the case besides.
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
                sign: deadline(.formSign, nil),
                recipients: recipients(.reminder), at: now, basis: basis))
    }

    func supervision(_ demand: String, occasion: ClockRule?, due: Instant? = nil, basis: Basis) -> Fact {
        let ordinal = columns.supervision.supervisions + 1
        return .caseSupervised(
            .init(
                number: number, form: FormKind.supervision.number(number, ordinal), ordinal: ordinal, order: order,
                unit: unit?.code, occasion: occasion, demand: demand, deadline: deadline(.supervision, due),
                sign: deadline(.formSign, nil),
                recipients: recipients(.supervision), at: now, basis: basis))
    }

    private func recipients(_ rule: ClockRule) -> [Recipient] {
        Recipient.two(for: rule, unit: unit, columns: columns) + Recipient.sponsor(of: columns)
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
    /// The units that go: the leader is told who is on duty there.
    let units: [UnitCode]
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

    /// Nobody signed the form in time: the next leader is called about it (domain.md §4 row 4).
    func nextSigner(_ clock: CaseClock, _ basis: Basis) -> [Fact] {
        guard let leader = clock.nextLeader, let mark = FormMark(signing: clock) else { return [] }
        return [
            .leaderCalled(
                .init(
                    number: number, call: (clock.call ?? 0) + 1, leader: leader, chain: clock.chain ?? [],
                    form: "\(number.text)-\(mark.text)",
                    deadline: DeadlineRules.deadline(.formSign, start: now, calendar: reference.calendar),
                    duties: duties, at: now, basis: basis))
        ]
    }

    /// Which call a clock waits for.
    static func call(of clock: CaseClock) -> Int? { clock.name.split(separator: "/").last.flatMap { Int($0) } }

    private func call(_ call: Int, _ chain: LeaderChain, _ basis: Basis) -> Fact {
        .leaderCalled(
            .init(
                number: number, call: call, leader: chain.leader(call), chain: chain.leaders,
                deadline: DeadlineRules.deadline(.majorAcknowledge, start: now, calendar: reference.calendar),
                duties: duties, at: now, basis: basis))
    }

    private var duties: [UnitDuty]? { reference.duties(in: units, at: now) }
}

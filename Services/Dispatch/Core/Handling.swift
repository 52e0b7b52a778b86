import CaseLog
import Contracts
import Governance

/// 见面, 进展, 办结反馈, 核实.
struct Handling {
    let desk: OrderDesk
    let order: StoredOrder

    func decide(_ command: Contracts.Command) throws -> OrderDesk.Outcome {
        switch command {
        case .meetParty(let meet): return try self.meet(meet)
        case .noteProgress(let progress):
            let note = try desk.text(progress.note, "note")
            let names = progress.targets?.names ?? []
            for name in names { _ = try desk.text(name, "targets") }
            guard Set(names).count == names.count else { throw DispatchRefusals.targetTwice }
            return Decision(facts: [
                .orderProgressed(
                    .init(
                        number: progress.number, order: order.name, kind: progress.kind,
                        substantive: progress.kind.isSubstantive, note: note,
                        targets: names.isEmpty ? nil : progress.targets, at: desk.now, basis: desk.basis()))
            ])
        case .finishOrder(let finish):
            let reply = try desk.text(finish.reply, "reply")
            return Decision(facts: [
                .orderFinished(
                    .init(
                        number: finish.number, order: order.name, outcome: finish.outcome, reply: reply,
                        evidence: finish.evidence ?? [], at: desk.now, basis: desk.basis()))
            ])
        case .verifyCase(let verify):
            return Decision(facts: [
                .caseVerified(
                    .init(
                        number: verify.number, order: order.name, note: verify.note, at: desk.now, basis: desk.basis()))
            ])
        case .rejectCase(let reject):
            let reason = try desk.text(reject.reason, "reason")
            return Decision(facts: [
                .caseRejected(
                    .init(
                        number: reject.number, order: order.name, reason: reason, at: desk.now,
                        basis: desk.basis(reason)))
            ])
        default: throw DispatchRefusals.notHere(command.type)
        }
    }

    /// Time, place and person (row 52); by phone only for an ordinary appeal, without a party only with the reason.
    private func meet(_ meet: MeetParty) throws -> OrderDesk.Outcome {
        let metAt = meet.metAt ?? desk.now
        guard metAt <= desk.now, metAt >= order.issued else { throw DispatchRefusals.meetingTime(order.issued) }
        switch meet.how {
        case .inPerson:
            _ = try desk.text(meet.place ?? "", "place")
            _ = try desk.text(meet.person ?? "", "person")
        case .phone:
            guard desk.columns.triage.gravity != .major, desk.columns.triage.kind ?? .appeal == .appeal,
                !desk.columns.triage.colour.isHigh
            else { throw DispatchRefusals.phone }
            _ = try desk.text(meet.person ?? "", "person")
        case .noParty:
            guard desk.columns.triage.kind != .dispute, desk.columns.triage.kind != .person else {
                throw DispatchRefusals.party
            }
            _ = try desk.text(meet.note ?? "", "note")
        }
        return Decision(facts: [
            .orderMet(
                .init(
                    number: meet.number, order: order.name, how: meet.how, metAt: metAt, place: meet.place,
                    person: meet.person, note: meet.note, at: desk.now, basis: desk.basis()))
        ])
    }
}

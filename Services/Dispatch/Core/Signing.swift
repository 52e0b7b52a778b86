import CaseLog
import Contracts
import Governance

/// 签收, 退单 and its review.
struct Signing {
    let desk: OrderDesk
    let order: StoredOrder

    func decide(_ command: Contracts.Command) throws -> OrderDesk.Outcome {
        switch command {
        case .signOrder(let sign): return try self.sign(sign)
        case .returnOrder(let back): return try giveBack(back)
        case .acceptReturn(let accept): return try self.accept(accept)
        case .refuseReturn(let refuse):
            let reason = try desk.text(refuse.reason, "reason")
            return Decision(facts: [
                .returnRefused(
                    .init(number: refuse.number, order: order.name, at: desk.now, basis: desk.basis(reason)))
            ])
        default: throw DispatchRefusals.notHere(command.type)
        }
    }

    private func sign(_ sign: SignOrder) throws -> OrderDesk.Outcome {
        if let delegate = sign.delegate {
            _ = try desk.text(delegate.name, "delegate.name")
            _ = try desk.text(delegate.document, "delegate.document")
        }
        return Decision(facts: [
            .orderSigned(
                .init(
                    number: sign.number, order: order.name, unit: order.main, delegate: sign.delegate, at: desk.now,
                    basis: desk.basis()))
        ])
    }

    private func giveBack(_ back: ReturnOrder) throws -> OrderDesk.Outcome {
        let reason = try desk.text(back.reason, "reason")
        let proposed = try desk.unit(back.proposed, "proposed")
        guard proposed != order.main else { throw DispatchRefusals.ownUnit }
        return Decision(facts: [
            .orderReturned(
                .init(
                    number: back.number, order: order.name, unit: order.main, proposed: proposed, reason: reason,
                    at: desk.now, basis: desk.basis(reason)))
        ])
    }

    /// The order ends and the next unit gets one of its own, in one decision: no moment without an owner.
    private func accept(_ accept: AcceptReturn) throws -> OrderDesk.Outcome {
        guard let next = accept.next ?? order.proposed else { throw Refusal.blank("next") }
        let unit = try desk.unit(next, "next")
        guard unit != order.main else { throw DispatchRefusals.ownUnit }
        let basis = desk.basis(accept.reason ?? "同意退单,改派\(desk.reference.units[unit]?.name ?? unit.text)")
        let issued = Dispatching(reference: desk.reference, columns: desk.columns, now: desk.now)
            .order(accept.number, main: unit, assists: order.assists, why: basis)
        return Decision(facts: [
            .returnAccepted(
                .init(number: accept.number, order: order.name, next: unit, at: desk.now, basis: basis)),
            issued,
        ])
    }
}

import Contracts
public import Governance

extension CaseColumns {
    /// What a fact of Dispatch does to the columns of the case it is about. Facts of others change nothing here.
    mutating func applyDispatch(_ fact: Fact) {
        switch fact {
        case .orderIssued(let issued): apply(issued)
        case .orderRetimed(let retimed):
            dispatch.due = OrderDue.due(of: retimed.clocks) ?? dispatch.due
            dispatch.clocksSince = retimed.at
        case .orderSigned(let signed): move(to: .signed, by: signed.basis)
        case .orderReturned:
            dispatch.state = .returnReview
            dispatch.returns += 1
        case .returnAccepted:
            dispatch.state = .none
            dispatch.order = nil
        case .returnRefused:
            dispatch.state = .issued
            dispatch.designated = true
        case .orderMet(let met): move(to: met.how == .noParty ? .handling : .met, by: met.basis)
        case .orderProgressed(let progressed):
            move(to: .handling, by: progressed.basis)
            if progressed.substantive { dispatch.stallSince = progressed.at }
        case .orderFinished(let finished): move(to: .reported, by: finished.basis)
        default: applyPause(fact)
        }
    }

    private mutating func applyPause(_ fact: Fact) {
        switch fact {
        case .extensionAsked: dispatch.state = .extensionReview
        case .extensionGranted(let granted):
            dispatch.state = .handling
            dispatch.due = OrderDue.due(of: granted.clocks) ?? dispatch.due
            dispatch.clocksSince = granted.at
        case .extensionRefused, .mediationEnded, .caseRejected: dispatch.state = .handling
        case .orderSuspended(let suspended):
            dispatch.state = .suspended
            dispatch.clocksSince = suspended.at
        case .orderResumed(let resumed):
            dispatch.state = .handling
            dispatch.due = OrderDue.due(of: resumed.clocks) ?? dispatch.due
            dispatch.clocksSince = resumed.at
            dispatch.stallSince = resumed.at
            dispatch.errand?.since = resumed.at
        case .mediationReferred: dispatch.state = .mediating
        case .caseVerified(let verified):
            dispatch.state = .closed
            dispatch.verifiedAt = verified.at
            dispatch.verifiedBy = verified.basis.actor?.subject
            dispatch.openAssists = 0
        case .errandSent(let sent):
            dispatch.errand = Errand(unit: sent.unit, task: sent.task, since: sent.at)
            dispatch.addHandlingUnit(sent.unit)
        case .errandFinished(let finished):
            dispatch.errand = nil
            if let actor = finished.basis.actor { dispatch.addHandler(actor.subject) }
        case .caseWithdrawn: dispatch.withdrawn = true
        default: break
        }
    }

    private mutating func apply(_ issued: OrderIssued) {
        if dispatch.cycle != wantedCycle {
            dispatch.cycle = wantedCycle
            dispatch.returns = 0
        }
        dispatch.state = .issued
        dispatch.order = issued.order
        dispatch.orders += 1
        dispatch.mainUnit = issued.main
        dispatch.assistUnits = issued.assists
        dispatch.openAssists = issued.assists.count
        dispatch.errand = nil
        dispatch.designated = issued.designated
        dispatch.verifiedAt = nil
        dispatch.due = OrderDue.due(of: issued.clocks)
        dispatch.originalDue = dispatch.due
        dispatch.clocksSince = issued.at
        dispatch.stallSince = issued.at
        for unit in [issued.main] + issued.assists { dispatch.addHandlingUnit(unit) }
    }

    private mutating func move(to state: DispatchColumns.State, by basis: Basis) {
        dispatch.state = state
        if let actor = basis.actor { dispatch.addHandler(actor.subject) }
    }
}

/// Which of an order's clocks says when the order itself is due.
public enum OrderDue {
    /// The strictest of the handling clocks; the meeting clock when there is no other.
    public static func due(of clocks: [Deadline]) -> Instant? {
        let handling = clocks.filter { $0.clock == .respond || $0.clock == .complex }
        return (handling.isEmpty ? clocks : handling).map(\.due).min()
    }
}

extension CaseColumns {
    /// How many times the case was to be handled anew: reopened by Revisit or revived by Supervision.
    public var wantedCycle: Int { revisit.reopens + supervision.revivals }

    /// Reopened or revived, and Dispatch has not issued the new order yet.
    public var awaitsNewOrder: Bool { dispatch.cycle < wantedCycle }

    /// Drawn for an on-site revisit that is still to be made.
    public var awaitsOnSite: Bool { revisit.drawnCycle == dispatch.cycle && revisit.onSiteCycle != dispatch.cycle }

    /// Who proposed to strike off the current handling; nil when nobody did.
    public var strikeOffProposer: String? {
        supervision.strikeOffProposedCycle == dispatch.cycle ? supervision.strikeOffProposedBy : nil
    }

    /// 提级 is proposed and waits for a person: nothing substantive happened since.
    public var hasRaiseProposal: Bool {
        guard let proposed = supervision.raiseProposedAt, stage.hasOpenOrder else { return false }
        return dispatch.stallSince.map { $0 < proposed } ?? true
    }

    /// A 督办单 was issued in the current handling.
    public var isSupervised: Bool { supervision.supervisedCycle == wantedCycle }

    /// The overall state (domain.md §3.2), the same for deciders, console and audit.
    public var stage: Stage {
        switch triage.state {
        case .answered: return .answered
        case .redirected: return .redirected
        case .moved: return .moved
        case .joined: return .joined
        case .received, .accepted, .assessed: break
        }
        if dispatch.withdrawn { return .withdrawn }
        if awaitsNewOrder { return .assessed }
        return orderStage
    }

    private var orderStage: Stage {
        switch dispatch.state {
        case .none:
            switch triage.state {
            case .received: .received
            case .accepted: .accepted
            default: .assessed
            }
        case .issued: .dispatched
        case .returnReview: .returnReview
        case .signed: .signed
        case .met: .met
        case .handling: .handling
        case .extensionReview: .extensionReview
        case .suspended: .suspended
        case .mediating: .mediating
        case .reported: .reported
        case .closed:
            if supervision.struckOffCycle == dispatch.cycle {
                .struckOff
            } else if revisit.passedCycle == dispatch.cycle {
                .revisited
            } else {
                .verified
            }
        }
    }
}

/// The overall state of a case, see ``CaseColumns/stage``.
public func stage(of columns: CaseColumns) -> Stage { columns.stage }

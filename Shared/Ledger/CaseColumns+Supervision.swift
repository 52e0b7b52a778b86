import Contracts
import Governance

extension CaseColumns {
    /// What a fact of Supervision does to the columns of the case it is about. Facts of others change nothing here.
    mutating func applySupervision(_ fact: Fact) {
        switch fact {
        case .caseReminded: supervision.reminders += 1
        case .caseSupervised:
            supervision.supervisions += 1
            supervision.supervisedCycle = wantedCycle
        case .raiseProposed(let proposed): supervision.raiseProposedAt = proposed.at
        case .levelRaised:
            supervision.raised += 1
            supervision.raiseProposedAt = nil
        case .caseAcknowledged: supervision.acknowledged = true
        case .strikeOffProposed(let proposed):
            supervision.strikeOffProposedBy = proposed.basis.actor?.subject
            supervision.strikeOffProposedCycle = proposed.cycle
        case .caseStruckOff(let struckOff): supervision.struckOffCycle = struckOff.cycle
        case .caseRevived: supervision.revivals += 1
        default: break
        }
    }

    /// Whether a fact of Supervision comes too late: its clock stopped or was started anew, its case ended or went on.
    func isGone(supervision fact: Fact) -> Bool {
        switch fact {
        case .caseWarned(let warned):
            return !runs(warned.rule, order: warned.order, occasion: warned.occasion)
                || warned.since < restarted(warned.rule)
        case .leaderCalled: return !runs(.majorAcknowledge, order: nil)
        case .caseReminded(let reminded): return isGone(order: reminded.order)
        case .caseSupervised(let supervised): return isGone(order: supervised.order)
        case .strikeOffProposed(let proposed): return stage != .revisited || dispatch.cycle != proposed.cycle
        case .caseStruckOff(let struckOff): return stage != .revisited || dispatch.cycle != struckOff.cycle
        case .caseRevived: return stage != .struckOff
        case .vaultUnsealed: return false
        default: return !stage.isOpen
        }
    }

    private func isGone(order: String?) -> Bool {
        guard stage.isOpen else { return true }
        return order.map { $0 != dispatch.order } ?? false
    }

    /// When another service last started a clock anew.
    private func restarted(_ rule: ClockRule) -> Instant {
        let since: Instant? =
            switch rule {
            case .meet, .respond, .complex, .suspensionReview: dispatch.clocksSince
            case .stall, .stallProposal: dispatch.stallSince
            default: nil
            }
        return since ?? Instant(milliseconds: 0)
    }
}

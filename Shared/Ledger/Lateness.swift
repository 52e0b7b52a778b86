public import Contracts
public import Governance

/// When a fact comes too late where it lands: another service changed what it rests on (design.md §3, "facts are about
/// the place where they land"). Only foreign preconditions are looked at, because a service never outruns itself.
public enum Lateness {
    /// Whether the fact is late on a case with these columns; nil columns: the case is not known here yet.
    public static func isGone(_ fact: Fact, on columns: CaseColumns?) -> Bool {
        guard let columns else { return false }
        switch fact {
        case .caseOpened, .unknown: return false
        case .reportAnswered, .reportRedirected, .reportReaddressed:
            return columns.dispatch.withdrawn || columns.dispatch.order != nil
        // A wrong join may be undone at any time, also after the case was closed.
        case .reportDetached: return columns.dispatch.withdrawn
        case .reportAttached, .caseAccepted, .caseAssessed, .majorReported, .reportQueued, .caseComplained:
            return columns.dispatch.withdrawn || columns.dispatch.state == .closed
        case .warningRaised: return !columns.stage.isOpen
        case .warningConfirmed, .warningCleared, .alarmCleared: return false
        case .caseWarned, .caseReminded, .caseSupervised, .leaderCalled, .caseAcknowledged, .raiseProposed,
            .levelRaised, .formSigned, .formRectified, .formSettled, .formWithdrawn, .bellChecked, .minutesRecorded,
            .caseSponsored, .sponsorEnded, .strikeOffProposed, .caseStruckOff, .caseRevived, .vaultUnsealed,
            .petitionExtended, .petitionAsked, .petitionHeard, .petitionAnswered:
            return columns.isGone(supervision: fact)
        case .revisitPassed(let passed): return !columns.isClosed(passed.cycle)
        case .revisitReopened(let reopened):
            return !columns.isClosed(reopened.cycle) || columns.supervision.struckOffCycle == reopened.cycle
        case .revisitPlanned, .revisitAttempted, .revisitVisited: return columns.dispatch.withdrawn
        case .revisitDrawn: return false
        default: return columns.triage.hasEnded
        }
    }

    /// Whether a case may still give its appeals up to another.
    static func cannotJoin(_ columns: CaseColumns?) -> Bool {
        guard let columns else { return false }
        return columns.dispatch.withdrawn || columns.dispatch.order != nil
    }
}

extension CaseColumns {
    /// That handling stands closed: what a revisit rests on.
    fileprivate func isClosed(_ cycle: Int) -> Bool {
        dispatch.state == .closed && dispatch.cycle == cycle && !dispatch.withdrawn
    }
}

extension TriageColumns {
    /// Triage ended the case before any order: there is nothing to dispatch.
    var hasEnded: Bool {
        switch state {
        case .answered, .redirected, .moved, .joined: true
        case .received, .accepted, .assessed: false
        }
    }
}

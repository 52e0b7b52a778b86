import Contracts
import Governance

extension CaseColumns {
    /// What a fact of Triage does to the columns of the case it is about. Facts of others change nothing here.
    mutating func applyTriage(_ fact: Fact) {
        switch fact {
        case .caseOpened(let opened):
            triage.home = opened.number.home
            triage.kind = opened.kind
            note(opened.clocks)
        case .caseAccepted: if triage.state == .received { triage.state = .accepted }
        case .caseAssessed(let assessed): apply(assessed)
        case .majorReported: triage.directReport = true
        case .reportAttached(let attached):
            if !attached.opening { triage.appeals += 1 }
            note(attached.clocks)
        case .reportDetached(let detached): part(detached)
        case .reportAnswered: triage.state = .answered
        case .reportRedirected: triage.state = .redirected
        case .reportReaddressed: triage.state = .moved
        case .caseComplained(let complained): triage.addComplaint(about: complained.unit)
        case .warningRaised(let raised): triage.raise(CaseWarning(name: raised.warning, raisedAt: raised.at))
        case .warningConfirmed(let confirmed): triage.moveWarning(confirmed.warning, to: .confirmed)
        case .warningCleared(let cleared):
            triage.moveWarning(cleared.warning, to: cleared.outcome == .resolved ? .resolved : .falseAlarm)
        default: break
        }
    }

    /// What the clocks of its source say of an appeal: a bell 铃铛 that nobody answered, or a petition.
    private mutating func note(_ clocks: [Deadline]?) {
        for clock in clocks ?? [] {
            if clock.clock == .bellVisit { triage.bells = (triage.bells ?? 0) + 1 }
            if clock.clock == .petitionAnswer { triage.isPetition = true }
        }
    }

    /// A case whose last appeal moved to another is 已并案.
    private mutating func part(_ detached: ReportDetached) {
        triage.appeals = max(triage.appeals - 1, 0)
        guard triage.appeals == 0 else { return }
        triage.state = .joined
        triage.joinedTo = detached.to
    }

    private mutating func apply(_ assessed: CaseAssessed) {
        triage.state = .assessed
        triage.kind = assessed.kind
        triage.colour = assessed.colour
        triage.gravity = assessed.gravity
        triage.mode = assessed.mode
        triage.track = assessed.track
        triage.item = assessed.item
    }
}

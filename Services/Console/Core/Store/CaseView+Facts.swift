import Contracts
import Governance
import Ledger

extension CaseView {
    /// What a fact tells beyond the columns.
    mutating func take(_ fact: Fact, at time: Instant) {
        updated = max(updated, time.milliseconds)
        switch fact {
        case .caseOpened(let body):
            opened = body.at.milliseconds
            take(body.appeal)
        case .caseAssessed(let body): take(body)
        case .reportQueued(let body):
            queuedAt = body.at.milliseconds
            queueWhy = body.basis.reasons.isEmpty ? nil : body.basis.reasons.map(\.text).joined(separator: ";")
            candidates = body.candidates.joined(separator: ",")
            if title.isEmpty { take(body.appeal) }
        case .reportAttached(let body):
            queuedAt = nil
            if title.isEmpty { take(body.appeal) }
        case .reportAnswered, .reportRedirected, .reportReaddressed, .caseAccepted: queuedAt = nil
        case .orderIssued(let body):
            issuedAt = issuedAt ?? body.at.milliseconds
            (warnedRule, warnedAt) = (nil, nil)
            proposed = nil
            askedUntil = nil
            set(body.clocks)
        case .orderReturned(let body): proposed = body.proposed.text
        case .returnAccepted, .returnRefused: proposed = nil
        case .extensionAsked(let body): askedUntil = body.until.milliseconds
        case .extensionGranted(let body):
            askedUntil = nil
            set(body.clocks + errandClocks)
        case .extensionRefused: askedUntil = nil
        case .orderResumed(let body): set(body.clocks + errandClocks(resumed: body.at))
        case .orderRetimed(let body): set(body.clocks + errandClocks)
        case .caseWarned(let body) where body.point == .due:
            warnedRule = body.rule.rawValue
            warnedAt = body.at.milliseconds
        default: takeClock(fact)
        }
    }

    /// Clocks beside those of the order.
    private mutating func takeClock(_ fact: Fact) {
        switch fact {
        case .errandSent(let body):
            if let clock = body.clock { keep(clock) }
        case .errandFinished: set(deadlines.filter { $0.clock != .errand })
        case .revisitPlanned(let body): keep(body.phone)
        case .petitionAsked(let body): keep(body.deadline)
        case .petitionHeard(let body): keep(body.deadline)
        default: break
        }
    }

    private mutating func take(_ appeal: Appeal) {
        title = appeal.title
        source = appeal.source
        place = appeal.place?.text ?? place
    }

    private mutating func take(_ assessed: CaseAssessed) {
        item = assessed.item
        itemName = assessed.itemName
        category = assessed.category
        place = assessed.place?.text ?? place
        assessedAt = assessedAt ?? assessed.at.milliseconds
        if byRule == nil { byRule = assessed.basis.actor == nil }
        queuedAt = nil
    }

    /// In place of an earlier one of its kind.
    private mutating func keep(_ deadline: Deadline) { set(deadlines.filter { $0.rule != deadline.rule } + [deadline]) }

    /// What changes the order's clocks leaves that of an errand 代办 alone.
    private var errandClocks: [Deadline] { deadlines.filter { $0.clock == .errand } }

    /// The errand's clock behind the 挂账 in which it stood with the order. The fact brings the order's clocks only, so it is moved
    /// as Supervision moves it (``CaseClock/goOn(stopped:resumed:)``): a fold asks no calendar.
    private func errandClocks(resumed: Instant) -> [Deadline] {
        let stopped = current == .suspended ? Instant(milliseconds: stageSince) : resumed
        return errandClocks.map {
            DeadlineRules.resumed($0, stopped: stopped, resumed: resumed, calendar: .empty)
        }
    }

    private mutating func set(_ deadlines: [Deadline]) {
        clocks = (try? Self.memo.text(of: deadlines)) ?? clocks
    }

    /// What the columns say, after the facts of a record.
    mutating func take(_ columns: CaseColumns, at time: Instant) {
        let triage = columns.triage
        let dispatch = columns.dispatch
        kind = triage.kind?.rawValue
        colour = triage.colour.rawValue
        severity = triage.colour.severity
        gravity = triage.gravity?.rawValue
        mode = triage.mode?.rawValue
        track = triage.track?.rawValue
        appeals = triage.appeals
        direct = triage.directReport
        mainUnit = dispatch.state == .none ? nil : dispatch.mainUnit?.text
        assists = dispatch.state == .none ? "" : dispatch.assistUnits.map(\.text).joined(separator: ",")
        designated = dispatch.designated
        take(columns.supervision, columns)
        due = dispatch.due?.milliseconds
        originalDue = dispatch.originalDue?.milliseconds
        verifiedAt = dispatch.verifiedAt?.milliseconds
        visitOwed = columns.awaitsOnSite
        let now = columns.stage
        if now.rawValue != stage { stageSince = time.milliseconds }
        stage = now.rawValue
        isOpen = now.isOpen
        endedAt = now.isOpen ? nil : (endedAt ?? time.milliseconds)
        if !now.isOpen || now != .received { queuedAt = nil }
        chooseClock(now, due: dispatch.due, remedy: columns.pendingRemedy?.instance.clock)
    }

    private mutating func take(_ supervision: SupervisionColumns, _ columns: CaseColumns) {
        reminders = supervision.reminders
        supervisions = supervision.supervisions
        raised = supervision.raised
        raiseProposed = columns.hasRaiseProposal
        unacknowledged = columns.runs(.majorAcknowledge, order: nil)
        signer = columns.formSigner?.rawValue
        unsettled = columns.stage.isOpen && !columns.unsettledForms.isEmpty
        sponsor = supervision.sponsor?.subject
        sponsorName = supervision.sponsor?.name
        onLedger =
            onLedger || sponsor != nil || direct || gravity == Gravity.major.rawValue || columns.triage.colour.isHigh
        if !columns.stage.hasOpenOrder { (warnedRule, warnedAt) = (nil, nil) }
    }

    /// The clock that a person must look at now: the meeting until it was held, then the order's own; once it is closed the phone
    /// revisit's, or that of an opinion 复查、复核意见 that is owed. A case that ended or is suspended has none, so that it is never
    /// shown overdue.
    private mutating func chooseClock(_ stage: Stage, due: Instant?, remedy: ClockRule?) {
        nextRule = nil
        nextStart = nil
        nextDue = nil
        let all = deadlines
        let chosen: Deadline? =
            switch stage {
            case .dispatched, .signed, .returnReview:
                all.filter { $0.clock != .stall }.min { ($0.due, $0.rule) < ($1.due, $1.rule) }
            case .met, .handling, .extensionReview, .mediating: all.first { $0.due == due } ?? all.first
            case .verified:
                all.filter { $0.clock == .revisitPhone || (remedy != nil && $0.clock == remedy) }
                    .min { ($0.due, $0.rule) < ($1.due, $1.rule) }
            case .revisited, .struckOff: remedy.flatMap { rule in all.first { $0.clock == rule } }
            default: nil
            }
        guard let chosen else { return }
        nextRule = chosen.rule
        nextStart = chosen.start.milliseconds
        nextDue = chosen.due.milliseconds
    }
}

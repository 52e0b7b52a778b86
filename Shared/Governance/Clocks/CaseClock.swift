public import struct Foundation.UUID

/// One clock of a case 时钟, running or stopped, with what it already said. Supervision keeps them (domain.md §3.3).
public struct CaseClock: Hashable, Sendable, Codable {
    /// The moment a clock speaks 预警点: at 70 % used and at due, once each.
    public enum Point: String, CaseIterable, Sendable, Codable {
        /// 即将到期: 70 % used.
        case soon
        /// 到期
        case due
    }

    /// Unique within the case: `meet`, `reminder/1`.
    public var name: String
    /// Start, due, warning and explanation.
    public var deadline: Deadline
    /// The order it belongs to; nil for one of the case itself. It dies with its order.
    public var order: String?
    /// The clock whose breach gave cause to a 提醒单 or 督办单.
    public var occasion: ClockRule?
    /// The leaders who are called in turn, for a clock of calls.
    public var chain: [Role]?
    /// When it was last started, started anew or resumed.
    public var since: Instant
    /// The fact that did so: a timer's identity.
    public var startedBy: UUID
    /// 70 % was told.
    public var isWarned = false
    /// Due was told.
    public var isFired = false
    /// When it stopped, while it stands.
    public var stopped: Instant?

    /// A clock that runs from now on.
    public init(
        _ deadline: Deadline, name: String? = nil, order: String? = nil, occasion: ClockRule? = nil, since: Instant,
        startedBy: UUID
    ) {
        self.name = name ?? deadline.rule
        self.deadline = deadline
        self.order = order
        self.occasion = occasion
        self.since = since
        self.startedBy = startedBy
    }

    /// The rule; nil for one that a newer version made.
    public var rule: ClockRule? { deadline.clock }

    /// Moves what is left of the clock behind the time in which it stood 挂账. A fold of facts asks no calendar: of the days of
    /// rest it knows the weekends only, and the deadline says so.
    public mutating func goOn(stopped: Instant, resumed: Instant) {
        guard !isFired else { return }
        deadline = DeadlineRules.resumed(deadline, stopped: stopped, resumed: resumed, calendar: .empty)
    }

    /// What it says next and when; nil when it stands or has said all.
    public var next: (point: Point, at: Instant)? {
        guard stopped == nil, !isFired, rule != nil else { return nil }
        guard !isWarned, let warning = deadline.warning, warning < deadline.due else { return (.due, deadline.due) }
        return (.soon, warning)
    }

    /// What it says at an instant: what is over is told as over, never as nearly over.
    public func point(at now: Instant) -> Point? {
        guard let next, next.at <= now else { return nil }
        return now >= deadline.due ? .due : next.point
    }
}

/// The clocks of one case 时钟表, as a fold of its facts.
public struct ClockBoard: Hashable, Sendable, Codable {
    /// By name.
    public private(set) var clocks: [CaseClock] = []

    /// No clock.
    public init() {}

    /// The clock of that name.
    public subscript(_ name: String) -> CaseClock? { clocks.first { $0.name == name } }

    /// When the next clock speaks.
    public var next: Instant? { clocks.compactMap { $0.next?.at }.min() }

    /// The clocks that speak at an instant, what is due first on top.
    public func speaking(at now: Instant) -> [(clock: CaseClock, point: CaseClock.Point)] {
        clocks.compactMap { clock in clock.point(at: now).map { (clock, $0) } }
            .sorted { ($0.clock.deadline.due, $0.clock.name) < ($1.clock.deadline.due, $1.clock.name) }
    }

    /// Starts a clock; one of the same name is replaced.
    public mutating func start(_ clock: CaseClock) {
        clocks.removeAll { $0.name == clock.name }
        clocks.append(clock)
        clocks.sort { $0.name < $1.name }
    }

    /// Takes clocks away for good.
    public mutating func remove(where gone: (CaseClock) -> Bool) { clocks.removeAll(where: gone) }

    /// Changes the clock of that name.
    public mutating func change(_ name: String, _ body: (inout CaseClock) -> Void) {
        guard let index = clocks.firstIndex(where: { $0.name == name }) else { return }
        body(&clocks[index])
    }

    /// Stops what no longer runs and lets go what runs again, as ``CaseColumns/runs(_:)`` says. What runs again keeps what it
    /// already said, and its timer is another one: `fact` is what resumed it.
    public mutating func settle(_ columns: CaseColumns, by fact: UUID, at time: Instant) {
        if columns.stage.isEnd || columns.stage == .struckOff {
            clocks.removeAll { !columns.runs($0) }
            return
        }
        for index in clocks.indices {
            let runs = columns.runs(clocks[index])
            if runs, clocks[index].stopped != nil {
                clocks[index].stopped = nil
                clocks[index].startedBy = fact
            } else if !runs, clocks[index].stopped == nil {
                clocks[index].stopped = time
            }
        }
    }
}

extension CaseColumns {
    /// Whether a clock of the case runs 走表: a pure function of the columns, so that the audit, the console and the decider
    /// agree on what comes too late.
    public func runs(_ clock: CaseClock) -> Bool {
        clock.rule.map { runs($0, order: clock.order, occasion: clock.occasion) } ?? false
    }

    /// Whether a clock with that rule runs.
    ///
    /// - 见面 until the meeting; 24 h and 3 working days until the unit reports; a 挂账 stops both and the two weeks.
    /// - Statutory clocks run on through a 挂账.
    /// - 代办 until whoever was sent has finished; a 挂账 stops it with the order.
    /// - 重大通报 while nobody has assessed what a device reported; 电话回访 while the closing waits for its revisit.
    /// - 复查 and 复核 of a petition while the opinion is owed, also after 销号: the right to ask outlives it.
    public func runs(_ rule: ClockRule, order: String?, occasion: ClockRule? = nil) -> Bool {
        if let instance = PetitionInstance(clock: rule) { return !stage.isEnd && pendingRemedy?.instance == instance }
        guard stage.isOpen else { return false }
        if let order, order != dispatch.order || awaitsNewOrder { return false }
        switch rule {
        case .meet: return isUnmet
        case .reminder, .weeklyMeeting, .formSign: return occasion == .meet ? isUnmet : owesWork
        case .respond, .complex, .stall, .stallProposal, .supervision: return owesWork
        case .errand: return dispatch.errand != nil && owesWork
        case .suspensionReview: return stage == .suspended
        case .majorAcknowledge: return triage.directReport && !supervision.acknowledged && dispatch.state != .closed
        case .petitionInform: return dispatch.orders == 0
        case .petitionAnswer: return owesWork || stage == .suspended
        case .majorNotice: return [.received, .accepted].contains(stage) && !triage.directReport
        case .revisitPhone: return stage == .verified
        case .bellCall: return bellCalled < bells
        case .bellVisit: return bellSeen < bells
        case .petitionReview, .petitionRecheck: return false
        }
    }

    /// Bells 铃铛 that were not answered, and how many of them somebody called about, and saw to.
    public var bells: Int { triage.bells ?? 0 }
    private var bellCalled: Int { max(supervision.bellCalled ?? 0, bellSeen) }
    private var bellSeen: Int { supervision.bellSeen ?? 0 }
    /// A bell that nobody saw to yet.
    public var bellRings: Bool { bellSeen < bells }

    /// Nobody has met the party yet.
    private var isUnmet: Bool { [.dispatched, .returnReview, .signed].contains(stage) }

    /// Somebody is to work on it now: not reported, not closed, not suspended.
    private var owesWork: Bool { stage.isOpen && ![.reported, .verified, .revisited, .suspended].contains(stage) }

    /// The unit acted on it 已处置: the first of the two readings of "24 小时内响应处置" (domain.md §3.3, reading a).
    public var hasActed: Bool {
        [.handling, .extensionReview, .suspended, .mediating, .reported].contains(stage)
    }
}

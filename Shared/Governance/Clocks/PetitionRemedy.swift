/// What a petitioner may ask for against the written answer 救济 (信访工作条例 35, 36; domain.md §3.3): the level above looks at it,
/// then the level above that, and then it is final.
public enum PetitionInstance: String, CaseIterable, Sendable, Codable {
    /// 复查
    case review
    /// 复核
    case recheck

    /// `复查`.
    public var title: String { self == .review ? "复查" : "复核" }

    /// In how long it is asked for.
    public var askTerm: PetitionTerm { self == .review ? .askReview : .askRecheck }

    /// In how long the opinion is given.
    public var term: PetitionTerm { self == .review ? .review : .recheck }

    /// The clock of the opinion.
    public var clock: ClockRule { self == .review ? .petitionReview : .petitionRecheck }

    /// The instance that a clock belongs to; nil for other clocks.
    public init?(clock: ClockRule?) {
        guard let found = Self.allCases.first(where: { $0.clock == clock }) else { return nil }
        self = found
    }
}

/// What the level above says 复查、复核意见.
public enum PetitionOpinion: String, CaseIterable, Sendable, Codable {
    /// 维持: the answer stands.
    case upheld
    /// 撤销重办: the answer falls, and the matter is handled anew.
    case overturned
}

/// The 复查 or 复核 of a case that was asked for last. An answer that fell has none: the next answer may be asked about anew.
public struct PetitionRemedy: Hashable, Sendable, Codable {
    /// Which of the two.
    public var instance: PetitionInstance
    /// The handling whose answer it is about.
    public var cycle: Int
    /// Who is to give the opinion 复查、复核机关; nil: an authority above all units of the directory.
    public var unit: UnitCode?
    /// When the opinion is due now.
    public var due: Instant
    /// Days with a hearing 听证, which the term does not count.
    public var hearings: [CivilDate] = []
    /// When the opinion was given in writing; nil while it is owed.
    public var answeredAt: Instant?
    /// Who gave opinions on this answer.
    public var reviewers: [String]

    /// One just asked for.
    public init(
        _ instance: PetitionInstance, cycle: Int, unit: UnitCode?, due: Instant, reviewers: [String] = []
    ) {
        self.instance = instance
        self.cycle = cycle
        self.unit = unit
        self.due = due
        self.reviewers = reviewers
    }

    /// The opinion is owed.
    public var isPending: Bool { answeredAt == nil }

    /// Whether it is the actor's authority that owes it. A center's staff without a unit keep the books for all of them.
    public func isOwed(by actor: Actor) -> Bool {
        guard let unit, let own = actor.unit else { return actor.role == .center }
        return own == unit
    }
}

extension CaseColumns {
    /// The 复查 or 复核 whose opinion is owed.
    public var pendingRemedy: PetitionRemedy? { supervision.remedy.flatMap { $0.isPending ? $0 : nil } }

    /// The last one about the answer that stands now.
    public var remedyOfAnswer: PetitionRemedy? { supervision.remedy.flatMap { $0.cycle == dispatch.cycle ? $0 : nil } }

    /// What may be asked for next; nil while an opinion is owed, and after the 复核, which is final.
    public var nextInstance: PetitionInstance? {
        guard pendingRemedy == nil else { return nil }
        guard let remedy = remedyOfAnswer else { return .review }
        return remedy.instance == .review ? .recheck : nil
    }

    /// Until when it may be asked for: 30 days from the written answer, or from the written opinion of the instance before; nil
    /// when there is nothing in writing yet.
    public func askUntil(calendar: WorkCalendar) -> Instant? {
        guard let instance = nextInstance, let from = remedyOfAnswer?.answeredAt ?? dispatch.verifiedAt else {
            return nil
        }
        return instance.askTerm.due(from: from, calendar: calendar)
    }
}

extension DeadlineRules {
    /// The deadline of an opinion 复查、复核意见 after a hearing 听证: its day is not counted, and the first due instant is kept.
    public static func heard(
        _ deadline: Deadline, _ instance: PetitionInstance, on days: [CivilDate], calendar: WorkCalendar
    ) -> Deadline {
        let hearings = Set(days)
        guard let due = instance.term.due(from: deadline.start, hearings: hearings, calendar: calendar),
            due != deadline.due
        else { return deadline }
        var longer = deadline
        longer.originalDue = deadline.originalDue ?? deadline.due
        longer.due = due
        longer.warning = warning(of: longer, calendar: calendar)
        longer.explanation += ";听证 \(hearings.count) 日不计入期限,到期顺延至 \(dueText(due))"
        return longer
    }

    /// Until when the answer to a petition may be extended at most: 30 days more (信访工作条例 34).
    public static func longestAnswer(_ deadline: Deadline, calendar: WorkCalendar) -> Instant? {
        PetitionTerm.answer.due(from: deadline.start, extendedBy: PetitionTerm.longestExtension, calendar: calendar)
    }
}

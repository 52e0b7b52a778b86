/// A due instant 时限 with all that explains it. The due instant is a pure function of start, rule and calendar
/// version (domain.md §3.3); the explanation is stored with it and shown.
public struct Deadline: Hashable, Sendable, Codable {
    /// Stable name of the clock, see ``ClockRule``; text, so that a reader accepts a clock it does not know.
    public var rule: String
    /// How long it runs, when it was made by ``DeadlineRules``.
    public var span: ClockSpan?
    /// From when it runs.
    public var start: Instant
    /// When it is due now; from this instant on it is overdue.
    public var due: Instant
    /// The first due instant, when an extension or a suspension moved it.
    public var originalDue: Instant?
    /// When 70 % are used 预警点; nil on what was written before warnings were.
    public var warning: Instant?
    /// `周五 9月26日 23:59 派单;3 个工作日(当日不计),…;到期 周二 9月30日 24:00`.
    public var explanation: String
    /// Version of the calendar it was computed with; nil for natural time.
    public var calendarVersion: String?
    /// A year it touches had no notice when it was computed: only weekends were skipped.
    public var provisional: Bool

    /// A deadline; rules make them through ``DeadlineRules``.
    public init(
        rule: String, span: ClockSpan? = nil, start: Instant, due: Instant, originalDue: Instant? = nil,
        warning: Instant? = nil, explanation: String, calendarVersion: String? = nil, provisional: Bool = false
    ) {
        self.rule = rule
        self.span = span
        self.start = start
        self.due = due
        self.originalDue = originalDue
        self.warning = warning
        self.explanation = explanation
        self.calendarVersion = calendarVersion
        self.provisional = provisional
    }

    /// The clock, when it is one of ours.
    public var clock: ClockRule? { ClockRule(rawValue: rule) }

    /// Whether the clock ran out before `end`, or before `now` while it still runs. What ended in time is never shown
    /// overdue.
    public func isOverdue(endedAt end: Instant?, now: Instant) -> Bool { (end ?? now) >= due }
}

/// How long a clock runs.
public enum ClockSpan: Hashable, Sendable, Codable {
    /// Natural time: holidays count, to the second.
    case natural(milliseconds: Int64)
    /// Working days: the start day is not counted, it ends at the closing hour of the last one (民法典 201, 203).
    case workingDays(Int)
    /// Days as the law counts them: the start day is not counted, it ends at 24:00 of the last one, and when that is a day of
    /// rest, of the first working day after it (民法典 201, 203).
    case civilDays(Int)
}

/// The clocks of domain.md §3.3. The raw value is the stable name on the wire.
public enum ClockRule: String, CaseIterable, Sendable, Codable {
    /// 24 小时见面 (000): from dispatch.
    case meet
    /// 24 小时响应处置 (002): signed, contacted and acted on; from dispatch.
    case respond
    /// 复杂问题 3 个工作日 (002): from dispatch.
    case complex
    /// 两周无明显进展 (000): from the last substantive progress, else dispatch.
    case stall
    /// 重大通报主要领导 ≤10 秒 (002/001): from the signal.
    case majorNotice = "major_notice"
    /// 重大 acknowledgement ≤15 min: from the notice.
    case majorAcknowledge = "major_acknowledge"
    /// 提醒单 (001): 3 working days when the issuer names no other.
    case reminder
    /// 周会确认 (row 59): an overdue 提醒单 is confirmed as a 督办单 by the weekly meeting; seven days 【ours】, in which each week has one.
    case weeklyMeeting = "weekly_meeting"
    /// 督办单 整改: 3 working days when the issuer names no other 【ours】; then one level up.
    case supervision
    /// 提级 proposal nobody decided: 1 working day.
    case stallProposal = "stall_proposal"
    /// 挂账复核: every 14 days.
    case suspensionReview = "suspension_review"
    /// 代办 (row 31): 3 working days from sending 【ours】.
    case errand
    /// 回访电话: 3 working days from closing.
    case revisitPhone = "revisit_phone"
    /// 单据签收: 1 working day from issue 【ours】, then the next leader is called.
    case formSign = "form_sign"
    /// 铃铛 call: 10 min.
    case bellCall = "bell_call"
    /// 铃铛 visit: 30 min.
    case bellVisit = "bell_visit"
    /// 信访 forward and inform: 15 days from receipt.
    case petitionInform = "petition_inform"
    /// 信访 answer: 60 days from receipt.
    case petitionAnswer = "petition_answer"
    /// 信访 opinion on a review 复查: 30 days from the request.
    case petitionReview = "petition_review"
    /// 信访 opinion on a recheck 复核: 30 days from the request.
    case petitionRecheck = "petition_recheck"

    /// The Chinese name.
    public var title: String {
        switch self {
        case .meet: "24小时见面"
        case .respond: "24小时响应处置"
        case .complex: "3个工作日处置"
        case .stall: "两周进展"
        case .majorNotice: "重大通报"
        case .formSign: "单据签收"
        case .majorAcknowledge: "重大确认"
        case .reminder: "提醒单办结"
        case .weeklyMeeting: "周会确认"
        case .supervision: "督办单整改"
        case .stallProposal: "提级决定"
        case .suspensionReview: "挂账复核"
        case .errand: "代办"
        case .revisitPhone: "电话回访"
        case .bellCall: "铃铛去电"
        case .bellVisit: "铃铛上门"
        case .petitionInform: "信访告知"
        case .petitionAnswer: "信访答复"
        case .petitionReview: "信访复查"
        case .petitionRecheck: "信访复核"
        }
    }

    /// How long it runs.
    public var span: ClockSpan {
        switch self {
        case .meet, .respond: .natural(milliseconds: 24 * 3_600_000)
        case .complex, .reminder, .supervision, .errand, .revisitPhone: .workingDays(3)
        case .stall, .suspensionReview: .natural(milliseconds: 14 * 24 * 3_600_000)
        case .weeklyMeeting: .natural(milliseconds: 7 * 24 * 3_600_000)
        case .majorNotice: .natural(milliseconds: 10_000)
        case .majorAcknowledge: .natural(milliseconds: 15 * 60_000)
        case .stallProposal, .formSign: .workingDays(1)
        case .bellCall: .natural(milliseconds: 10 * 60_000)
        case .bellVisit: .natural(milliseconds: 30 * 60_000)
        case .petitionInform: PetitionTerm.inform.span
        case .petitionAnswer: PetitionTerm.answer.span
        case .petitionReview: PetitionTerm.review.span
        case .petitionRecheck: PetitionTerm.recheck.span
        }
    }

    /// Set by law: runs on through a suspension and is never replaced by ours.
    public var isStatutory: Bool {
        self == .petitionInform || self == .petitionAnswer || PetitionInstance(clock: self) != nil
    }

    /// What starts it, as the explanation says.
    var startWord: String {
        switch self {
        case .meet, .respond, .complex: "派单"
        case .stall: "最近一次实质进展(无则派单)"
        case .majorNotice: "信号"
        case .majorAcknowledge: "通报"
        case .reminder, .supervision, .formSign: "下发"
        case .weeklyMeeting: "提醒单逾期"
        case .stallProposal: "提出"
        case .suspensionReview: "挂账"
        case .errand: "派出代办"
        case .revisitPhone: "办结"
        case .bellCall, .bellVisit: "无应答"
        case .petitionInform, .petitionAnswer: "收到信访"
        case .petitionReview: "收到复查申请"
        case .petitionRecheck: "收到复核申请"
        }
    }
}

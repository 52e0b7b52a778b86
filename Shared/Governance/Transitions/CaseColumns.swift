/// What the services together know of a case. Each group of columns is written by exactly one service (design.md §3:
/// "each column has one author"); the overall state is derived from them by ``stage``. Arrays, never sets: the
/// stored form must be the same for the same history.
public struct CaseColumns: Hashable, Sendable, Codable {
    /// Written by Triage.
    public var triage: TriageColumns
    /// Written by Dispatch.
    public var dispatch: DispatchColumns
    /// Written by Supervision.
    public var supervision: SupervisionColumns
    /// Written by Revisit.
    public var revisit: RevisitColumns

    /// The columns of a case just received.
    public init(
        triage: TriageColumns = TriageColumns(), dispatch: DispatchColumns = DispatchColumns(),
        supervision: SupervisionColumns = SupervisionColumns(), revisit: RevisitColumns = RevisitColumns()
    ) {
        self.triage = triage
        self.dispatch = dispatch
        self.supervision = supervision
        self.revisit = revisit
    }
}

/// What Triage decides of a case.
public struct TriageColumns: Hashable, Sendable, Codable {
    /// How far triage has come.
    public enum State: String, CaseIterable, Sendable, Codable {
        /// 收件
        case received
        /// 受理
        case accepted
        /// 已研判
        case assessed
        /// 已答复
        case answered
        /// 转法定途径
        case redirected
        /// 已移送
        case moved
        /// 已并案
        case joined
    }

    /// How far triage has come.
    public var state = State.received
    /// Where the case travels; nil only in tests.
    public var home: HomeKey?
    /// Kind of matter; nil while unknown.
    public var kind: MatterKind?
    /// Risk colour; grey while unknown.
    public var colour = Colour.grey
    /// Class that decides the time limit; nil while not assessed.
    public var gravity: Gravity?
    /// Handling mode; nil while not assessed.
    public var mode: HandlingMode?
    /// Treatment track; nil while not assessed.
    public var track: TreatmentTrack?
    /// Code of the catalogue item.
    public var item: String?
    /// 直报: leaders were told and the order goes out without waiting for an assessment.
    public var directReport = false
    /// Appeals that belong to the case, the opening one included.
    public var appeals = 1
    /// The case that took its appeals over.
    public var joinedTo: CaseNumber?
    /// Bells 铃铛 that nobody answered, reported so far; nil for none.
    public var bells: Int?
    /// An appeal is a petition 信访, whose terms the law sets; nil for none.
    public var isPetition: Bool?
    /// Units that its appeals complain about 被反映单位, in order of appearance; nil for none.
    public var complainedAbout: [UnitCode]?

    /// Risk warnings 风险预警 with what became of them; nil for none.
    public var warnings: [CaseWarning]?

    /// A case just received.
    public init(home: HomeKey? = nil) { self.home = home }

    /// Whether an appeal complains about the unit: nothing about the case goes to it.
    public func complains(about unit: UnitCode?) -> Bool {
        guard let unit, let complainedAbout else { return false }
        return complainedAbout.contains(unit)
    }

    /// Remembers a unit that is complained about.
    public mutating func addComplaint(about unit: UnitCode) {
        if !complains(about: unit) { complainedAbout = (complainedAbout ?? []) + [unit] }
    }
}

/// What Dispatch decides of a case: its one main order.
public struct DispatchColumns: Hashable, Sendable, Codable {
    /// How far the current main order has come.
    public enum State: String, CaseIterable, Sendable, Codable {
        /// No order is out: none yet, or the last one was returned.
        case none
        /// 已派
        case issued
        /// 退单审核
        case returnReview
        /// 已签收
        case signed
        /// 已见面
        case met
        /// 处置中
        case handling
        /// 延期审核
        case extensionReview
        /// 挂账
        case suspended
        /// 调解中
        case mediating
        /// 已反馈
        case reported
        /// 办结: verified by somebody outside the unit
        case closed
    }

    /// How far the current main order has come.
    public var state = State.none
    /// Number of the current main order; nil when none is out.
    public var order: String?
    /// Orders issued so far, returned ones included.
    public var orders = 0
    /// Which handling the current order belongs to: 0 the first, n the n-th 重办. Set when an order is issued.
    public var cycle = 0
    /// 主办单位
    public var mainUnit: UnitCode?
    /// 协办单位
    public var assistUnits: [UnitCode] = []
    /// 代办 that is out; nil for none. It dies with its order.
    public var errand: Errand?
    /// Assisting orders not yet closed.
    public var openAssists = 0
    /// 指定: no further return in this handling.
    public var designated = false
    /// Returns in this handling.
    public var returns = 0
    /// Who signed the current order 签收人, by name.
    public var signer: String?
    /// Name and post of the written delegate who signed for the head; nil when the head signed.
    public var delegate: String?
    /// Who signed, met, worked on or finished any order of the case, in order of appearance.
    public var handlers: [String] = []
    /// Units that held any order of the case, in order of appearance.
    public var handlingUnits: [UnitCode] = []
    /// When the order is due now.
    public var due: Instant?
    /// When it was due at first.
    public var originalDue: Instant?
    /// When the order's clocks last started: issued, extended, suspended or resumed. What was decided by an older clock
    /// comes too late.
    public var clocksSince: Instant?
    /// When the two weeks without progress last started: issued, substantive progress, or resumed.
    public var stallSince: Instant?
    /// When the current handling was verified.
    public var verifiedAt: Instant?
    /// Who verified the current handling.
    public var verifiedBy: String?
    /// 撤回·终止
    public var withdrawn = false

    /// No order yet.
    public init() {}

    /// Remembers who handled, for the separation of duties.
    public mutating func addHandler(_ subject: String) {
        if !handlers.contains(subject) { handlers.append(subject) }
    }

    /// Remembers a unit that held an order.
    public mutating func addHandlingUnit(_ unit: UnitCode) {
        if !handlingUnits.contains(unit) { handlingUnits.append(unit) }
    }
}

/// What Supervision decides of a case.
public struct SupervisionColumns: Hashable, Sendable, Codable {
    /// How many levels up the case was raised 提级.
    public var raised = 0
    /// When 提级 was last proposed and not yet done.
    public var raiseProposedAt: Instant?
    /// 提醒单 issued.
    public var reminders = 0
    /// 督办单 issued.
    public var supervisions = 0
    /// The handling that the last 督办单 is about: the level only rises within one handling.
    public var supervisedCycle: Int?
    /// A leader acknowledged the direct report.
    public var acknowledged = false
    /// 提醒单 and 督办单 with what became of them, in order of issue; nil for none.
    public var forms: [CaseForm]?
    /// How many of the bells 铃铛 somebody called about, and how many were seen to.
    public var bellCalled: Int?
    /// See ``bellCalled``.
    public var bellSeen: Int?
    /// 包案领导: who sponsors the case now; nil for nobody.
    public var sponsor: CaseSponsor?
    /// Everybody who sponsors or sponsored it, by subject, in order of appearance; nil for none.
    public var sponsors: [String]?
    /// Who proposed to strike off a red or orange case.
    public var strikeOffProposedBy: String?
    /// The handling that the proposal is about.
    public var strikeOffProposedCycle: Int?
    /// The handling that was struck off 销号.
    public var struckOffCycle: Int?
    /// How often a struck-off case was revived.
    public var revivals = 0
    /// The statutory term of the answer to a petition was extended 延长, which is done once; nil: it was not.
    public var answerExtended: Bool?
    /// The 复查 or 复核 of a petition that was asked for last; nil for none.
    public var remedy: PetitionRemedy?

    /// Nothing yet.
    public init() {}
}

/// What Revisit decides of a case.
public struct RevisitColumns: Hashable, Sendable, Codable {
    /// When the phone revisit of the current closing is due.
    public var phoneDue: Instant?
    /// The handling whose revisit was passed 已回访.
    public var passedCycle: Int?
    /// Who passed it.
    public var passedBy: String?
    /// The handling that was drawn for an on-site revisit 实地抽查.
    public var drawnCycle: Int?
    /// The handling whose on-site revisit is done.
    public var onSiteCycle: Int?
    /// How often the case was reopened 重办.
    public var reopens = 0

    /// Nothing yet.
    public init() {}
}

/// The person who signs in place of the head of the unit, and the writing that says so.
public struct Delegate: Codable, Hashable, Sendable {
    /// Name and post, as printed on the form.
    public var name: String
    /// Number or date of the written delegation.
    public var document: String

    /// Creates the delegate.
    public init(name: String, document: String) {
        self.name = name
        self.document = document
    }
}

/// How the party was met 见面 (domain.md §3.2: an ordinary appeal may be phoned, a thing without a party is handled at once).
public enum MeetingKind: String, Codable, Hashable, Sendable, CaseIterable {
    case inPerson = "in_person"
    case phone
    case noParty = "no_party"
}

/// How a bell 铃铛 that nobody answered is looked into (domain.md row 28: 立刻电话联系或上门探望).
public enum BellCheck: String, Codable, Hashable, Sendable, CaseIterable {
    /// 电话
    case phone
    /// 上门
    case visit
}

/// How a risk warning 风险预警 ends (domain.md §3.2: 解除|误报).
public enum WarningOutcome: String, Codable, Hashable, Sendable, CaseIterable {
    /// 解除
    case resolved
    /// 误报
    case falseAlarm = "false_alarm"
}

/// Kind of progress 进展. The substantive ones reset the stall clock (domain.md §3.3 两周).
public enum ProgressKind: String, Codable, Hashable, Sendable, CaseIterable {
    /// A measure was taken on the matter.
    case measure
    /// Somebody was on the spot.
    case visit
    /// A plan or agreement was made with the party.
    case agreement
    /// Other units were brought in.
    case coordination
    /// Only a note.
    case note

    /// Whether it restarts the stall clock.
    public var isSubstantive: Bool { self != .note && self != .coordination }
}

/// 联合整治目标清单: what was found at each target of a joint action, by name (domain.md row 55).
public struct JointTargets: Codable, Hashable, Sendable {
    /// 取缔: banned.
    public var banned: [String]?
    /// 关停: shut down.
    public var closed: [String]?
    /// 限期整改: given a term to put it right.
    public var rectify: [String]?

    /// Creates the list.
    public init(banned: [String]? = nil, closed: [String]? = nil, rectify: [String]? = nil) {
        self.banned = banned
        self.closed = closed
        self.rectify = rectify
    }

    /// All names.
    public var names: [String] { (banned ?? []) + (closed ?? []) + (rectify ?? []) }
}

/// Why an order may be suspended 挂账 (domain.md §3.2: reason law or objective).
public enum SuspensionGround: String, Codable, Hashable, Sendable, CaseIterable {
    case law
    case objective
}

/// Outcome code of a finished order 办结 (domain.md §4 row 1: closed is not solved).
public enum Outcome: String, Codable, Hashable, Sendable, CaseIterable {
    case solved
    case partlySolved = "partly_solved"
    case explained
    case mediated
    case notInOurPower = "not_in_our_power"
    case untrue
}

/// A side of a mediation.
public enum MediationParty: String, Codable, Hashable, Sendable, CaseIterable {
    /// 申请人: who brought the dispute
    case applicant
    /// 被申请人
    case respondent

    /// `申请人`.
    public var title: String { self == .applicant ? "申请人" : "被申请人" }
}

/// Who agreed to mediation: it is voluntary, so both must (人民调解法 3, 17).
public struct MediationConsents: Codable, Hashable, Sendable {
    /// 申请人 agreed.
    public var applicant: Bool
    /// 被申请人 agreed.
    public var respondent: Bool

    /// Creates the consents.
    public init(applicant: Bool, respondent: Bool) {
        self.applicant = applicant
        self.respondent = respondent
    }

    /// Both agreed.
    public var areBoth: Bool { applicant && respondent }
}

/// How a mediation ended 调解结果.
public enum MediationOutcome: String, Codable, Hashable, Sendable, CaseIterable {
    /// 达成协议
    case agreed
    /// 调解不成
    case failed
    /// 一方退出: either party may end it at any time
    case withdrawn

    /// `达成协议`.
    public var title: String {
        switch self {
        case .agreed: "达成协议"
        case .failed: "调解不成"
        case .withdrawn: "一方退出"
        }
    }
}

/// What a meeting or its record is 会议记录类别 (domain.md rows 59, 60, 65): the three meetings 三会, and what follows from them.
public enum MinutesKind: String, Codable, Hashable, Sendable, CaseIterable {
    /// 日联合研判会商会
    case day
    /// 周风险研判交办会
    case week
    /// 区委风险危机管控会
    case crisis
    /// 约谈警示
    case talk
    /// 倒查复盘
    case review
    /// 每月一题
    case topic

    /// `日会商决议`.
    public var title: String {
        switch self {
        case .day: "日会商决议"
        case .week: "周交办决议"
        case .crisis: "危机管控决议"
        case .talk: "约谈"
        case .review: "复盘"
        case .topic: "每月一题"
        }
    }
}

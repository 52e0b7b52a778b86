/// What a mediator of a panel of experts 专家团 is there for (domain.md row 77).
public enum MediatorSkill: String, CaseIterable, Sendable, Codable {
    /// 法律咨询
    case legalAdvice = "legal_advice"
    /// 损失鉴定
    case lossAssessment = "loss_assessment"
    /// 调解专家
    case mediationExpert = "mediation_expert"
    /// 民事审判法官
    case civilJudge = "civil_judge"

    /// `法律咨询`.
    public var title: String {
        switch self {
        case .legalAdvice: "法律咨询"
        case .lossAssessment: "损失鉴定"
        case .mediationExpert: "调解专家"
        case .civilJudge: "民事审判法官"
        }
    }
}

/// Which of the three mediations 三调联动 a mediator belongs to (domain.md row 78).
public enum MediationBranch: String, CaseIterable, Sendable, Codable {
    /// 人民调解
    case people
    /// 行政调解
    case administrative
    /// 司法调解
    case judicial

    /// `人民调解`.
    public var title: String {
        switch self {
        case .people: "人民调解"
        case .administrative: "行政调解"
        case .judicial: "司法调解"
        }
    }
}

/// From whom a dispute comes to mediation 五调对接 (domain.md row 78).
public enum MediationReferral: String, CaseIterable, Sendable, Codable {
    /// 访调对接: from petitions
    case petition
    /// 检调对接: from the procuratorate
    case procuratorate
    /// 诉调对接: from the court
    case court
    /// 警调对接: from the police
    case police
    /// 专调对接: from a trade's or special body
    case special

    /// `访调对接`.
    public var title: String {
        switch self {
        case .petition: "访调对接"
        case .procuratorate: "检调对接"
        case .court: "诉调对接"
        case .police: "警调对接"
        case .special: "专调对接"
        }
    }
}

/// A point in dispute 争议焦点, and the skills that it takes.
public struct DisputePoint: Hashable, Sendable {
    /// `vehicle-loss`.
    public let id: String
    /// `车辆损失数额`.
    public let name: String
    /// At least one.
    public let skills: [MediatorSkill]
}

/// A counter of the mediation center 窗口: some are always manned 常驻, some on days 轮驻 (domain.md row 79).
public struct MediationWindow: Hashable, Sendable {
    /// `court`.
    public let id: String
    /// `法院诉调对接窗口`.
    public let name: String
    /// The days on which a rotating counter is manned; empty for one that always is.
    public let days: [Weekday]

    /// Whether somebody is there on that day.
    public func isManned(on day: CivilDate) -> Bool { days.isEmpty || days.contains(day.weekday) }
}

/// A mediator 调解员.
public struct Mediator: Hashable, Sendable {
    /// Stable id, the subject under which the person signs in.
    public let id: String
    /// Name to show.
    public let name: String
    /// 人民、行政、司法.
    public let branch: MediationBranch
    /// What for, at least one.
    public let skills: [MediatorSkill]
    /// The place whose subtree the mediator serves: district, township or village 三级联动.
    public let serves: PlaceCode
    /// The unit the mediator belongs to.
    public let unit: UnitCode?
    /// Units in which near relatives work: a party of these is a conflict of interest.
    public let kinUnits: [UnitCode]
    /// The counter the mediator sits at; nil: may be called at any time.
    public let window: MediationWindow?

    package init(
        id: String, name: String, branch: MediationBranch, skills: [MediatorSkill], serves: PlaceCode,
        unit: UnitCode?, kinUnits: [UnitCode], window: MediationWindow?
    ) {
        self.id = id
        self.name = name
        self.branch = branch
        self.skills = skills
        self.serves = serves
        self.unit = unit
        self.kinUnits = kinUnits
        self.window = window
    }
}

/// The pool of mediators 调解员库, the points in dispute they are matched by, and the counters (domain.md rows 77-79).
public struct MediatorPool: Sendable {
    /// By id.
    public let mediators: [Mediator]
    /// In the order of the file.
    public let points: [DisputePoint]
    /// In the order of the file.
    public let windows: [MediationWindow]
    private let pointIndex: [String: DisputePoint]
    private let index: [String: Int]

    package init(_ mediators: [Mediator], points: [DisputePoint], windows: [MediationWindow]) {
        self.mediators = mediators.sorted { $0.id < $1.id }
        self.points = points
        self.windows = windows
        pointIndex = Dictionary(points.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        index = Dictionary(
            self.mediators.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The mediator with that id.
    public subscript(id: String) -> Mediator? { index[id].map { mediators[$0] } }

    /// The point in dispute with that id.
    public func point(_ id: String) -> DisputePoint? { pointIndex[id] }

    /// The skills that these points take together, each once, in their fixed order.
    public func skills(for points: [DisputePoint]) -> [MediatorSkill] {
        let needed = Set(points.flatMap(\.skills))
        return MediatorSkill.allCases.filter(needed.contains)
    }
}

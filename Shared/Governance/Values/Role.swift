/// What a person may do 角色 (domain.md §3.5). `system` is a rule, a timer or a device, never a person.
public enum Role: String, CaseIterable, Sendable, Codable {
    /// 群众
    case citizen
    /// 志愿者、移动网格员: reports only
    case volunteer
    /// 网格员
    case gridWorker
    /// 网格长
    case gridLeader
    /// 坐席、受理员
    case `operator`
    /// 研判员
    case analyst
    /// 派单员
    case dispatcher
    /// 承办人
    case handler
    /// 单位主要领导
    case unitHead
    /// 分管领导
    case deputyLeader
    /// 主要领导
    case chiefLeader
    /// 包案领导
    case sponsor
    /// 督办员
    case supervisor
    /// 回访员
    case revisitor
    /// 调解员
    case mediator
    /// 专家
    case expert
    /// 第三方评估
    case thirdParty
    /// 纪检 (reads only)
    case discipline
    /// 综治中心
    case center
    /// 系统管理员 (no case rights)
    case systemAdmin
    /// 安全管理员 (no case rights)
    case securityAdmin
    /// 审计管理员 (no case rights)
    case auditAdmin
    /// 系统规则、定时器
    case system

    /// `承办人`.
    public var title: String {
        switch self {
        case .citizen: "群众"
        case .volunteer: "志愿者"
        case .gridWorker: "网格员"
        case .gridLeader: "网格长"
        case .operator: "坐席"
        case .analyst: "研判员"
        case .dispatcher: "派单员"
        case .handler: "承办人"
        case .unitHead: "单位主要领导"
        case .deputyLeader: "分管领导"
        case .chiefLeader: "主要领导"
        case .sponsor: "包案领导"
        case .supervisor: "督办员"
        case .revisitor: "回访员"
        case .mediator: "调解员"
        case .expert: "专家"
        case .thirdParty: "第三方评估"
        case .discipline: "纪检"
        case .center: "综治中心"
        case .systemAdmin: "系统管理员"
        case .securityAdmin: "安全管理员"
        case .auditAdmin: "审计管理员"
        case .system: "系统规则"
        }
    }

    /// The roles people may hold, that is all but `system`.
    public static var people: [Role] { allCases.filter { $0 != .system } }
}

/// Who acts 操作人, as the token says.
public struct Actor: Hashable, Sendable, Codable {
    /// Stable id of the person or the rule.
    public var subject: String
    /// Name to show.
    public var name: String
    /// In which role.
    public var role: Role
    /// The unit the person belongs to; nil for a citizen or a rule.
    public var unit: UnitCode?
    /// The place whose subtree the person may act in; nil for everywhere.
    public var place: PlaceCode?

    /// An actor.
    public init(subject: String, name: String, role: Role, unit: UnitCode? = nil, place: PlaceCode? = nil) {
        self.subject = subject
        self.name = name
        self.role = role
        self.unit = unit
        self.place = place
    }

    /// A rule or a timer, by its name.
    public static func rule(_ name: String) -> Actor { Actor(subject: "rule:\(name)", name: name, role: .system) }

    /// Whether a case with this home key may lie in the actor's subtree: one of the two codes begins with the other. An
    /// unplaced case of the county may be any township's; a grid worker's township is all the key tells.
    public func covers(_ home: HomeKey) -> Bool {
        guard let place else { return true }
        return home.placePrefix.hasPrefix(place.text) || place.text.hasPrefix(home.placePrefix)
    }
}

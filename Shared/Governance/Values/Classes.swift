/// Level of risk 风险颜色 of a case, a source or a unit: 红重大 橙较大 黄一般 蓝低; 灰 is unknown or offline, never "safe".
public enum Colour: String, CaseIterable, Sendable, Codable {
    /// 红
    case red
    /// 橙
    case orange
    /// 黄
    case yellow
    /// 蓝
    case blue
    /// 灰
    case grey

    /// How severe, 4 (red) … 1 (blue); 0 for grey, of which nothing is known.
    public var severity: Int {
        switch self {
        case .red: 4
        case .orange: 3
        case .yellow: 2
        case .blue: 1
        case .grey: 0
        }
    }

    /// Red and orange: no rule may lower them, and a leader strikes them off.
    public var isHigh: Bool { severity >= 3 }

    /// Whether the step to `other` lowers the level.
    public func isLowered(to other: Colour) -> Bool { other.severity < severity }

    /// The more severe of two; what is known counts before grey.
    public func raised(to other: Colour) -> Colour { other.severity > severity ? other : self }

    /// `红`.
    public var title: String {
        switch self {
        case .red: "红"
        case .orange: "橙"
        case .yellow: "黄"
        case .blue: "蓝"
        case .grey: "灰"
        }
    }
}

/// What a case is about 四盯: 群众诉求, 矛盾纠纷, 安全风险, 重点人员.
public enum MatterKind: String, CaseIterable, Sendable, Codable {
    /// 诉求
    case appeal
    /// 纠纷
    case dispute
    /// 安全
    case safety
    /// 人员
    case person

    /// `诉求`.
    public var title: String {
        switch self {
        case .appeal: "诉求"
        case .dispute: "纠纷"
        case .safety: "安全"
        case .person: "人员"
        }
    }

    /// Cases of key persons have no public view at all (domain.md §3.2).
    public var isPublic: Bool { self != .person }
}

/// How a case is handled 办理方式.
public enum HandlingMode: String, CaseIterable, Sendable, Codable {
    /// 难诉联办
    case joint
    /// 急诉快办
    case fast
    /// 未诉先办
    case proactive
    /// 接诉即办
    case onDemand

    /// `难诉联办`.
    public var title: String {
        switch self {
        case .joint: "难诉联办"
        case .fast: "急诉快办"
        case .proactive: "未诉先办"
        case .onDemand: "接诉即办"
        }
    }
}

/// How far the treatment reaches 处理路径: 普遍性问题建立机制, 特殊个性专班专人, 疑难历史遗留一切资源.
public enum TreatmentTrack: String, CaseIterable, Sendable, Codable {
    /// 普遍性
    case general
    /// 特殊个性
    case individual
    /// 历史遗留
    case legacy

    /// `普遍性`.
    public var title: String {
        switch self {
        case .general: "普遍性"
        case .individual: "特殊个性"
        case .legacy: "历史遗留"
        }
    }
}

/// Class that decides the time limit 事项等级 (an axis of its own beside the colour): 24 h, 3 working days, or straight to
/// the leaders.
public enum Gravity: String, CaseIterable, Sendable, Codable {
    /// 一般
    case ordinary
    /// 复杂
    case complex
    /// 重大
    case major

    /// `一般`.
    public var title: String {
        switch self {
        case .ordinary: "一般"
        case .complex: "复杂"
        case .major: "重大"
        }
    }
}

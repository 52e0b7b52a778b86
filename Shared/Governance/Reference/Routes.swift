/// A statutory way out 转法定途径: what is not ours to handle, where it belongs, and what the citizen is told.
public struct RedirectRule: Hashable, Sendable {
    /// `fire`.
    public let id: String
    /// `火警`.
    public let name: String
    /// Where it belongs: `119`, `人民法院`.
    public let to: String
    /// An emergency: told at once (110, 119, 120, 122).
    public let urgent: Bool
    /// What the citizen is told.
    public let told: String
    /// How it is recognised.
    public let keywords: Keywords
    /// Score from which it holds.
    public let threshold: Int
}

/// A sign of a major hazard 重大隐患, which goes straight to the leaders.
public struct HazardRule: Hashable, Sendable {
    /// `gas-leak`.
    public let id: String
    /// `燃气泄漏`.
    public let name: String
    /// The colour it sets.
    public let colour: Colour
    /// Who leads when no catalogue item does.
    public let lead: OrgFunction
    /// How it is recognised.
    public let keywords: Keywords
    /// Score from which it holds.
    public let threshold: Int
}

/// What a text wants 诉求性质. Only an appeal is dispatched by rule.
public enum ReportNature: String, CaseIterable, Sendable, Codable {
    /// 求助、投诉、举报
    case appeal
    /// 咨询
    case consultation
    /// 建议
    case suggestion
    /// 表扬
    case praise

    /// `咨询`.
    public var title: String {
        switch self {
        case .appeal: "诉求"
        case .consultation: "咨询"
        case .suggestion: "建议"
        case .praise: "表扬"
        }
    }
}

/// How one nature is recognised by the title.
public struct NatureRule: Hashable, Sendable {
    /// Which nature.
    public let nature: ReportNature
    /// The title begins so.
    public let starts: [String]
    /// The title ends so.
    public let ends: [String]
    /// The title contains it.
    public let contains: [String]
}

/// How sure a match must be 派单把握.
public struct MatchSettings: Hashable, Sendable {
    /// Least score of an item.
    public let minimum: Int
    /// Confidence from which an item is taken, in percent.
    public let threshold: Int
    /// The same when no keyword stands in the title.
    public let bodyThreshold: Int
    /// Constant in the denominator of the confidence: a single weak word is not certainty.
    public let doubt: Int
    /// Grievance words in the text from which a question counts as an appeal.
    public let grievances: Int
}

/// Everything in routes.yaml.
public struct Routes: Sendable {
    /// Statutory ways out, in the order they are tried.
    public let redirects: [RedirectRule]
    /// Major hazards, in the order they are tried.
    public let hazards: [HazardRule]
    /// How natures other than an appeal are recognised.
    public let natures: [NatureRule]
    /// Words of grievance: a "question" with one of them in the title is an appeal.
    public let grievances: [String]
    /// How sure a match must be.
    public let settings: MatchSettings
}

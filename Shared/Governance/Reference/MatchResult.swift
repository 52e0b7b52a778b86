/// An item that a text speaks for 候选事项.
public struct MatchCandidate: Hashable, Sendable {
    /// Code of the item.
    public let item: String
    /// Its name.
    public let name: String
    /// How strongly the text speaks for it.
    public let score: Int
    /// The words found that speak for it, strongest first.
    public let words: [String]
}

/// What the catalogue says about a text 目录匹配结果.
public struct MatchResult: Hashable, Sendable {
    /// The outcome.
    public enum Verdict: Hashable, Sendable {
        /// One item, sure enough to dispatch by rule.
        case matched(item: String)
        /// Several items are too near each other 两项相近.
        case ambiguous
        /// No item, or too weak 未命中.
        case none
        /// A question, a suggestion or praise: a person decides.
        case notAppeal(ReportNature)
    }

    /// The outcome.
    public let verdict: Verdict
    /// What the text wants.
    public let nature: ReportNature
    /// The best items, best first, at most three; also when none was taken.
    public let candidates: [MatchCandidate]
    /// 0 … 1: share of the best item's score in best, second and doubt.
    public let confidence: Double
    /// Why, in Chinese: `命中目录「物业服务收费」:物业费、收费;主办 中站区住房和城乡建设局`.
    public let reason: String
    /// The main unit, if an item was taken and the place is known well enough.
    public let lead: UnitCode?
    /// The assisting units, without the main one.
    public let assists: [UnitCode]

    /// Code of the item taken.
    public var item: String? {
        if case .matched(let item) = verdict { return item }
        return nil
    }
}

/// A statutory way out that a text asks for, and why.
public struct RedirectResult: Hashable, Sendable {
    /// The rule.
    public let rule: RedirectRule
    /// The words found.
    public let words: [String]
    /// `命中转办规则「火警」:着火、浓烟`.
    public let reason: String
}

/// A major hazard that a text reports, and why.
public struct HazardResult: Hashable, Sendable {
    /// The rule.
    public let rule: HazardRule
    /// The words found.
    public let words: [String]
    /// `命中重大隐患「燃气泄漏」:燃气、泄漏`.
    public let reason: String
}

/// All that the rules say about one text.
public struct Examination: Hashable, Sendable {
    /// The catalogue's answer.
    public let match: MatchResult
    /// The statutory way out, if there is one.
    public let redirect: RedirectResult?
    /// The major hazard, if there is one.
    public let hazard: HazardResult?
}

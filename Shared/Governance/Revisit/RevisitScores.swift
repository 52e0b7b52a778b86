/// The answer to one question of a revisit.
public enum RevisitAnswer: String, CaseIterable, Sendable, Codable {
    /// 是
    case yes
    /// 基本
    case mostly
    /// 否
    case no

    /// 25, 15 or 0 of the 25 points of a question 【ours】.
    public var points: Int {
        switch self {
        case .yes: 25
        case .mostly: 15
        case .no: 0
        }
    }

    /// `是`.
    public var title: String {
        switch self {
        case .yes: "是"
        case .mostly: "基本"
        case .no: "否"
        }
    }
}

/// The four scored questions 重点回访四项 (domain.md row 69): 人员稳控、问题处置、群众满意、风险化解. Any “no” reopens.
public struct RevisitScores: Hashable, Sendable, Codable {
    /// 人员稳控: the people concerned are calm.
    public var stability: RevisitAnswer
    /// 问题处置: the matter was handled.
    public var handling: RevisitAnswer
    /// 群众满意: the reporter is satisfied.
    public var satisfaction: RevisitAnswer
    /// 风险化解: the risk is gone.
    public var risk: RevisitAnswer

    /// The four answers.
    public init(
        stability: RevisitAnswer, handling: RevisitAnswer, satisfaction: RevisitAnswer, risk: RevisitAnswer
    ) {
        self.stability = stability
        self.handling = handling
        self.satisfaction = satisfaction
        self.risk = risk
    }

    /// The same answer to all four.
    public static func all(_ answer: RevisitAnswer) -> RevisitScores {
        RevisitScores(stability: answer, handling: answer, satisfaction: answer, risk: answer)
    }

    /// The answers in the order of the form.
    public var answers: [RevisitAnswer] { [stability, handling, satisfaction, risk] }

    /// Points of all four, 0 … 100.
    public var sum: Int { answers.reduce(0) { $0 + $1.points } }

    /// No answer is “no”.
    public var isPassed: Bool { !answers.contains(.no) }

    /// Names of the questions, in the order of the form.
    public static let titles = ["人员稳控", "问题处置", "群众满意", "风险化解"]

    /// The questions answered “no”.
    public var failed: [String] { zip(Self.titles, answers).filter { $1 == .no }.map(\.0) }
}

extension RevisitScores: CustomStringConvertible {
    /// `90 分:人员稳控是、问题处置基本、群众满意是、风险化解是`.
    public var description: String {
        let all = zip(Self.titles, answers).map { $0 + $1.title }.joined(separator: "、")
        return "\(sum) 分:\(all)"
    }
}

/// Who was asked 评价人.
public enum RevisitRater: String, CaseIterable, Sendable, Codable {
    /// 反映人
    case reporter
    /// 社区、网格等基层代评
    case grassroots
    /// 第三方
    case thirdParty = "third_party"
}

/// Why a call led to no answer 未接通原因.
public enum AttemptResult: String, CaseIterable, Sendable, Codable {
    /// 无人接听
    case noAnswer = "no_answer"
    /// 约定再拨
    case callAgain = "call_again"
    /// 号码错误、停机
    case wrongNumber = "wrong_number"
    /// 没有联系方式
    case noContact = "no_contact"
    /// 拒绝回访
    case declined

    /// Calling again will not help.
    public var isFinal: Bool { self == .wrongNumber || self == .noContact }
}

/// Why a closing is visited on site.
public enum DrawGround: String, CaseIterable, Sendable, Codable {
    /// 抽中: the draw of a unit's month chose it.
    case draw
    /// 电话联系不上: it cannot be phoned, so somebody goes there.
    case unreachable
}

/// When a phone revisit gives way to a visit, so that no case waits for ever on a telephone nobody answers.
public enum Unreachable {
    /// Calls before somebody goes there 【ours】.
    public static let attempts = 3
    /// On at least this many days 【ours】.
    public static let days = 2

    /// Whether somebody goes there, after `attempts` calls on `days` days of which the last ended so.
    public static func isReached(attempts: Int, days: Int, last: AttemptResult) -> Bool {
        last.isFinal || (attempts >= Self.attempts && days >= Self.days)
    }
}

/// How often a case may come back before somebody above the unit is told.
public enum ReopenRule {
    /// From this reopening on a 督办单 is issued and the case goes one level up (domain.md §3.2).
    public static let supervisedFrom = 2

    /// Whether the n-th reopening is one too many.
    public static func isSupervised(_ count: Int) -> Bool { count >= supervisedFrom }
}

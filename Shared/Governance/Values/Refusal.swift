/// A text in both languages; Chinese is shown first.
public struct Wording: Hashable, Sendable, Codable {
    /// Simplified Chinese.
    public var zh: String
    /// English.
    public var en: String

    /// A text in both languages.
    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }
}

/// Why something was not done 拒绝原因: which rule refused, in words, and what to do instead. A refusal is an answer,
/// not a fault.
public struct Refusal: Error, Hashable, Sendable, Codable {
    /// What sort of refusal, which decides the HTTP status.
    public enum Kind: String, CaseIterable, Sendable, Codable {
        /// The input itself is wrong (422).
        case invalid
        /// This person may not do it (403).
        case forbidden
        /// The case is not in a state that allows it (409).
        case conflict
        /// There is no such thing (404).
        case notFound
    }

    /// The sort.
    public var kind: Kind
    /// Stable id such as `order.sign.not_dispatched`.
    public var rule: String
    /// What was wrong.
    public var text: Wording
    /// The field of the input that is wrong, if one is.
    public var field: String?
    /// What to do instead.
    public var fix: Wording

    /// A refusal.
    public init(_ kind: Kind, rule: String, text: Wording, field: String? = nil, fix: Wording) {
        self.kind = kind
        self.rule = rule
        self.text = text
        self.field = field
        self.fix = fix
    }

    /// A refusal with both texts spelled out.
    public init(
        _ kind: Kind, _ rule: String, zh: String, en: String, field: String? = nil, fixZh: String, fixEn: String
    ) {
        self.init(
            kind, rule: rule, text: Wording(zh: zh, en: en), field: field, fix: Wording(zh: fixZh, en: fixEn))
    }
}

extension Refusal: CustomStringConvertible {
    /// One line for a log: rule and English text.
    public var description: String { "\(rule): \(text.en)" }
}

/// The refusals that every decider needs.
extension Refusal {
    /// There is no such case.
    public static func noCase(_ number: CaseNumber?) -> Refusal {
        Refusal(
            .notFound, "case.unknown", zh: "没有案件 \(number?.text ?? "")", en: "there is no case \(number?.text ?? "")",
            field: "number", fixZh: "请核对案件编号", fixEn: "check the case number")
    }

    /// A command that only a person gives, without a person.
    public static let noActor = Refusal(
        .forbidden, "command.no_actor", zh: "该操作须由工作人员发出", en: "a member of staff gives this command",
        fixZh: "请登录后重试", fixEn: "sign in and try again")

    /// A text with nothing in it.
    public static func blank(_ field: String) -> Refusal {
        Refusal(
            .invalid, "text.blank", zh: "\(field) 不能为空", en: "\(field) must not be blank", field: field, fixZh: "请填写",
            fixEn: "fill it in")
    }
}

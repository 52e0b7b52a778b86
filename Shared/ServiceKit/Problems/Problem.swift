public import Governance
public import HTTPTypes

/// An error as HTTP shows it (RFC 9457): what is wrong, with which field, which rule says so and what to do.
/// Every error of every endpoint is one.
public struct Problem: Error, Sendable {
    /// HTTP status.
    public var status: HTTPResponse.Status
    /// Stable id of the rule, `field.missing` or `order.sign.not_dispatched`.
    public var rule: String
    /// What is wrong.
    public var text: Wording
    /// The field it is about.
    public var field: String?
    /// What to do instead.
    public var fix: Wording
    /// Every fault when there are several.
    public var faults: [FieldFault]
    /// Headers that go with it: `Allow`, `WWW-Authenticate`, `Retry-After`.
    public var headers: HTTPFields

    /// A problem.
    public init(
        _ status: HTTPResponse.Status, rule: String, text: Wording, field: String? = nil, fix: Wording,
        faults: [FieldFault] = [], headers: HTTPFields = [:]
    ) {
        self.status = status
        self.rule = rule
        self.text = text
        self.field = field
        self.fix = fix
        self.faults = faults
        self.headers = headers
    }

    init(
        _ status: HTTPResponse.Status, _ text: KitText, fix: KitText, _ values: [String: String] = [:],
        headers: HTTPFields = [:]
    ) {
        let kit = TextCatalogue.kit
        self.init(
            status, rule: text.rawValue, text: kit.wording(text, values), fix: kit.wording(fix, values),
            headers: headers)
    }

    /// A rule's refusal: 422, 403, 409 or 404 after its kind.
    public init(_ refusal: Refusal) {
        let status: HTTPResponse.Status =
            switch refusal.kind {
            case .invalid: .unprocessableContent
            case .forbidden: .forbidden
            case .conflict: .conflict
            case .notFound: .notFound
            }
        self.init(status, rule: refusal.rule, text: refusal.text, field: refusal.field, fix: refusal.fix)
    }

    /// Faults of an input: 400. One fault speaks for itself, several are counted and listed.
    public init(_ faults: FieldFaults) {
        guard let first = faults.all.first else {
            self.init(.badRequest, .badRequest, fix: .badRequestFix, ["reason": "?"])
            return
        }
        guard faults.all.count > 1 else {
            self.init(.badRequest, rule: first.rule, text: first.text, field: first.field, fix: first.fix)
            return
        }
        let kit = TextCatalogue.kit
        let count = "\(faults.all.count)"
        self.init(
            .badRequest, rule: first.rule,
            text: Wording(
                zh: kit.wording(.faults, ["count": count, "first": first.text.zh]).zh,
                en: kit.wording(.faults, ["count": count, "first": first.text.en]).en),
            field: first.field, fix: kit.wording(.faultsFix), faults: faults.all)
    }
}

extension TextCatalogue {
    /// A text of this module: lets the key be written `.name`.
    func wording(_ key: KitText, _ values: [String: String] = [:]) -> Wording {
        func any(_ key: some TextKey) -> Wording { wording(key, values) }
        return any(key)
    }
}

public import Governance

/// What is wrong with one field of an input, and what to do about it.
public struct FieldFault: Hashable, Sendable {
    /// Path of the field: `contact.phone`, `items[2].title`; `$` is the body itself.
    public var field: String
    /// Stable id such as `field.missing`.
    public var rule: String
    /// What is wrong.
    public var text: Wording
    /// What to do.
    public var fix: Wording

    /// A fault.
    public init(field: String, rule: String, text: Wording, fix: Wording) {
        self.field = field
        self.rule = rule
        self.text = text
        self.fix = fix
    }

    init(_ field: FieldPath, _ text: KitText, fix: KitText, _ values: [String: Wording] = [:]) {
        var zh = values.mapValues(\.zh)
        var en = values.mapValues(\.en)
        zh["field"] = field.description
        en["field"] = field.description
        let kit = TextCatalogue.kit
        self.init(
            field: field.description, rule: text.rawValue,
            text: Wording(zh: kit.wording(text, zh).zh, en: kit.wording(text, en).en),
            fix: Wording(zh: kit.wording(fix, zh).zh, en: kit.wording(fix, en).en))
    }
}

/// All faults of an input.
public struct FieldFaults: Error, Equatable, Sendable {
    /// In the order of the form.
    public var all: [FieldFault]

    /// The faults.
    public init(_ all: [FieldFault]) { self.all = all }
}

/// Where in a JSON body a field stands.
public struct FieldPath: Hashable, Sendable, CustomStringConvertible {
    private let text: String

    /// The body itself.
    public static let root = FieldPath(text: "")

    private init(text: String) { self.text = text }

    /// A member of the object here.
    public func member(_ name: String) -> FieldPath {
        // What a stranger calls a field is shown, but not without limit.
        let name = name.unicodeScalars.count > 80 ? "\(String(name.unicodeScalars.prefix(80)))…" : name
        return FieldPath(text: text.isEmpty ? name : "\(text).\(name)")
    }

    /// An item of the list here.
    public func item(_ index: Int) -> FieldPath { FieldPath(text: "\(text)[\(index)]") }

    /// `items[2].title`; `$` for the body itself.
    public var description: String { text.isEmpty ? "$" : text }
}

extension Wording {
    /// The same in both languages: a number, a name, a code.
    init(plain text: String) { self.init(zh: text, en: text) }
}

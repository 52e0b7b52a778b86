public import Governance

/// Reads an object field by field, strictly, and collects every fault before it refuses.
///
///     let form = try Form(tree)
///     let title = form.required("title", .text(max: 200))
///     let place = form.required("place", .place)
///     let note = form.optional("note", .text(max: 1000, lines: true))
///     return try form.finish(Draft(title: try title(), place: try place(), note: note))
///
/// A field that was not asked for is a fault, too: a misspelt optional field must not vanish silently.
public final class Form {
    private let members: [JSONTree.Member]
    private let path: FieldPath
    private var asked: [String] = []
    private var faults: [FieldFault] = []
    private var goodUpTo: Int?

    /// A form over an object.
    public init(_ tree: JSONTree, at path: FieldPath = .root) throws(FieldFaults) {
        guard case .object(let members) = tree else {
            throw FieldFaults([.wrongType(path, expected: TextCatalogue.kit.wording(.kindObject), found: tree)])
        }
        self.members = members
        self.path = path
    }

    /// A field that must be there; ask it for its value inside ``finish(_:)``.
    public func required<Value>(_ name: String, _ kind: FieldKind<Value>) -> RequiredField<Value> {
        guard let tree = tree(name) else {
            faults.append(
                FieldFault(path.member(name), .missing, fix: .missingFix, ["kind": kind.expected]))
            return RequiredField(form: self, value: nil)
        }
        return RequiredField(form: self, value: read(name, tree, kind))
    }

    /// A field that may be absent, null, or (in an HTML form) empty.
    public func optional<Value>(_ name: String, _ kind: FieldKind<Value>) -> Value? {
        tree(name).flatMap { read(name, $0, kind) }
    }

    /// Adds a fault that needs more than one field to be seen.
    public func fault(_ name: String, rule: String, text: Wording, fix: Wording) {
        faults.append(FieldFault(field: path.member(name).description, rule: rule, text: text, fix: fix))
    }

    /// Refuses with all faults together, unknown fields last; otherwise the value built from the fields.
    public func finish<Value>(_ build: @autoclosure () throws -> Value) throws -> Value {
        try check()
        return try build()
    }

    /// Refuses with all faults together, unknown fields last.
    public func check() throws(FieldFaults) {
        // Every required field asks; what was found good stays good until another field is asked for.
        if faults.isEmpty, goodUpTo == asked.count { return }
        let unknown = members.map(\.name).filter { !asked.contains($0) }
        if faults.isEmpty, unknown.isEmpty {
            goodUpTo = asked.count
            return
        }
        let allowed = Wording(plain: asked.joined(separator: ", "))
        let all =
            faults
            + unknown.prefix(20).map {
                FieldFault(path.member($0), .unknown, fix: .unknownFix, ["allowed": allowed])
            }
        throw FieldFaults(all)
    }

    private func tree(_ name: String) -> JSONTree? {
        asked.append(name)
        guard let tree = members.first(where: { $0.name == name })?.value, !tree.isAbsent else { return nil }
        return tree
    }

    private func read<Value>(_ name: String, _ tree: JSONTree, _ kind: FieldKind<Value>) -> Value? {
        do {
            return try kind.read(tree, path.member(name))
        } catch {
            faults.append(contentsOf: error.all)
            return nil
        }
    }
}

/// A field that must be there. Its value is handed out only when the form has no fault at all.
public struct RequiredField<Value> {
    fileprivate let form: Form
    /// The value if it is good, whatever else is wrong: for rules over two fields.
    public let value: Value?

    /// The value; all of the form's faults when there is one.
    public func callAsFunction() throws(FieldFaults) -> Value {
        try form.check()
        guard let value else { throw FieldFaults([]) }
        return value
    }
}

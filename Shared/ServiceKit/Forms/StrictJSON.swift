import Governance

/// Decodes any `Decodable` from a JSON tree as strictly as a ``Form`` does: unknown fields, wrong types, control characters
/// and overlong texts are refused with the field's path. For inputs whose type already exists (commands).
public enum StrictJSON {
    /// Limits that hold for every text of the input.
    public struct Limits: Sendable {
        /// Most characters of one text.
        public var text: Int
        /// Whether line breaks and tabs are allowed.
        public var lines: Bool

        /// Limits; a command's texts have at most 10 000 characters.
        public init(text: Int = 10_000, lines: Bool = true) {
            self.text = text
            self.lines = lines
        }
    }

    /// Decodes the value.
    /// - Throws: the first fault of a value, or all unknown fields together.
    public static func decode<Value: Decodable>(
        _ type: Value.Type, from tree: JSONTree, limits: Limits = Limits()
    ) throws(FieldFaults) -> Value {
        try decode(from: tree, limits: limits) { try Value(from: $0) }
    }

    /// The same through a decoder, for a value that is found by its name.
    public static func decode<Value>(
        from tree: JSONTree, limits: Limits = Limits(), _ make: (any Decoder) throws -> Value
    ) throws(FieldFaults) -> Value {
        let log = StrictLog(rules: TextRules(max: limits.text, lines: limits.lines))
        let value: Value
        do {
            value = try make(StrictDecoder(tree: tree, path: .root, codingPath: [], log: log))
        } catch let faults as FieldFaults {
            throw faults
        } catch let error as DecodingError {
            throw FieldFaults([StrictLog.fault(error)])
        } catch {
            throw FieldFaults([.format(.root, "\(error)")])
        }
        let unknown = log.unknown
        guard unknown.isEmpty else { throw FieldFaults(Array(unknown.prefix(20))) }
        return value
    }
}

/// Which members of which objects a decoding asked for.
final class StrictLog {
    let rules: TextRules
    private var objects: [(path: FieldPath, members: [String])] = []
    private var asked: [FieldPath: [String]] = [:]

    init(rules: TextRules) { self.rules = rules }

    func open(_ path: FieldPath, _ members: [String]) {
        guard asked[path] == nil else { return }
        asked[path] = []
        objects.append((path, members))
    }

    func ask(_ name: String, at path: FieldPath) {
        if asked[path]?.contains(name) == false { asked[path]?.append(name) }
    }

    var unknown: [FieldFault] {
        objects.flatMap { object in
            let known = asked[object.path] ?? []
            let allowed = Wording(plain: known.joined(separator: ", "))
            return object.members.filter { !known.contains($0) }.map {
                FieldFault(object.path.member($0), .unknown, fix: .unknownFix, ["allowed": allowed])
            }
        }
    }

    /// A fault that a type's own decoding found.
    static func fault(_ error: DecodingError) -> FieldFault {
        switch error {
        case .keyNotFound(let key, let context):
            FieldFault(
                path(context.codingPath).member(key.stringValue), .missing, fix: .missingFix,
                ["kind": .init(plain: "JSON")])
        case .valueNotFound(_, let context), .typeMismatch(_, let context), .dataCorrupted(let context):
            .format(path(context.codingPath), context.debugDescription)
        @unknown default: .format(.root, "\(error)")
        }
    }

    private static func path(_ keys: [any CodingKey]) -> FieldPath {
        keys.reduce(.root) { path, key in key.intValue.map(path.item) ?? path.member(key.stringValue) }
    }
}

extension FieldFault {
    /// A value its type does not accept, with the type's own words.
    static func format(_ path: FieldPath, _ reason: String) -> FieldFault {
        let kit = TextCatalogue.kit
        let text = kit.wording(.badRequest, ["reason": "\(path): \(reason.prefix(200))"])
        return FieldFault(field: path.description, rule: "field.format", text: text, fix: kit.wording(.badRequestFix))
    }
}

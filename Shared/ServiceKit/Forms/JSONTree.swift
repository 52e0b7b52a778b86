public import Governance

/// A parsed JSON value. Members keep their order; whole numbers keep every digit.
public indirect enum JSONTree: Hashable, Sendable {
    case object([Member])
    case list([JSONTree])
    case text(String)
    case integer(Int64)
    case number(Double)
    case bool(Bool)
    case null
    /// A field of an HTML form, whose kind is not known: it may stand for text, a number or a yes; empty is absent.
    case typed(String)

    /// One member of an object.
    public struct Member: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// Its value.
        public var value: JSONTree

        /// A member.
        public init(_ name: String, _ value: JSONTree) {
            self.name = name
            self.value = value
        }
    }

    /// The member of that name, nil when this is no object or has no such member.
    public subscript(_ name: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// Whether it stands for "nothing given".
    var isAbsent: Bool {
        switch self {
        case .null: true
        case .typed(let text): text.isEmpty
        default: false
        }
    }

    /// What it is, in words, for a fault.
    var kind: Wording {
        let key: KitText =
            switch self {
            case .object: .kindObject
            case .list: .kindList
            case .text, .typed: .kindText
            case .integer: .kindInteger
            case .number: .kindNumber
            case .bool: .kindBool
            case .null: .kindNull
            }
        return TextCatalogue.kit.wording(key)
    }
}

/// Why bytes are not JSON, and where.
public struct JSONFault: Error, Equatable, Sendable {
    /// Line, from 1.
    public var line: Int
    /// Column in bytes, from 1.
    public var column: Int
    /// What is wrong there.
    public var reason: Wording

    init(at offset: Int, in bytes: [UInt8], _ reason: Wording) {
        let before = bytes.prefix(offset)
        line = before.count { $0 == UInt8(ascii: "\n") } + 1
        column = offset - (before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0) + 1
        self.reason = reason
    }
}

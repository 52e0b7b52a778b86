public import Foundation
public import Governance

/// How one field is read. A service adds its own kinds as an extension.
public struct FieldKind<Value> {
    /// What is expected, in words.
    let expected: Wording
    let read: (JSONTree, FieldPath) throws(FieldFaults) -> Value

    /// A kind from its name in words and its reader.
    public init(expected: Wording, read: @escaping (JSONTree, FieldPath) throws(FieldFaults) -> Value) {
        self.expected = expected
        self.read = read
    }

    private init(_ expected: KitText, read: @escaping (JSONTree, FieldPath) throws(FieldFaults) -> Value) {
        self.init(expected: TextCatalogue.kit.wording(expected), read: read)
    }

    /// A value written as text that a type can parse.
    public static func parsed(
        expected: Wording, example: String, _ parse: @escaping (String) -> Value?
    ) -> FieldKind {
        FieldKind(expected: expected) { tree, path throws(FieldFaults) in
            let text = try TextRules(max: 200).read(tree, path)
            guard let value = parse(text) else {
                throw FieldFaults([
                    FieldFault(
                        path, .format, fix: .formatFix, ["kind": expected, "example": Wording(plain: example)])
                ])
            }
            return value
        }
    }
}

extension FieldKind where Value == String {
    /// A text of 1 to `max` characters without control characters; `lines` allows line breaks and tabs.
    public static func text(max: Int, lines: Bool = false) -> FieldKind {
        FieldKind(.kindText) { tree, path throws(FieldFaults) in
            try TextRules(max: max, lines: lines).read(tree, path)
        }
    }
}

extension FieldKind where Value == Int {
    /// A whole number within limits.
    public static func integer(_ range: ClosedRange<Int>) -> FieldKind {
        FieldKind(.kindInteger) { tree, path throws(FieldFaults) in
            let found: Int? =
                switch tree {
                case .integer(let value): Int(exactly: value)
                case .typed(let text): Int(text)
                default: nil
                }
            guard let found else {
                throw FieldFaults([.wrongType(path, expected: TextCatalogue.kit.wording(.kindInteger), found: tree)])
            }
            guard range.contains(found) else {
                throw FieldFaults([.range(path, "\(found)", "\(range.lowerBound)", "\(range.upperBound)")])
            }
            return found
        }
    }
}

extension FieldKind where Value == Double {
    /// A number within limits.
    public static func number(_ range: ClosedRange<Double>) -> FieldKind {
        FieldKind(.kindNumber) { tree, path throws(FieldFaults) in
            let found: Double? =
                switch tree {
                case .integer(let value): Double(value)
                case .number(let value): value
                case .typed(let text): Double(text)
                default: nil
                }
            guard let found else {
                throw FieldFaults([.wrongType(path, expected: TextCatalogue.kit.wording(.kindNumber), found: tree)])
            }
            guard range.contains(found) else {
                throw FieldFaults([.range(path, "\(found)", "\(range.lowerBound)", "\(range.upperBound)")])
            }
            return found
        }
    }
}

extension FieldKind where Value == Bool {
    /// True or false; in an HTML form a ticked box.
    public static var bool: FieldKind {
        FieldKind(.kindBool) { tree, path throws(FieldFaults) in
            switch tree {
            case .bool(let value): return value
            case .typed("true"), .typed("on"): return true
            case .typed("false"): return false
            default:
                throw FieldFaults([.wrongType(path, expected: TextCatalogue.kit.wording(.kindBool), found: tree)])
            }
        }
    }
}

extension FieldKind where Value: RawRepresentable<String> & CaseIterable {
    /// One of an enum's values.
    public static func choice(of _: Value.Type = Value.self) -> FieldKind {
        FieldKind(.kindText) { tree, path throws(FieldFaults) in
            let text = try TextRules(max: 200).read(tree, path)
            guard let value = Value(rawValue: text) else {
                throw FieldFaults([.choice(path, found: text, allowed: Value.allCases.map(\.rawValue))])
            }
            return value
        }
    }
}

extension FieldKind where Value == Instant {
    /// A time with its offset, within limits.
    public static func instant(notBefore: Instant? = nil, notAfter: Instant? = nil) -> FieldKind {
        let parsed = FieldKind.parsed(
            expected: TextCatalogue.kit.wording(.kindInstant), example: "2026-11-21T09:30:00+08:00",
            { Instant(rfc3339: $0) })
        return FieldKind(expected: parsed.expected) { tree, path throws(FieldFaults) in
            let instant = try parsed.read(tree, path)
            if let notAfter, instant > notAfter {
                throw FieldFaults([
                    FieldFault(path, .future, fix: .futureFix, ["limit": Wording(plain: "\(notAfter)")])
                ])
            }
            if let notBefore, instant < notBefore {
                throw FieldFaults([FieldFault(path, .past, fix: .pastFix, ["limit": Wording(plain: "\(notBefore)")])])
            }
            return instant
        }
    }
}

extension FieldKind where Value == PlaceCode {
    /// A place code of 2 to 18 digits.
    public static var place: FieldKind {
        parsed(expected: TextCatalogue.kit.wording(.kindPlace), example: "410803001", PlaceCode.init)
    }
}

extension FieldKind where Value == UnitCode {
    /// A unit code.
    public static var unit: FieldKind {
        parsed(expected: TextCatalogue.kit.wording(.kindUnit), example: "410803-zjj", UnitCode.init)
    }
}

extension FieldKind where Value == CaseNumber {
    /// A case number.
    public static var caseNumber: FieldKind {
        parsed(expected: TextCatalogue.kit.wording(.kindCase), example: "410803001-20261121-K7Q2MX", CaseNumber.init)
    }
}

extension FieldKind where Value == UUID {
    /// A UUID.
    public static var uuid: FieldKind {
        parsed(
            expected: TextCatalogue.kit.wording(.kindUUID), example: "0193509b-2a00-7c3e-9d5b-0f3a6b1c2d4e",
            { UUID(uuidString: $0) })
    }
}

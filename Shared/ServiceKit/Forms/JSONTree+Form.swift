extension JSONTree {
    /// The fields of an HTML form (`application/x-www-form-urlencoded`) as an object of typed fields. `a.b` is member `b`
    /// of the object `a`; a name that occurs twice makes a list.
    /// - Returns: nil when an escape is broken or the text is not UTF-8.
    public static func urlEncodedForm(_ bytes: [UInt8]) -> JSONTree? {
        var root: JSONTree = .object([])
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = unescape(parts[0]), let value = unescape(parts.count > 1 ? parts[1] : []) else {
                return nil
            }
            let path = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard path.count <= 4 else { return nil }
            root.add(.typed(value), at: path[...])
        }
        return root
    }

    private mutating func add(_ value: JSONTree, at path: ArraySlice<String>) {
        guard case .object(var members) = self, let name = path.first else { return }
        let index = members.firstIndex { $0.name == name }
        if path.count > 1 {
            var inner: JSONTree = index.map { members[$0].value } ?? .object([])
            inner.add(value, at: path.dropFirst())
            if let index { members[index].value = inner } else { members.append(Member(name, inner)) }
        } else if let index {
            if case .list(let items) = members[index].value {
                members[index].value = .list(items + [value])
            } else {
                members[index].value = .list([members[index].value, value])
            }
        } else {
            members.append(Member(name, value))
        }
        self = .object(members)
    }

    private static func unescape(_ bytes: ArraySlice<UInt8>) -> String? {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var at = bytes.startIndex
        while at < bytes.endIndex {
            switch bytes[at] {
            case UInt8(ascii: "+"): result.append(0x20)
            case UInt8(ascii: "%"):
                guard at + 2 < bytes.endIndex, let high = hex(bytes[at + 1]), let low = hex(bytes[at + 2]) else {
                    return nil
                }
                result.append(high << 4 | low)
                at += 2
            case let byte: result.append(byte)
            }
            at += 1
        }
        return String(validating: result, as: UTF8.self)
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
    }
}

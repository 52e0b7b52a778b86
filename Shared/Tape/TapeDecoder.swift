/// Decodes what is `Decodable` from a value of ``JSONTape``, as Foundation's decoder does by default (but that it knows
/// no special form for `Data`, `Date` and `URL`, of which the wire has none).
package struct TapeDecoder: Decoder {
    let tape: JSONTape
    let index: Int

    /// Decodes the value of one JSON text; members that nobody asks for are passed over.
    package static func decode<Value: Decodable>(_ type: Value.Type, from json: [UInt8]) throws -> Value {
        let tape: JSONTape
        do { tape = try JSONTape(json) } catch {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: error.description))
        }
        return try Value(from: Self(tape: tape, index: 0))
    }

    package var codingPath: [any CodingKey] { tape.path(to: index) }
    package var userInfo: [CodingUserInfoKey: Any] { [:] }

    package func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard tape.nodes[index].kind == .object else { throw mismatch([String: Any].self) }
        return KeyedDecodingContainer(TapeMembers<Key>(tape: tape, index: index))
    }

    package func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard tape.nodes[index].kind == .array else { throw mismatch([Any].self) }
        return TapeElements(tape: tape, index: index)
    }

    package func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func mismatch(_ type: Any.Type) -> DecodingError {
        let context = DecodingError.Context(
            codingPath: codingPath, debugDescription: "expected \(type), found \(tape.nodes[index].kind)")
        return tape.nodes[index].kind == .null ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }

    private func integer<Value: FixedWidthInteger>() throws -> Value {
        if let value = tape.integer(index, as: Value.self) { return value }
        guard tape.nodes[index].kind == .number else { throw mismatch(Value.self) }
        throw DecodingError.dataCorrupted(
            .init(codingPath: codingPath, debugDescription: "the number does not fit in \(Value.self)"))
    }
}

extension TapeDecoder: SingleValueDecodingContainer {
    package func decodeNil() -> Bool { tape.nodes[index].kind == .null }

    package func decode(_ type: Bool.Type) throws -> Bool {
        switch tape.nodes[index].kind {
        case .yes: true
        case .no: false
        default: throw mismatch(type)
        }
    }

    package func decode(_ type: String.Type) throws -> String {
        guard let text = tape.text(index) else { throw mismatch(type) }
        return text
    }

    package func decode(_ type: Double.Type) throws -> Double {
        guard let number = tape.number(index) else { throw mismatch(type) }
        return number
    }

    package func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    package func decode(_ type: Int.Type) throws -> Int { try integer() }
    package func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    package func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    package func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    package func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    package func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    package func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    package func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    package func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    package func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }

    package func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: self) }
}

/// The members of an object. Of members of one name the first counts.
struct TapeMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let tape: JSONTape
    let index: Int
    /// Where each value stands, when there are too many to look through for each.
    private let table: [String: Int]?

    init(tape: JSONTape, index: Int) {
        self.tape = tape
        self.index = index
        table = Int(tape.nodes[index].next) - index > 256 ? Self.table(tape, index) : nil
    }

    private static func table(_ tape: JSONTape, _ index: Int) -> [String: Int] {
        var table: [String: Int] = [:]
        for at in tape.children(of: index) {
            if let name = tape.text(at), table[name] == nil { table[name] = at + 1 }
        }
        return table
    }

    var codingPath: [any CodingKey] { tape.path(to: index) }

    var allKeys: [Key] {
        tape.children(of: index).compactMap { tape.text($0).flatMap(Key.init(stringValue:)) }
    }

    private func find(_ key: Key) -> Int? {
        var name = key.stringValue
        if let table { return table[name] }
        return name.withUTF8 { wanted in
            var at = index + 1
            let end = Int(tape.nodes[index].next)
            while at < end {
                if tape.isName(at, wanted) { return at + 1 }
                at = Int(tape.nodes[at + 1].next)
            }
            return nil
        }
    }

    private func value(_ key: Key) throws -> TapeDecoder {
        guard let found = find(key) else {
            throw DecodingError.keyNotFound(
                key, .init(codingPath: codingPath, debugDescription: "no member \(key.stringValue)"))
        }
        return TapeDecoder(tape: tape, index: found)
    }

    func contains(_ key: Key) -> Bool { find(key) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try value(key).decodeNil() }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key).decode(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(key).decode(type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try value(key).decode(type) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try value(key).decode(type) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try value(key).decode(type) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try value(key).decode(type) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try value(key).decode(type) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try value(key).decode(type) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try value(key).decode(type) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try value(key).decode(type) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try value(key).decode(type) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try value(key).decode(type) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try value(key).decode(type) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try value(key).decode(type) }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try value(key).decode(type) }

    // One search instead of the default's three: most members of a fact are optional.
    private func present(_ key: Key) -> TapeDecoder? {
        guard let found = find(key), tape.nodes[found].kind != .null else { return nil }
        return TapeDecoder(tape: tape, index: found)
    }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try present(key)?.decode(type) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try present(key)?.decode(type) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try present(key)?.decode(type) }
    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try present(key)?.decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try value(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try value(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { TapeDecoder(tape: tape, index: index) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try value(key) }
}

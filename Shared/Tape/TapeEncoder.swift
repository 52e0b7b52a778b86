/// Encodes what is `Encodable` into a ``JSONWriter``, as Foundation's encoder does by default (but that it knows no
/// special form for `Data`, `Date` and `URL`, of which the wire has none).
package struct TapeEncoder: Encoder {
    let writer: JSONWriter
    /// Where the value stands.
    private let start: Int
    private let level: Int

    package let codingPath: [any CodingKey] = []
    package var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// The value as JSON without spaces, the members of each object in the order of their names' bytes.
    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        let writer = JSONWriter()
        try Self(writer).encode(value)
        guard !writer.isBroken else {
            throw EncodingError.invalidValue(
                value, .init(codingPath: [], debugDescription: "a part came for a container that was closed"))
        }
        return try JSONTape(writer.bytes).sorted()
    }

    init(_ writer: JSONWriter) {
        self.writer = writer
        start = writer.bytes.count
        level = writer.open.count
    }

    /// The container of this value: a value that tells its parts in several turns goes on with the same.
    private func container(isObject: Bool) -> (JSONWriter.Open, Int) {
        let wanted = JSONWriter.Open(isObject: isObject, start: start)
        if writer.open.count > level, writer.open[level] == wanted { return (wanted, level + 1) }
        return (wanted, writer.begin(isObject: isObject))
    }

    package func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        let (open, level) = container(isObject: true)
        return KeyedEncodingContainer(WrittenMembers<Key>(writer: writer, open: open, level: level))
    }

    package func unkeyedContainer() -> any UnkeyedEncodingContainer {
        let (open, level) = container(isObject: false)
        return WrittenElements(writer: writer, open: open, level: level)
    }

    package func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension TapeEncoder: SingleValueEncodingContainer {
    package func encodeNil() { writer.plain("null") }
    package func encode(_ value: Bool) { writer.plain(value ? "true" : "false") }
    package func encode(_ value: String) { writer.string(value) }

    package func encode(_ value: Double) throws {
        guard value.isFinite else {
            throw EncodingError.invalidValue(
                value, .init(codingPath: [], debugDescription: "JSON has no number for \(value)"))
        }
        let text = value.description
        writer.plain(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }

    package func encode(_ value: Float) throws { try encode(Double(value)) }
    package func encode(_ value: Int) { writer.plain(value.description) }
    package func encode(_ value: Int8) { writer.plain(value.description) }
    package func encode(_ value: Int16) { writer.plain(value.description) }
    package func encode(_ value: Int32) { writer.plain(value.description) }
    package func encode(_ value: Int64) { writer.plain(value.description) }
    package func encode(_ value: UInt) { writer.plain(value.description) }
    package func encode(_ value: UInt8) { writer.plain(value.description) }
    package func encode(_ value: UInt16) { writer.plain(value.description) }
    package func encode(_ value: UInt32) { writer.plain(value.description) }
    package func encode(_ value: UInt64) { writer.plain(value.description) }

    package func encode<Value: Encodable>(_ value: Value) throws {
        try value.encode(to: self)
        if writer.bytes.count == start { _ = writer.begin(isObject: true) }
        writer.close(to: level)
    }
}

/// The members of an object that is being written.
struct WrittenMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: JSONWriter
    let open: JSONWriter.Open
    let level: Int
    let codingPath: [any CodingKey] = []

    /// Writes the name; what follows is its value.
    private func member(_ name: String) -> TapeEncoder {
        writer.next(in: open, level: level)
        writer.string(name)
        writer.plain(":")
        return TapeEncoder(writer)
    }

    private func member(_ key: Key) -> TapeEncoder { member(key.stringValue) }

    mutating func encodeNil(forKey key: Key) { member(key).encodeNil() }
    mutating func encode(_ value: Bool, forKey key: Key) { member(key).encode(value) }
    mutating func encode(_ value: String, forKey key: Key) { member(key).encode(value) }
    mutating func encode(_ value: Double, forKey key: Key) throws { try member(key).encode(value) }
    mutating func encode(_ value: Float, forKey key: Key) throws { try member(key).encode(value) }
    mutating func encode(_ value: Int, forKey key: Key) { member(key).encode(value) }
    mutating func encode(_ value: Int8, forKey key: Key) { member(key).encode(value) }
    mutating func encode(_ value: Int16, forKey key: Key) { member(key).encode(value) }
    mutating func encode(_ value: Int32, forKey key: Key) { member(key).encode(value) }
    mutating func encode(_ value: Int64, forKey key: Key) { member(key).encode(value) }
    mutating func encode(_ value: UInt, forKey key: Key) { member(key).encode(value) }
    mutating func encode(_ value: UInt8, forKey key: Key) { member(key).encode(value) }
    mutating func encode(_ value: UInt16, forKey key: Key) { member(key).encode(value) }
    mutating func encode(_ value: UInt32, forKey key: Key) { member(key).encode(value) }
    mutating func encode(_ value: UInt64, forKey key: Key) { member(key).encode(value) }
    mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { try member(key).encode(value) }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        member(key).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        member(key).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { member("super") }
    mutating func superEncoder(forKey key: Key) -> any Encoder { member(key) }
}

/// The elements of an array that is being written.
struct WrittenElements: UnkeyedEncodingContainer {
    let writer: JSONWriter
    let open: JSONWriter.Open
    let level: Int
    let codingPath: [any CodingKey] = []
    private(set) var count = 0

    init(writer: JSONWriter, open: JSONWriter.Open, level: Int) {
        self.writer = writer
        self.open = open
        self.level = level
    }

    private mutating func element() -> TapeEncoder {
        writer.next(in: open, level: level)
        count += 1
        return TapeEncoder(writer)
    }

    mutating func encodeNil() { element().encodeNil() }
    mutating func encode(_ value: Bool) { element().encode(value) }
    mutating func encode(_ value: String) { element().encode(value) }
    mutating func encode(_ value: Double) throws { try element().encode(value) }
    mutating func encode(_ value: Float) throws { try element().encode(value) }
    mutating func encode(_ value: Int) { element().encode(value) }
    mutating func encode(_ value: Int8) { element().encode(value) }
    mutating func encode(_ value: Int16) { element().encode(value) }
    mutating func encode(_ value: Int32) { element().encode(value) }
    mutating func encode(_ value: Int64) { element().encode(value) }
    mutating func encode(_ value: UInt) { element().encode(value) }
    mutating func encode(_ value: UInt8) { element().encode(value) }
    mutating func encode(_ value: UInt16) { element().encode(value) }
    mutating func encode(_ value: UInt32) { element().encode(value) }
    mutating func encode(_ value: UInt64) { element().encode(value) }
    mutating func encode<Value: Encodable>(_ value: Value) throws { try element().encode(value) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        element().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { element().unkeyedContainer() }
    mutating func superEncoder() -> any Encoder { element() }
}

import Governance

/// `Decoder` over a ``JSONTree``; see ``StrictJSON``.
struct StrictDecoder: Decoder {
    let tree: JSONTree
    let path: FieldPath
    let codingPath: [any CodingKey]
    let log: StrictLog
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = tree else {
            throw FieldFaults([.wrongType(path, expected: TextCatalogue.kit.wording(.kindObject), found: tree)])
        }
        log.open(path, members.map(\.name))
        return KeyedDecodingContainer(StrictMembers(members: members, decoder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        switch tree {
        case .list(let items): return StrictItems(items: items, decoder: self)
        // One ticked box of several is a list of one.
        case .typed: return StrictItems(items: [tree], decoder: self)
        default: throw FieldFaults([.wrongType(path, expected: TextCatalogue.kit.wording(.kindList), found: tree)])
        }
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func inner(_ tree: JSONTree, _ path: FieldPath, _ key: any CodingKey) -> StrictDecoder {
        StrictDecoder(tree: tree, path: path, codingPath: codingPath + [key], log: log)
    }

    /// Every value goes through here, so that an enum can list its choices.
    func value<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let choices = Self.choices(of: type), case .text(let text) = textTree, !choices.contains(text) {
            throw FieldFaults([.choice(path, found: text, allowed: choices)])
        }
        return try type.init(from: self)
    }

    private var textTree: JSONTree {
        if case .typed(let text) = tree { .text(text) } else { tree }
    }

    private static func choices(of type: any Decodable.Type) -> [String]? {
        func raw<Choice: CaseIterable>(_: Choice.Type) -> [String]? {
            let values = Choice.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
            return values.isEmpty ? nil : values
        }
        guard let choice = type as? any CaseIterable.Type else { return nil }
        return raw(choice)
    }
}

extension StrictDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { tree.isAbsent }

    func decode(_: String.Type) throws -> String { try log.rules.read(tree, path) }

    func decode(_: Bool.Type) throws -> Bool { try FieldKind<Bool>.bool.read(tree, path) }

    func decode(_: Double.Type) throws -> Double {
        try FieldKind<Double>.number(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude).read(tree, path)
    }

    func decode(_: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_: Int.Type) throws -> Int { try integer() }
    func decode(_: Int8.Type) throws -> Int8 { try integer() }
    func decode(_: Int16.Type) throws -> Int16 { try integer() }
    func decode(_: Int32.Type) throws -> Int32 { try integer() }
    func decode(_: Int64.Type) throws -> Int64 { try integer() }
    func decode(_: UInt.Type) throws -> UInt { try integer() }
    func decode(_: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_: UInt64.Type) throws -> UInt64 { try integer() }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try value(type) }

    private func integer<Number: FixedWidthInteger>() throws -> Number {
        let whole = try FieldKind<Int>.integer(Int.min...Int.max).read(tree, path)
        guard let number = Number(exactly: whole) else {
            throw FieldFaults([.range(path, "\(whole)", "\(Number.min)", "\(Number.max)")])
        }
        return number
    }
}

/// The members of an object.
struct StrictMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let members: [JSONTree.Member]
    let decoder: StrictDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { members.compactMap { Key(stringValue: $0.name) } }

    private func tree(_ key: Key) -> JSONTree? {
        decoder.log.ask(key.stringValue, at: decoder.path)
        return members.first { $0.name == key.stringValue }?.value
    }

    private func inner(_ key: Key, expected: KitText) throws -> StrictDecoder {
        let path = decoder.path.member(key.stringValue)
        guard let tree = tree(key), !tree.isAbsent else {
            throw FieldFaults([
                FieldFault(path, .missing, fix: .missingFix, ["kind": TextCatalogue.kit.wording(expected)])
            ])
        }
        return decoder.inner(tree, path, key)
    }

    func contains(_ key: Key) -> Bool { tree(key) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { tree(key)?.isAbsent ?? true }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let expected: KitText =
            switch type {
            case is Bool.Type: .kindBool
            case is any BinaryInteger.Type: .kindInteger
            case is any BinaryFloatingPoint.Type: .kindNumber
            case is Instant.Type: .kindInstant
            case is PlaceCode.Type: .kindPlace
            case is UnitCode.Type: .kindUnit
            case is CaseNumber.Type: .kindCase
            default: .kindText
            }
        return try inner(key, expected: expected).value(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try inner(key, expected: .kindObject).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try inner(key, expected: .kindList).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { decoder }
    func superDecoder(forKey key: Key) throws -> any Decoder { try inner(key, expected: .kindObject) }
}

/// The items of a list.
struct StrictItems: UnkeyedDecodingContainer {
    let items: [JSONTree]
    let decoder: StrictDecoder
    var currentIndex = 0

    init(items: [JSONTree], decoder: StrictDecoder) {
        self.items = items
        self.decoder = decoder
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { items.count }
    var isAtEnd: Bool { currentIndex >= items.count }

    private struct Index: CodingKey {
        var intValue: Int?
        var stringValue: String { "\(intValue ?? 0)" }
        init(_ index: Int) { intValue = index }
        init?(stringValue: String) { nil }
        init?(intValue: Int) { self.intValue = intValue }
    }

    private mutating func next() throws -> StrictDecoder {
        let path = decoder.path.item(currentIndex)
        guard !isAtEnd else {
            throw FieldFaults([
                FieldFault(path, .missing, fix: .missingFix, ["kind": TextCatalogue.kit.wording(.kindText)])
            ])
        }
        defer { currentIndex += 1 }
        return decoder.inner(items[currentIndex], path, Index(currentIndex))
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, items[currentIndex] == .null else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try next().value(type) }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { try next().container(keyedBy: type) }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try next() }
}

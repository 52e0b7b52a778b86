import Contracts
import Foundation
import Governance

/// Finds out what JSON a type reads by letting it decode itself: each member it asks for is noted, with its type, and
/// answered with a value of that type. Nothing is listed by hand, so nothing can go stale.
final class ShapeTracer: Decoder {
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]
    fileprivate(set) var members: [JSONShape.Member] = []
    fileprivate var single: JSONShape?

    /// The shape of a type.
    static func shape<Value: Decodable>(of type: Value.Type) throws -> JSONShape { try trace(type).shape }

    fileprivate static func trace<Value: Decodable>(_ type: Value.Type) throws -> (value: Value, shape: JSONShape) {
        if let leaf = leaves[ObjectIdentifier(type)], let value = leaf.value as? Value { return (value, leaf.shape) }
        if let list = type as? any ListShape.Type, let value = list.empty as? Value {
            return (value, try list.shape())
        }
        if let cases = choices(type) { return (cases.first, .choice(cases.names)) }
        let tracer = ShapeTracer()
        let value = try Value(from: tracer)
        return (value, tracer.single ?? .object(tracer.members))
    }

    private static func choices<Value>(_ type: Value.Type) -> (first: Value, names: [String])? {
        guard let type = type as? any CaseIterable.Type else { return nil }
        func all<Cases: CaseIterable>(_: Cases.Type) -> [Any] { Array(Cases.allCases) }
        let values = all(type)
        let names = values.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        guard names.count == values.count, let first = values.first as? Value else { return nil }
        return (first, names)
    }

    private typealias Leaf = (value: any Sendable, shape: JSONShape)

    private static func leaf<Value: Sendable>(_ value: Value, _ shape: JSONShape) -> (ObjectIdentifier, Leaf) {
        (ObjectIdentifier(Value.self), (value, shape))
    }

    /// Types that read one JSON value of their own form.
    private static let leaves: [ObjectIdentifier: Leaf] = {
        let now = Instant(milliseconds: 0)
        var all = [
            leaf("", .text(format: nil)), leaf(true, .boolean), leaf(0, .integer), leaf(Int32(0), .integer),
            leaf(Int64(0), .integer), leaf(0.0, .number), leaf(UUID(), .text(format: "uuid")),
            leaf(now, .text(format: "date-time")), leaf(now.day, .text(format: "date")),
            leaf(CivilMonth(now.day), .text(format: "month")),
            leaf(Data(), .text(format: "byte")),
        ]
        if let home = HomeKey("410803001"), let place = PlaceCode("410803"), let unit = UnitCode("410803-housing"),
            let point = QRPoint("410803001.1"), let location = GeoPoint("35.239100,113.418000")
        {
            let number = CaseNumber(home: home, day: now.day, reportId: UUID())
            all += [
                leaf(point, .text(format: "point")), leaf(location, .text(format: "location")),
                leaf(home, .text(format: "home-key")), leaf(place, .text(format: "place-code")),
                leaf(unit, .text(format: "unit-code")), leaf(number, .text(format: "case-number")),
            ]
        }
        all.append(leaf(ClockRule.allCases[0].span, .open))
        return Dictionary(all) { first, _ in first }
    }()

    func container<Key: CodingKey>(keyedBy: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Members(tracer: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw ShapeFault(what: "reads an array by hand; add it to the leaves")
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { Single(tracer: self) }
}

/// A type whose wire form cannot be found out.
struct ShapeFault: Error, CustomStringConvertible {
    var what: String
    var description: String { what }
}

private struct Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let tracer: ShapeTracer
    let codingPath: [any CodingKey] = []
    let allKeys: [Key] = []

    func contains(_ key: Key) -> Bool { true }

    /// Asked only for a member that may be absent.
    func decodeNil(forKey key: Key) -> Bool {
        note(key, .open, required: false)
        return false
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let (value, shape) = try ShapeTracer.trace(type)
        let isOptional = tracer.members.contains { $0.name == key.stringValue && !$0.isRequired }
        note(key, shape, required: !isOptional)
        return value
    }

    private func note(_ key: Key, _ shape: JSONShape, required: Bool) {
        tracer.members.removeAll { $0.name == key.stringValue }
        tracer.members.append(.init(name: key.stringValue, shape: shape, isRequired: required))
    }

    func nestedContainer<Nested: CodingKey>(keyedBy: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<
        Nested
    > {
        throw ShapeFault(what: "\(key.stringValue) is read by hand; add its type to the leaves")
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw ShapeFault(what: "\(key.stringValue) is read by hand; add its type to the leaves")
    }

    func superDecoder() -> any Decoder { tracer }
    func superDecoder(forKey key: Key) -> any Decoder { tracer }
}

private struct Single: SingleValueDecodingContainer {
    let tracer: ShapeTracer
    let codingPath: [any CodingKey] = []

    func decodeNil() -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let (value, shape) = try ShapeTracer.trace(type)
        tracer.single = shape
        return value
    }
}

/// Lists and maps know what they hold.
private protocol ListShape {
    static var empty: Self { get }
    static func shape() throws -> JSONShape
}

extension Array: ListShape where Element: Decodable {
    static var empty: [Element] { [] }
    static func shape() throws -> JSONShape { .list(try ShapeTracer.shape(of: Element.self)) }
}

extension Dictionary: ListShape where Key == String, Value: Decodable {
    static var empty: [String: Value] { [:] }
    static func shape() throws -> JSONShape { .map(try ShapeTracer.shape(of: Value.self)) }
}

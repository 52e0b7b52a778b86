import Contracts
import Foundation
import Governance
import Support
import Testing

/// Foundation's decoder is the oracle: an own one is only worth having while nobody can tell them apart.
@Suite("Reading JSON")
struct JSONTests {
    @Test("Every fact and command reads as Foundation reads it", arguments: Samples.facts)
    func facts(_ fact: Fact) throws {
        let body = try #require(fact.body)
        try expectSame(body)
    }

    private func expectSame<Body: PayloadBody>(_ body: Body) throws {
        let json = try WireJSON.encode(body)
        #expect(try WireJSON.decode(Body.self, from: json) == JSONDecoder().decode(Body.self, from: Data(json)))
    }

    @Test(
        "Any legal text reads as Foundation reads it",
        arguments: [
            #"null"#, #"true"#, #" [ 1 , -0 , 0.5 , 1e3 , 1E-2 , -12.25e+2 ] "#, #""""#, #"{}"#, #"[]"#,
            #"[[],{},[{}]]"#,
            #"["\"\\\/\b\f\n\r\t","\u00e9\u4e2d","\ud83d\ude00","充电桩😀","\u0000"]"#,
            #"{"\u0061":1,"b":{"c":[true,false,null]}}"#, #"{"a":1,"a":2}"#, #"{"":0}"#,
            #"[9007199254740993,9223372036854775807,-9223372036854775808,18446744073709551615,1.0,10000000000000000000]"#,
            "{\"a\":1,\r\n\t\"b\" : 2}", #"[1e308]"#, #"[123456789012345678,1234567890123456789]"#,
            String(repeating: "[", count: 500) + String(repeating: "]", count: 500),
        ])
    func legal(_ text: String) throws {
        #expect(try read(text.utf8) == oracle(text.utf8))
    }

    @Test(
        "What is no JSON is refused",
        arguments: [
            "", " ", "nul", "tru e", "[", "]", "{", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
            "{a:1}", "01", "-",
            "+1", "1.", ".5", "1e", "1e+", "0x1", "NaN", "\"", "\"\\", "\"\\x\"", "\"\\u12g4\"", "\"\\ud800\"",
            "\"\\ud800\\u0041\"",
            "\"\\udc00\"", "\"a\nb\"", "[1]]", "1 1", "// x\n1", "'a'",
            String(repeating: "[", count: 600) + String(repeating: "]", count: 600),
        ])
    func illegal(_ text: String) {
        #expect(throws: DecodingError.self) { try read(text.utf8) }
    }

    @Test(
        "Bytes that are not UTF-8 are refused", arguments: [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf8, 0x88, 0x80]])
    func notText(_ bytes: [UInt8]) {
        #expect(throws: DecodingError.self) { try read([0x22] + bytes + [0x22]) }
    }

    @Test("A damaged record reads as Foundation reads it, or is refused by both", arguments: Samples.facts)
    func damaged(_ fact: Fact) throws {
        let whole = try fact.json()
        var dice = Dice(seed: UInt64(whole.count))
        for _ in 0..<20 {
            var bytes = whole
            let at = Int.random(in: bytes.indices, using: &dice)
            switch Int.random(in: 0..<4, using: &dice) {
            case 0: bytes.remove(at: at)
            case 1: bytes.insert(Array("\"\\{}[],:0-1.eEtu ".utf8).randomElement(using: &dice)!, at: at)
            case 2: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &dice)
            default: bytes.removeSubrange(at..<min(at + 5, bytes.count))
            }
            let found = try? read(bytes)
            let expected = hasHangingComma(bytes) ? nil : try? oracle(bytes)
            #expect(found == expected, "\(text(bytes))")
        }
    }

    @Test("Every fact is written in the bytes that Foundation writes", arguments: Samples.facts)
    func written(_ fact: Fact) throws {
        let body = try #require(fact.body)
        #expect(try text(WireJSON.encode(body)) == text(foundation(body)))
    }

    @Test("Every value is written in the bytes that Foundation writes")
    func values() throws {
        let values = Values()
        #expect(try text(WireJSON.encode(values)) == text(foundation(values)))
        #expect(try WireJSON.decode(Values.self, from: WireJSON.encode(values)) == values)
        #expect(throws: EncodingError.self) { try WireJSON.encode([Double.nan]) }
    }

    @Test("A part for a container that is closed is refused, never written elsewhere")
    func crossed() {
        #expect(throws: EncodingError.self) { try WireJSON.encode(Crossed()) }
    }

    private func foundation(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test("A wide object is read in one look per member")
    func wide() throws {
        let wide = Dictionary(uniqueKeysWithValues: (0..<20_000).map { ("key \($0)", $0) })
        #expect(try WireJSON.decode([String: Int].self, from: WireJSON.encode(wide)) == wide)
    }

    @Test("An error names the way to the value")
    func way() throws {
        let error = #expect(throws: DecodingError.self) {
            try WireJSON.decode([String: [[String: Int]]].self, from: Array(#"{"a":[{"b":1},{"b":2,"c":"x"}]}"#.utf8))
        }
        guard case .typeMismatch(_, let context) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(context.codingPath.map(\.stringValue) == ["a", "Index 1", "c"])
    }

    /// Foundation's reader lets one pass.
    private func hasHangingComma(_ bytes: [UInt8]) -> Bool { text(bytes).contains(/,\s*[\]}]/) }

    private func read(_ bytes: some Sequence<UInt8>) throws -> AnyJSON {
        try WireJSON.decode(AnyJSON.self, from: Array(bytes))
    }

    private func oracle(_ bytes: some Sequence<UInt8>) throws -> AnyJSON {
        try JSONDecoder().decode(AnyJSON.self, from: Data(bytes))
    }
}

/// Any JSON value, read with every means of a decoder.
private enum AnyJSON: Decodable, Equatable {
    case none
    case flag(Bool)
    case whole(Int64)
    case natural(UInt64)
    case number(Double)
    case text(String)
    case list([Self])
    case members([String: Self])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .none
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let whole = try? value.decode(Int64.self) {
            self = .whole(whole)
        } else if let natural = try? value.decode(UInt64.self) {
            self = .natural(natural)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([Self].self) {
            self = .list(list)
        } else {
            self = .members(try value.decode([String: Self].self))
        }
    }
}

/// One of everything that a payload may hold.
private struct Values: Codable, Equatable {
    enum Shape: Codable, Equatable { case point, line(from: Int, to: Int), text(String) }
    struct Empty: Codable, Equatable {}

    var zebra = "充电桩 / \"a\" \\ \u{1}\u{1f}\u{7f}\n\t\r\u{8}\u{c} 😀"
    var apple = [1.0, 0.1, -0.0, 1e-7, 1e21, 123456.789]
    var nothing: String?
    var deep = [[[Int]]](repeating: [[], [1, 2]], count: 2)
    var shapes = [Shape.point, .line(from: -1, to: Int.max), .text("")]
    var empty = Empty()
    var names = ["b": 1, "a": 2, "ä": 3, "中": 4, "A": 5]
    var flags = [true, false]
    var optionals: [Int?] = [nil, 3]
    var largest = UInt64.max
    var id = UUID(uuidString: "6f1c2a4e-7d0b-5a3e-9c11-2b7f4d5e6a70")
}

/// Goes back to a container after its parent went on.
private struct Crossed: Encodable {
    private enum Keys: String, CodingKey { case inner, other, late }

    func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: Keys.self)
        var inner = box.nestedContainer(keyedBy: Keys.self, forKey: .inner)
        try box.encode(1, forKey: .other)
        try inner.encode(2, forKey: .late)
    }
}

/// Random numbers that a seed repeats.
private struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

import Testing

@testable import ServiceKit

struct JSONTreeTests {
    private func parse(_ text: String) throws -> JSONTree { try JSONTree.parse(Array(text.utf8)) }

    @Test(
        "Legal JSON is read as it stands",
        arguments: [
            ("null", JSONTree.null), (" true ", .bool(true)), ("-0", .integer(0)),
            ("9007199254740993", .integer(9_007_199_254_740_993)),
            ("1.5e3", .number(1500)), ("\"李封街道\"", .text("李封街道")), ("\"\\u674e\\ud83d\\ude00\\n\\/\"", .text("李😀\n/")),
            ("[]", .list([])),
            ("{\"a\":[1,{\"b\":null}]}", .object([.init("a", .list([.integer(1), .object([.init("b", .null)])]))])),
        ])
    func legal(text: String, expected: JSONTree) throws {
        #expect(try parse(text) == expected)
    }

    @Test(
        "Hostile or broken JSON is refused, never guessed at",
        arguments: [
            "", " ", "{", "[1,", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "'a'", "01", "1.", ".5", "+1", "1e", "NaN",
            "Infinity",
            "1e999", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"a\u{1}b\"",
            "tru", "nul",
            "{\"a\":1,\"a\":2}", "1 2", "{}x", "\u{FEFF}{}", String(repeating: "[", count: 100_000),
            String(repeating: "{\"a\":", count: 100_000),
        ])
    func broken(text: String) {
        #expect(throws: JSONFault.self) { try parse(text) }
    }

    @Test(
        "Bytes that are not UTF-8 are refused", arguments: [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xE6, 0x9D]])
    func encoding(bytes: [UInt8]) {
        #expect(throws: JSONFault.self) { try JSONTree.parse([0x22] + bytes + [0x22]) }
    }

    @Test("A fault names line and column")
    func place() {
        let fault = #expect(throws: JSONFault.self) { try parse("{\n  \"a\": 1,\n  \"b\": oops\n}") }
        #expect(fault?.line == 3)
        #expect(fault?.column == 8)
    }

    @Test("An HTML form is an object of typed fields; a dotted name is nested, a repeated one a list")
    func urlEncoded() throws {
        let tree = JSONTree.urlEncodedForm(
            Array("title=%E4%BA%95%E7%9B%96+a&delegate.name=x&assists=1&assists=2&note=".utf8))
        #expect(
            tree
                == .object([
                    .init("title", .typed("井盖 a")), .init("delegate", .object([.init("name", .typed("x"))])),
                    .init("assists", .list([.typed("1"), .typed("2")])), .init("note", .typed("")),
                ]))
    }

    @Test("A broken escape in an HTML form is refused", arguments: ["a=%", "a=%G0", "a=%F", "a=%FF", "a.b.c.d.e=1"])
    func brokenForm(text: String) {
        #expect(JSONTree.urlEncodedForm(Array(text.utf8)) == nil)
    }
}

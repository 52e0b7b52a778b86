import Testing

@testable import ServiceKit

@Suite("Posted forms with files (RFC 7578)")
struct MultipartFormTests {
    private static let type = "multipart/form-data; boundary=\"x-1\""

    private func body(_ parts: String...) -> [UInt8] {
        Array((parts.map { "--x-1\r\n\($0)\r\n" }.joined() + "--x-1--\r\n").utf8)
    }

    private func part(_ name: String, _ value: String, file: String? = nil) -> String {
        let file = file.map { "; filename=\"\($0)\"" } ?? ""
        return "Content-Disposition: form-data; name=\"\(name)\"\(file)\r\n\r\n\(value)"
    }

    @Test("Fields are read as a form reads them, files stand beside them, and a field left open sends none")
    func read() throws {
        let form = try #require(
            MultipartForm(
                body(part("a", "甲\r\n乙"), part("f", "\r\n\0--x-2", file: "a;b.png"), part("g", "", file: "")),
                type: Self.type))
        #expect(form.fields == .object([.init("a", .typed("甲\r\n乙"))]))
        #expect(form.files.map(\.name) == ["f"])
        #expect(form.files.first?.bytes == Array("\r\n\0--x-2".utf8))
    }

    @Test("A body that is not whole, or of another form, is none")
    func broken() {
        let whole = body(part("a", "1"), part("f", "22", file: "x"))
        for length in 0..<(whole.count - 4) {
            #expect(MultipartForm(Array(whole.prefix(length)), type: Self.type) == nil, "\(length)")
        }
        #expect(MultipartForm(whole, type: "multipart/form-data; boundary=y") == nil)
        #expect(MultipartForm(whole, type: "multipart/form-data") == nil)
        #expect(MultipartForm(whole, type: "text/plain; boundary=x-1") == nil)
        #expect(MultipartForm(body(part("", "1")), type: Self.type) == nil)
        let many =
            Array((0..<60).map { "--x-1\r\n\(part("f\($0)", "1"))\r\n" }.joined().utf8) + Array("--x-1--\r\n".utf8)
        #expect(MultipartForm(many, type: Self.type) == nil)
    }
}

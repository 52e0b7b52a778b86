import Foundation
import Governance
import Testing

@testable import ToolCore

@Suite("Reports of an input file")
struct ReplaySourceTests {
    private func all(_ text: String) async throws -> [ReplaySource.Line] {
        let url = FileManager.default.temporaryDirectory.appending(path: "caseloop-\(UUID().uuidString)")
        try Data(text.utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        let source = try ReplaySource(url, townships: [try #require(PlaceCode("410803001"))])
        var lines: [ReplaySource.Line] = []
        while let line = try await source.next() { lines.append(line) }
        return lines
    }

    @Test("Empty lines are passed over and the rest is numbered without a gap")
    func numbering() async throws {
        let one = #"{"source":"hotline","sourceKey":"1"}"#
        let two = #"{"source":"hotline","sourceKey":"2"}"#
        let lines = try await all("\(one)\n\n\(two)\n")
        #expect(lines.map(\.index) == [0, 1])
        #expect(lines.map(\.report.sourceKey) == ["1", "2"])
    }

    @Test("A CSV file with the members of messages2019 as its header is read as that, quotes and line breaks too")
    func csv() async throws {
        let text = "id,user,time,title,detail\r\n7,A1,2019-01-02 03:04:05,噪声,\"夜间施工,\"\"很吵\"\"\n请管\"\n"
        let lines = try await all(text)
        let body = try #require(lines.first.flatMap { try? JSONSerialization.jsonObject(with: Data($0.report.body)) })
        let members = try #require(body as? [String: Any])
        #expect(lines.count == 1)
        #expect(members["sourceKey"] as? String == "7")
        #expect(members["text"] as? String == "夜间施工,\"很吵\"\n请管")
        #expect(members["place"] as? String == "410803001")
    }

    @Test("A CSV record with too few fields is told by its line")
    func shortRecord() async throws {
        await #expect(throws: InputFault.self) { try await all("id,user,time,title,detail\n7,A1\n") }
    }

    @Test("Characters that no edge takes are left out of foreign texts")
    func invisible() async throws {
        let line =
            "{\"id\":\"1\",\"user\":\"u\",\"time\":\"2019-01-02 03:04:05\",\"title\":\"标\\u200b题\\ufeff\",\"detail\":\"正\\u0007文\"}"
        let lines = try await all(line)
        let text = try #require(lines.first.map { String(decoding: $0.report.body, as: UTF8.self) })
        #expect(!text.contains("\u{FEFF}") && !text.contains("\\u0007") && text.contains("正文"))
    }

    @Test("Shipped demo appeals are all in our own form")
    func demo() async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let url = root.appending(path: "demo/appeals.jsonl")
        guard FileManager.default.fileExists(atPath: url.path) else { return }
        let source = try ReplaySource(url, townships: [])
        var keys: [String] = []
        while let line = try await source.next() { keys.append(line.report.sourceKey) }
        #expect(keys.count >= 40)
        #expect(Set(keys).count == keys.count)
    }
}

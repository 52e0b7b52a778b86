import Foundation
import Governance
import Testing

@testable import ToolCore

@Suite("Reports of an input file")
struct ReplaySourceTests {
    private func file(_ text: String) throws -> URL {
        let url = FileManager.default.temporaryDirectory.appending(path: "caseloop-\(UUID().uuidString)")
        try Data(text.utf8).write(to: url)
        return url
    }

    private func all(_ text: String) async throws -> [ReplaySource.Line] {
        let url = try file(text)
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

    @Test("An event of 2018 becomes a report of the channel that stands for its source")
    func events2018() async throws {
        let text = """
            REC_ID,CREATE_TIME,EVENT_SRC_NAME,EVENT_PROPERTY_NAME,EVENT_TYPE_NAME,MAIN_TYPE_NAME,SUB_TYPE_NAME,STREET_NAME
            9189,2018-02-08 19:22:39,12319,投诉,市政设施,公用部件,通讯井盖,坪山街道
            """
        let line = try #require(try await all(text).first)
        let body = try #require(JSONSerialization.jsonObject(with: Data(line.report.body)) as? [String: Any])
        #expect(body["source"] as? String == "hotline" && body["sourceKey"] as? String == "9189")
        #expect(body["occurredAt"] as? String == "2018-02-08T19:22:39+08:00")
        #expect((body["text"] as? String)?.contains("通讯井盖") == true && body["contact"] == nil)
        #expect(try Reference.sample.channels["hotline"] != nil)
    }

    @Test("A service request of New York keeps the hour of its day; sorted, requests come by their instants")
    func nyc311() async throws {
        let text = """
            unique_key,created_date,complaint_type,descriptor,community_board
            2,2024-05-27T02:08:51.000,Street Condition,Pothole,12 MANHATTAN
            1,2024-05-27T01:08:51.000,Noise - Residential,Loud Music/Party,04 QUEENS
            """
        let source = try ReplaySource(try file(text), townships: [])
        try await source.sort()
        let first = try #require(try await source.next())
        #expect(first.report.sourceKey == "1")
        let second = try #require(try await source.next())
        #expect(try await source.next() == nil)
        var plan = ReplayPlan(file: URL(filePath: "/"), townships: [])
        #expect(plan.turn(second, since: first.report.occurredAt) == nil)
        plan.speed = 60
        #expect(plan.turn(second, since: first.report.occurredAt) == .seconds(60))
    }

    @Test("A file by whose times nothing can be played, one without a report, and one of no format are told beforehand")
    func beforehand() async throws {
        let timeless = try ReplaySource(try file(#"{"source":"hotline","sourceKey":"1"}"#), townships: [])
        await #expect(throws: InputFault.self) { try await timeless.sort() }
        await #expect(throws: InputFault.self) { try await ReplaySource.check(try file("")) }
        await #expect(throws: InputFault.self) { try await ReplaySource.check(try file("a,b\n1,2\n")) }
        #expect(try await ReplaySource.check(try file(#"{"source":"hotline","sourceKey":"1"}"#)) == 1)
    }

    private static let data: URL? = {
        let given = ProcessInfo.processInfo.environment["CASELOOP_TEST_DATA"].map { URL(filePath: $0) }
        let folder =
            given ?? URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../shared/data")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    @Test(
        "Real files of each foreign format are read whole",
        .enabled(if: data != nil, "the public test data are not here: set CASELOOP_TEST_DATA"),
        arguments: ["events-2018-train.csv", "311-nyc-burst.csv"])
    func real(name: String) async throws {
        let url = try #require(Self.data).appending(path: name)
        let source = try ReplaySource(url, townships: [])
        try await source.sort()
        var keys: Set<String> = []
        while let line = try await source.next() { keys.insert(line.report.sourceKey) }
        #expect(keys.count == (name.hasPrefix("events") ? 7992 : 1000))
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

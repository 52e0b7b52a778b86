import Foundation
import Governance
import Support
import Testing

@testable import ToolCore

@Suite("Input files of a replay")
struct ReplayInputTests {
    private func file(_ bytes: Data) throws -> URL {
        let url = FileManager.default.temporaryDirectory.appending(path: "caseloop-\(UUID().uuidString)")
        try bytes.write(to: url)
        return url
    }

    private func lines(of url: URL) throws -> [String] {
        var source = try LineFile(url)
        var all: [String] = []
        while let line = try source.next() { all.append(String(decoding: line, as: UTF8.self)) }
        return all
    }

    @Test("Lines come one by one, with or without an end at the last, whatever their length")
    func plainLines() throws {
        let long = String(repeating: "长", count: 90_000)
        let url = try file(Data("a\r\n\n\(long)\nlast".utf8))
        #expect(try lines(of: url) == ["a", "", long, "last"])
    }

    @Test("A missing file is told by its path and the way out")
    func missing() {
        #expect(throws: InputFault.self) { try LineFile(URL(filePath: "/nowhere/at/all.jsonl")) }
    }

    @Test("The format is guessed from the members of the first line")
    func guessing() throws {
        let own = Array(#"{"source":"hotline","sourceKey":"1"}"#.utf8)
        let message = Array(#"{"id":"1","user":"u","time":"t","title":"t","detail":"d","likes":0}"#.utf8)
        #expect(try ReplayFormat.guess(own, place: "f") == .caseloop)
        #expect(try ReplayFormat.guess(message, place: "f") == .messages2019)
        #expect(throws: InputFault.self) { try ReplayFormat.guess(Array(#"{"x":1}"#.utf8), place: "f") }
        #expect(throws: InputFault.self) { try ReplayFormat.guess(Array("id,user".utf8), place: "f") }
    }

    @Test("A message becomes the same report in every run, at one of our places")
    func message() throws {
        let line = Array(
            #"{"id":"188006","user":"A1","time":"2019-02-28 11:25:05","title":"噪声","detail":"夜间施工"}"#.utf8)
        let places = try ["410803001", "410803002", "410803003"].map { try #require(PlaceCode($0)) }
        let one = try ReplayFormat.messages2019.report(from: line, at: "f", townships: places)
        let body = try #require(try JSONSerialization.jsonObject(with: Data(one.body)) as? [String: Any])
        #expect(one.sourceKey == "188006")
        #expect(body["occurredAt"] as? String == "2019-02-28T11:25:05+08:00")
        #expect(places.map(\.text).contains(body["place"] as? String ?? ""))
        let source = try #require(body["source"] as? String)
        #expect(try Reference.sample.channels[source] != nil, "Intake takes registered channels only")
        let two = try ReplayFormat.messages2019.report(from: line, at: "f", townships: places)
        let again = try #require(try JSONSerialization.jsonObject(with: Data(two.body)) as? [String: Any])
        #expect(body["place"] as? String == again["place"] as? String)
    }
}

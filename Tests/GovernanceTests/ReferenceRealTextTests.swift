import Foundation
import Testing

@testable import Governance

private func dataFile(_ name: String) -> URL {
    let folder =
        ProcessInfo.processInfo.environment["CASELOOP_TEST_DATA"].map { URL(filePath: $0) }
        ?? URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../shared/data")
    return folder.appending(path: name)
}

private func hasData(_ name: String) -> Bool { FileManager.default.fileExists(atPath: dataFile(name).path) }

/// Lines of a data file, unpacked by xz.
private func lines(_ name: String) throws -> [Data] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["xz", "-dc", dataFile(name).path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return data.split(separator: UInt8(ascii: "\n")).map { Data($0) }
}

private struct Message: Decodable {
    let title: String
    let detail: String
    let label: String?
}

private let noData: Comment = "the public test data are not here: set CASELOOP_TEST_DATA"

@Suite("Matching real texts")
struct ReferenceRealTextTests {
    @Test(
        "At least 58 % of every fifth real message find an item by rule, and hardly any alarms a leader",
        .enabled(if: hasData("messages-2019.jsonl.xz"), noData))
    func messages() throws {
        let lines = try lines("messages-2019.jsonl.xz")
        let matcher = try Reference.sample.matcher
        var placed = 0
        var total = 0
        var alarms = 0
        for line in lines.enumerated().filter({ $0.offset % 5 == 0 }).map(\.element) {
            let message = try JSONDecoder().decode(Message.self, from: line)
            let found = matcher.examine(title: message.title, text: message.detail, place: nil)
            total += 1
            if found.match.item != nil, found.redirect == nil { placed += 1 }
            if found.hazard != nil { alarms += 1 }
        }
        #expect(Double(placed) >= 0.58 * Double(total), "\(placed) of \(total)")
        #expect(alarms * 200 <= total, "\(alarms) alarms")
    }

    @Test(
        "First-level classes agree with people's labels in at least 80 % of what is placed",
        .enabled(if: hasData("complaints-train.jsonl.xz"), noData))
    func labels() throws {
        let lines = try lines("complaints-train.jsonl.xz")
        let reference = try Reference.sample
        var placed = 0
        var agreed = 0
        for line in lines.enumerated().filter({ $0.offset % 10 == 0 }).map(\.element) {
            let message = try JSONDecoder().decode(Message.self, from: line)
            guard let code = reference.matcher.match(title: message.title, text: message.detail, place: nil).item
            else { continue }
            placed += 1
            if reference.catalogue[code]?.firstClass == message.label { agreed += 1 }
        }
        #expect(Double(agreed) >= 0.8 * Double(placed), "\(agreed) of \(placed)")
    }
}

@Suite("The demo's input")
struct ReferenceDemoTests {
    private struct Line: Decodable {
        let source: String
        let sourceKey: String
        let place: String?
        let title: String
        let text: String
    }

    @Test("It has orders, a major hazard, ways out and queued ones, from known sources and places, all marked 示例")
    func demo() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../demo/appeals.jsonl")
        let reference = try Reference.sample
        let lines = try Data(contentsOf: file).split(separator: UInt8(ascii: "\n"))
            .map { try JSONDecoder().decode(Line.self, from: Data($0)) }
        #expect(lines.count >= 40)
        #expect(Set(lines.map(\.source)) == Set(reference.channels.all.map(\.code)))
        #expect(Set(lines.map(\.sourceKey)).count == lines.count)
        var orders = 0
        var hazards = 0
        var redirects = 0
        for line in lines {
            #expect(line.text.hasPrefix("【示例】") && line.sourceKey.hasPrefix("示例"))
            let place = try line.place.map { try #require(PlaceCode($0)) }
            if let place { #expect(reference.places[place] != nil, "\(place)") }
            let found = reference.matcher.examine(title: line.title, text: line.text, place: place)
            if found.redirect != nil { redirects += 1 } else if found.match.lead != nil { orders += 1 }
            if found.hazard != nil { hazards += 1 }
        }
        #expect(orders >= 25 && redirects >= 3 && hazards >= 1 && lines.count - orders - redirects >= 5)
    }
}

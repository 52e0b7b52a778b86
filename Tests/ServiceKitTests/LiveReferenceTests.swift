import Foundation
import Governance
import Testing

@testable import ServiceKit

@Suite("Reference data that are read again")
struct LiveReferenceTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "reference-\(UUID().uuidString)")

    private func live() throws -> LiveReference {
        try FileManager.default.copyItem(at: Reference.sampleDirectory, to: folder)
        return try LiveReference(folder: folder, logger: quiet)
    }

    private func append(_ text: String) throws {
        let file = folder.appending(path: "channels.yaml")
        try (String(contentsOf: file, encoding: .utf8) + text).write(to: file, atomically: true, encoding: .utf8)
    }

    @Test("A folder without a fault is in use from the next decision on, under its new version")
    func good() throws {
        let live = try live()
        defer { try? FileManager.default.removeItem(at: folder) }
        let before = live.current.version
        #expect(live.current.channels["drone"] == nil)
        try append(
            "  - {code: drone, name: 无人机, kind: 感知, trust: 60, owner: center, per_minute: 60, reporter: false}\n")
        #expect(live.reload())
        #expect(live.current.channels["drone"] != nil && live.current.version != before)
        #expect(live.health == .ready)
    }

    @Test("A folder with a fault changes nothing and is told by file, line and fix until it is mended")
    func bad() throws {
        let live = try live()
        defer { try? FileManager.default.removeItem(at: folder) }
        let (before, good) = (
            live.current.version, try String(contentsOf: folder.appending(path: "channels.yaml"), encoding: .utf8)
        )
        try append(
            "  - {code: drone, name: 无人机, kind: 飞行, trust: 60, owner: center, per_minute: 60, reporter: false}\n")
        #expect(!live.reload())
        #expect(live.current.version == before && live.current.channels["drone"] == nil)
        let fault = try #require(live.faults?.faults.first)
        #expect(fault.file == "channels.yaml" && fault.line > 1 && !fault.fix.isEmpty)
        guard case .noted(let wording) = live.health else {
            Issue.record("readiness says nothing of it")
            return
        }
        #expect(wording.zh.contains("channels.yaml:\(fault.line)") && wording.zh.contains(before))
        try good.write(to: folder.appending(path: "channels.yaml"), atomically: true, encoding: .utf8)
        #expect(live.reload())
        #expect(live.health == .ready && live.current.version == before)
    }

    @Test("A process refuses to start on a folder with a fault; the sample is never read again")
    func start() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: ReferenceFaults.self) { try LiveReference(folder: folder, logger: quiet) }
        let sample = try LiveReference(folder: nil, logger: quiet)
        #expect(sample.reload())
        #expect(try sample.current.version == Reference.sample.version)
    }
}

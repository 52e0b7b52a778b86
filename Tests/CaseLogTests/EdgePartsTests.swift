import Contracts
import Foundation
import Testing

@testable import CaseLog

@Suite("Parts of the edge: frames, secret, line")
struct EdgePartsTests {
    @Test("A frame comes back as it went in", arguments: [true, false])
    func frame(sealed: Bool) throws {
        let report = LogOut(
            topic: Topic.reports,
            message: Message(
                key: Array("410803001".utf8), value: Array(0...255), headers: [Header("ce_id", "路"), Header("x", "")]))
        let frame = EdgeFrame(sealed: sealed ? Edge.out(Topic.vault, key: "t", "") : nil, report: report)
        #expect(try EdgeFrame(decoding: frame.encoded()) == frame)
    }

    @Test("A damaged frame is refused, wherever it is cut")
    func damagedFrame() {
        let whole = Edge.entry(1).frame
        for length in 0..<whole.count {
            #expect(throws: EdgeFrameFault.self) { try EdgeFrame(decoding: whole.prefix(length)) }
        }
        #expect(throws: EdgeFrameFault.self) { try EdgeFrame(decoding: whole + [0]) }
    }

    @Test("The secret is made once, readable by its owner only, and found again")
    func secret() throws {
        let folder = try ScratchFolder()
        let path = folder.file("edge.secret")
        let made = try EdgeSecret.load(orCreateAt: path)
        #expect(try EdgeSecret.load(orCreateAt: path).bytes == made.bytes)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["edge.secret"])
    }

    @Test("A secret that others may read, or of the wrong length, is refused with the way out")
    func badSecret() throws {
        let folder = try ScratchFolder()
        let path = folder.file("edge.secret")
        try Data(count: 32).base64EncodedData().write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        let open = #expect(throws: EdgeSecretFault.self) { try EdgeSecret.load(orCreateAt: path) }
        #expect(open?.description.contains("chmod 600") == true)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        try Data(count: 15).base64EncodedData().write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        #expect(throws: EdgeSecretFault.self) { try EdgeSecret.load(orCreateAt: path) }
    }

    @Test("Two starts at once agree on one secret")
    func secretRace() async throws {
        let path = try ScratchFolder().file("edge.secret")
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        let found = await withTaskGroup { group in
            for _ in 0..<8 { group.addTask { try? EdgeSecret.load(orCreateAt: path).bytes } }
            return await group.reduce(into: Set<[UInt8]?>()) { $0.insert($1) }
        }
        #expect(found.count == 1)
        #expect(found.first != .some(nil))
        try FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent)
    }

    @Test("A field added at the end does not make old reports conflict")
    func newField() {
        let old = EdgeFingerprint(fields: ["a", "b"], secret: Edge.secret)
        let same = EdgeFingerprint(fields: ["a", "b", nil], secret: Edge.secret)
        #expect(same.differences(from: old, names: ["x", "y", "z"]).isEmpty)
        let more = EdgeFingerprint(fields: ["a", "b", "c"], secret: Edge.secret)
        #expect(more.differences(from: old, names: ["x", "y", "z"]) == ["z"])
    }

    @Test("The line fills a transaction up to its limits, in order, and takes a lone ticket of any size")
    func line() {
        var settings = EdgeSettings(path: "", fields: [])
        settings.commitEntries = 3
        var line = CommitLine<Int>(settings: settings)
        #expect(line.join(.init(entries: (0..<5).map { Edge.entry($0) }, reply: 0)) == .startWriter)
        #expect(line.join(.init(entries: [Edge.entry(5), Edge.entry(6)], reply: 1)) == .wait)
        #expect(line.join(.init(entries: [Edge.entry(7)], reply: 2)) == .wait)
        #expect(line.join(.init(entries: [Edge.entry(8)], reply: 3)) == .wait)
        #expect(line.mark(sent: 9) == .wait)
        #expect(line.next()?.tickets.map(\.reply) == [0])
        #expect(line.next()?.tickets.map(\.reply) == [1, 2])
        #expect(line.next()?.tickets.map(\.reply) == [3])
        #expect(line.next() == nil)
        #expect(line.isIdle && line.entries == 0 && line.bytes == 0)
        #expect(line.mark(sent: 10) == .startWriter)
        #expect(line.next()?.sent == 10)
    }
}

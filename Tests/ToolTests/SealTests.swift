import ArgumentParser
import CaseLog
import Contracts
import Foundation
import Governance
import Testing
import Vault

@testable import AuditCore
@testable import ToolCore

extension MemoryLog {
    /// What somebody with rights on the broker can do: the partition's records are others from now on.
    func rewrite(_ topic: String, _ partition: Int32, _ change: (inout [Message]) -> Void) {
        var messages = entries(topic, partition).map(\.message)
        change(&messages)
        truncate(topic, partition, to: 0)
        for message in messages { append(LogOut(topic: topic, partition: partition, message: message)) }
    }
}

@Suite("Seals of the log, and what they find")
struct SealTests {
    /// Two partitions; seals after 4 and 8 records of partition 1, and two records more.
    private struct Scene {
        let log = MemoryLog(partitions: 2)
        var seals: [SealFile] = []

        init() async throws {
            grow(from: 0, to: 4)
            seals.append(SealFile(name: "one.json", seal: try await examineChain(log).seal))
            grow(from: 4, to: 8)
            seals.append(SealFile(name: "two.json", seal: try await examineChain(log).seal))
            grow(from: 8, to: 10)
        }

        private func grow(from: Int, to: Int) {
            for number in from..<to {
                let headers = [Header("ce_id", "id \(number)"), Header("ce_subject", nil)]
                let message = Message(key: Array("410803".utf8), value: Array("[\(number)]".utf8), headers: headers)
                log.append(LogOut(topic: Topic.cases, partition: 1, message: message))
            }
            log.append(LogOut(topic: Topic.cases, partition: 0, message: Message(key: nil, value: nil)))
        }

        func found() async throws -> [String] {
            try await examineChain(log, seals: seals).differences.map { "\($0.file): \($0.what)" }
        }
    }

    private static let early = "cases/1 is another log between offset 0 and 4 (one.json)"
    private static let late = "cases/1 is another log between offset 4 (one.json) and 8 (two.json)"

    @Test("A log that only grew holds every seal of it, whenever it was taken")
    func grown() async throws {
        let scene = try await Scene()
        let outcome = try await examineChain(scene.log, seals: scene.seals)
        #expect(outcome.differences == [])
        #expect(outcome.status == 0)
        #expect(outcome.lines.last == "核验通过 seals: the log holds all 2")
        #expect(outcome.lines.first == "ok    one.json  -  \(scene.seals[0].seal.digest.grouped)")
        #expect(scene.seals[0].seal.marks.map(\.next) == [1, 4])
        #expect(Set([outcome.seal.digest] + scene.seals.map(\.seal.digest)).count == 3)
    }

    /// How a partition is rewritten.
    struct Plant: Sendable, CustomTestStringConvertible {
        var name: String
        /// One of the first four, or of the next.
        var isEarly: Bool
        var change: @Sendable (inout [Message]) -> Void

        init(_ name: String, early isEarly: Bool, _ change: @escaping @Sendable (inout [Message]) -> Void) {
            (self.name, self.isEarly, self.change) = (name, isEarly, change)
        }

        var testDescription: String { name }

        static let all = [
            Plant("a value", early: true) { $0[1].value = Array("[7]".utf8) },
            Plant("a value, later", early: false) { $0[5].value = Array("[7]".utf8) },
            Plant("a value is nothing", early: false) { $0[7].value = nil },
            Plant("a key", early: true) { $0[0].key = Array("410804".utf8) },
            Plant("a header", early: false) { $0[4].headers[0].value = Array("id 9".utf8) },
            Plant("a header's name", early: true) { $0[3].headers[0].name = "ce_Id" },
            Plant("empty for null", early: true) { $0[3].headers[1].value = [] },
            Plant("headers swapped", early: true) { $0[3].headers.swapAt(0, 1) },
            Plant("removed", early: true) { $0.remove(at: 2) },
            Plant("doubled", early: false) { $0.insert($0[6], at: 6) },
            Plant("swapped", early: false) { $0.swapAt(4, 5) },
            Plant("swapped across a seal", early: true) { $0.swapAt(3, 4) },
            Plant("inserted", early: true) { $0.insert(Message(key: nil, value: [1]), at: 0) },
        ]
    }

    @Test("What was changed is found, with the two seals between which it happened", arguments: Plant.all)
    func changed(_ plant: Plant) async throws {
        let scene = try await Scene()
        scene.log.rewrite(Topic.cases, 1, plant.change)
        let what = plant.isEarly ? Self.early : Self.late
        let names = plant.isEarly ? ["one.json", "two.json"] : ["two.json"]
        #expect(try await scene.found() == names.map { "\($0): \(what)" })
    }

    @Test("What came after the last seal is nobody's to prove")
    func unsealed() async throws {
        let scene = try await Scene()
        scene.log.rewrite(Topic.cases, 1) { $0[8].value = [] }
        #expect(try await scene.found() == [])
    }

    @Test("A log that is cut off, an other log, and a seal that was made up are told apart")
    func other() async throws {
        var scene = try await Scene()
        scene.log.truncate(Topic.cases, 1, to: 6)
        let cut = "cases/1 ends at offset 6, two.json was taken at 8: what stood there is gone"
        #expect(try await scene.found() == ["two.json: \(cut); untouched up to 4 (one.json)"])

        scene = try await Scene()
        var marks = scene.seals[0].seal.marks
        marks[1].head = marks[0].head
        scene.seals[0].seal = try LogSeal(logTime: nil, marks: marks)
        let made = "cases/1 is as two.json says, which reaches as far as this seal and holds"
        #expect(try await scene.found() == ["one.json: \(made): this one is of another log, or made up"])

        scene.seals[0].seal = try LogSeal(logTime: nil, marks: marks + marks)
        #expect(try await scene.found() == ["one.json: was taken of a log with 4 partitions, this one has 2"])
    }

    @Test("A log without its beginning is not sealed, and the way out is named")
    func gone() async throws {
        let scene = try await Scene()
        scene.log.trim(Topic.cases, 1, below: 2)
        let problem = await #expect(throws: AuditProblem.self) { try await examineChain(scene.log) }
        #expect(problem?.description.hasPrefix("cases/1 begins at offset 2, not at 0") == true)
        await #expect(throws: AuditProblem.self) { try await examineLog(scene.log, seals: scene.seals) }
        // Without seals the rest is audited, and no digest is claimed.
        #expect(try await examineLog(scene.log).counts.seal == nil)
    }

    @Test("A seal's digest is what anybody computes from its lines")
    func digest() throws {
        let time = Instant(try #require(CivilDate(year: 2026, month: 3, day: 9)), hour: 18)
        let head = try LogSeal(logTime: nil, marks: []).digest
        #expect("\(head)" == "51d77668e617a13bf0748e3c4036f089440b37192f5563de510fcc05e0d389a6")
        let seal = try LogSeal(
            logTime: time,
            marks: [.init(partition: 0, next: 12, head: head), .init(partition: 1, next: 0, head: head)])
        #expect("\(seal.digest)" == "7d443fcf33221425b39bcda63b51e62a6c7e04c88411ff354a33f5af25bfe094")
    }

    @Test("Seals are read from files and folders; what is changed in one shows, what is none is a problem")
    func files() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "caseloop-seals-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: AuditProblem.self) { try SealFile.read([folder.path]) }
        let scene = try await Scene()
        for file in scene.seals {
            try Data(file.seal.json().utf8).write(to: folder.appending(path: file.name))
        }
        var read = try SealFile.read([folder.path])
        #expect(read.map(\.seal) == scene.seals.map(\.seal))
        #expect(read.map(\.name) == scene.seals.map { folder.appending(path: $0.name).path })

        let one = folder.appending(path: "one.json")
        let changed = try String(contentsOf: one, encoding: .utf8).replacingOccurrences(
            of: "\"next\" : 4", with: "\"next\" : 3")
        try Data(changed.utf8).write(to: one)
        read = try SealFile.read([one.path])
        let found = try await examineChain(scene.log, seals: read).differences
        let what = "the file was changed after it was written: its digest is not that of what it says"
        #expect(found.map(\.what) == [what])

        for text in ["", "{}", changed.replacingOccurrences(of: "\"cases\"", with: "\"reports\"")] {
            try Data(text.utf8).write(to: one)
            #expect(throws: AuditProblem.self) { try SealFile.read([one.path]) }
        }
        #expect(throws: AuditProblem.self) { try SealFile.read([folder.appending(path: "none.json").path]) }
    }

    @Test("Files are looked at only with --verify, and --verify wants files: nothing else is taken for a seal")
    func words() throws {
        #expect(try SealCommand.parse([]).verify == false)
        #expect(try SealCommand.parse(["--verify", "a.json", "seals"]).files == ["a.json", "seals"])
        for words in [["--verify"], ["a.json"]] {
            #expect(throws: (any Error).self) { try SealCommand.parse(words) }
        }
        #expect(try AuditCommand.parse(["--seals", "a.json", "--seals", "seals"]).seals == ["a.json", "seals"])
    }
}

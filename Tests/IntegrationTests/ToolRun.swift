import Foundation
import Testing

@testable import ToolCore

/// One run of the real `caseloop` in a folder of its own.
final class ToolRun: Sendable {
    /// The folder it runs in.
    let folder: URL
    private let log: URL
    private let pid: Int32

    /// Where the executables of this build are: beside the test bundle.
    static let programs: URL = {
        let main = (Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])).resolvingSymlinksInPath()
        let beside = main.deletingLastPathComponent()
        if FileManager.default.isExecutableFile(atPath: beside.appending(path: "caseloop").path) { return beside }
        return root.appending(path: ".build/debug").resolvingSymlinksInPath()
    }()

    /// The package's folder.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// `up` with all services, or with those of `CASELOOP_TEST_SERVICES`.
    static func up(_ words: [String], in folder: URL? = nil) async throws -> ToolRun {
        let chosen = ProcessInfo.processInfo.environment["CASELOOP_TEST_SERVICES"]
        return try await ToolRun(["up", "--quiet"] + (chosen.map { ["--services", $0] } ?? []) + words, in: folder)
    }

    /// Starts `caseloop` with these words; its output goes to a file.
    init(_ words: [String], in folder: URL? = nil) async throws {
        let made = FileManager.default.temporaryDirectory.appending(path: "caseloop-it-\(UUID().uuidString.prefix(8))")
        let place = folder ?? made
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let log = place.appending(path: "out-\(UUID().uuidString.prefix(4)).log")
        try Data().write(to: log)
        self.folder = place
        self.log = log
        let program = Self.programs.appending(path: "caseloop")
        pid = try await SpawnThread.shared.perform {
            let process = Process()
            process.executableURL = program
            process.arguments = words
            process.currentDirectoryURL = place
            process.standardInput = FileHandle.nullDevice
            let file = try FileHandle(forWritingTo: log)
            process.standardOutput = file
            process.standardError = file
            process.terminationHandler = {
                let status = $0.terminationReason == .exit ? $0.terminationStatus : 128 + $0.terminationStatus
                try? Data("\(status)".utf8).write(to: log.appendingPathExtension("status"), options: .atomic)
            }
            try process.run()
            return process.processIdentifier
        }
    }

    /// All it has written so far.
    var output: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    /// Sends a signal.
    func signal(_ number: Int32) { kill(pid, number) }

    /// The exit status, once there is one.
    var status: Int32? {
        (try? String(contentsOf: log.appendingPathExtension("status"), encoding: .utf8)).flatMap { Int32($0) }
    }

    /// Waits for the end.
    func end(within limit: Duration = .seconds(120)) async throws -> Int32 {
        try await until("end of \(log.lastPathComponent)", within: limit) { self.status != nil }
        return try #require(status)
    }

    /// Waits for a condition, with what was written in the message when it does not come.
    func until(
        _ what: String, within limit: Duration = .seconds(90), _ condition: @Sendable () async throws -> Bool
    ) async throws {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        kill(pid, SIGKILL)
        Issue.record("\(what) did not come within \(limit):\n\(output.suffix(3000))")
        throw Late(what: what)
    }

    struct Late: Error { var what: String }

    /// The data folder that `up` made.
    var data: URL {
        get throws {
            let root = folder.appending(path: "run", directoryHint: .isDirectory)
            let name = try FileManager.default.contentsOfDirectory(atPath: root.path).sorted().last
            return root.appending(path: try #require(name), directoryHint: .isDirectory)
        }
    }

    /// Process ids by service.
    var pids: [String: Int32] {
        get throws {
            let bytes = try Data(contentsOf: try data.appending(path: "pids.json"))
            return try JSONDecoder().decode([String: Int32].self, from: bytes)
        }
    }

    /// The processes that `up` started and that still live.
    var left: [String] {
        get throws { try pids.filter { kill($0.value, 0) == 0 }.map(\.key).sorted() }
    }
}

/// Runs a command to its end.
/// - Returns: its output.
func tool(_ words: [String], in folder: URL, expecting status: Int32 = 0) async throws -> String {
    let run = try await ToolRun(words, in: folder)
    let ended = try await run.end(within: .seconds(60))
    #expect(ended == status, "\(words): \(run.output)")
    return run.output
}

/// Input of so many reports, made of the shipped sample under keys of their own.
func input(_ count: Int, in folder: URL) throws -> URL {
    let text = try String(contentsOf: ToolRun.root.appending(path: "demo/appeals.jsonl"), encoding: .utf8)
    let lines = text.split(separator: "\n")
    var out = ""
    for index in 0..<count {
        let line = Data(lines[index % lines.count].utf8)
        var report = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
        report["sourceKey"] = "it-\(index)"
        out += String(decoding: try JSONSerialization.data(withJSONObject: report), as: UTF8.self) + "\n"
    }
    let url = folder.appending(path: "input-\(count).jsonl")
    try Data(out.utf8).write(to: url)
    return url
}

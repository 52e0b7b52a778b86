package import Foundation
import ToolCore

/// One run of the real `caseloop` in a folder of its own.
package final class ToolRun: Sendable {
    /// The folder it runs in.
    package let folder: URL
    private let words: [String]
    private let log: URL
    private let pid: Int32

    /// Where the executables are: in the folder `CASELOOP_TEST_PROGRAMS` (a release build), or beside the test bundle.
    private static let programs: URL = {
        if let named = ProcessInfo.processInfo.environment["CASELOOP_TEST_PROGRAMS"] {
            return URL(filePath: named).resolvingSymlinksInPath()
        }
        let main = (Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])).resolvingSymlinksInPath()
        let beside = main.deletingLastPathComponent()
        if FileManager.default.isExecutableFile(atPath: beside.appending(path: "caseloop").path) { return beside }
        return root.appending(path: ".build/debug").resolvingSymlinksInPath()
    }()

    /// The package's folder.
    package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A new folder for one run.
    package static func freshFolder() throws -> URL {
        let url = FileManager.default.temporaryDirectory.appending(path: "caseloop-it-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    /// `up` with all services, or with those of `CASELOOP_TEST_SERVICES`.
    package static func up(
        _ words: [String], in folder: URL? = nil, environment: [String: String] = [:]
    ) async throws -> ToolRun {
        let chosen = ProcessInfo.processInfo.environment["CASELOOP_TEST_SERVICES"]
        let all = ["up", "--quiet"] + (chosen.map { ["--services", $0] } ?? []) + words
        return try await ToolRun(all, in: folder, environment: environment)
    }

    /// Starts `caseloop` with these words; its output goes to a file.
    package init(_ words: [String], in folder: URL? = nil, environment: [String: String] = [:]) async throws {
        let place = try folder ?? Self.freshFolder()
        let log = place.appending(path: "out-\(UUID().uuidString.prefix(4)).log")
        try Data().write(to: log)
        self.folder = place
        self.words = words
        self.log = log
        let program = Self.programs.appending(path: "caseloop")
        let variables = ProcessInfo.processInfo.environment
            .filter { !$0.key.hasPrefix("CASELOOP_FAULT_") }.merging(environment) { $1 }
        pid = try await SpawnThread.shared.perform {
            let process = Process()
            process.executableURL = program
            process.arguments = words
            process.environment = variables
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

    deinit {
        // A test that failed must not leave a stack behind; what has ended has taken its own with it.
        if status == nil { kill(pid, SIGKILL) }
    }

    /// All it has written so far.
    package var output: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    /// Sends a signal.
    package func signal(_ number: Int32) { kill(pid, number) }

    /// The exit status, once there is one.
    package var status: Int32? {
        (try? String(contentsOf: log.appendingPathExtension("status"), encoding: .utf8)).flatMap { Int32($0) }
    }

    /// Waits for the end.
    package func end(within limit: Duration = .seconds(120)) async throws -> Int32 {
        try await until("the end of \(words.first ?? "")", within: limit) { self.status != nil }
        return status ?? -1
    }

    /// Waits for a condition.
    /// - Throws: ``Late`` with what was written, when it does not come; the run is over then.
    package func until(
        _ what: String, within limit: Duration = .seconds(90), _ condition: @Sendable () async throws -> Bool
    ) async throws {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        if status == nil { kill(pid, SIGKILL) }
        throw Late(what: what, limit: limit, output: String(output.suffix(3000)))
    }

    /// Something did not come in time.
    package struct Late: Error, CustomStringConvertible {
        var what: String
        var limit: Duration
        var output: String

        package var description: String { "\(what) did not come within \(limit):\n\(output)" }
    }

    /// The data folder: the one given, or that which `up` made.
    package var data: URL {
        get throws {
            if let option = words.firstIndex(of: "--data"), option + 1 < words.count {
                return URL(filePath: words[option + 1], directoryHint: .isDirectory, relativeTo: folder)
                    .standardizedFileURL
            }
            let root = folder.appending(path: "run", directoryHint: .isDirectory)
            guard let name = try FileManager.default.contentsOfDirectory(atPath: root.path).sorted().last else {
                throw CocoaError(.fileNoSuchFile)
            }
            return root.appending(path: name, directoryHint: .isDirectory)
        }
    }

    /// Process ids by service.
    package var pids: [String: Int32] {
        get throws {
            let bytes = try Data(contentsOf: try data.appending(path: "pids.json"))
            return try JSONDecoder().decode([String: Int32].self, from: bytes)
        }
    }

    /// The processes that `up` started and that still live.
    package var left: [String] {
        get throws { try pids.filter { kill($0.value, 0) == 0 }.map(\.key).sorted() }
    }
}

/// A command ended with another status than expected.
package struct ToolFailed: Error, CustomStringConvertible {
    var words: [String]
    var status: Int32
    var output: String

    package var description: String { "\(words.joined(separator: " ")) ended with \(status):\n\(output)" }
}

/// Runs a command to its end.
/// - Returns: its output.
/// - Throws: ``ToolFailed`` when its status is another one.
package func tool(
    _ words: [String], in folder: URL, expecting status: Int32 = 0, within limit: Duration = .seconds(60)
) async throws -> String {
    let run = try await ToolRun(words, in: folder)
    let ended = try await run.end(within: limit)
    guard ended == status else { throw ToolFailed(words: words, status: ended, output: run.output) }
    return run.output
}

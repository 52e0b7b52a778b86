import Foundation
import Synchronization

/// One process that `up` started: its lines come out with a name and a colour, and its end is awaited. It dies with us.
final class Child: Sendable {
    let name: String
    /// Process id.
    let pid: Int32
    private let ended: Ended

    private init(name: String, pid: Int32, ended: Ended) {
        self.name = name
        self.pid = pid
        self.ended = ended
    }

    /// Starts a program.
    ///
    /// - Throws: `InputFault` when it cannot be started.
    static func start(
        _ name: String, program: URL, arguments: [String] = [], environment: [String: String], output: LineOutput
    ) async throws -> Child {
        guard FileManager.default.isExecutableFile(atPath: program.path) else {
            throw InputFault(place: program.path, detail: "there is no such program: build it with `make up`")
        }
        let ended = Ended()
        let words = ["child", "--parent", "\(getpid())", "--", program.path] + arguments
        let pid = try await SpawnThread.shared.perform {
            try Self.launch(words, environment, ended) { output.take($0, from: name) }
        }
        return Child(name: name, pid: pid, ended: ended)
    }

    private static func launch(
        _ words: [String], _ environment: [String: String], _ ended: Ended, _ take: @escaping @Sendable (Data) -> Void
    ) throws -> Int32 {
        let process = Process()
        process.executableURL = Programs.own
        process.arguments = words
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        pipe.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil } else { take(data) }
        }
        process.terminationHandler = {
            ended.set($0.terminationStatus, bySignal: $0.terminationReason == .uncaughtSignal)
        }
        do { try process.run() } catch {
            throw InputFault(place: Programs.own.path, detail: "cannot be started (\(error))")
        }
        return process.processIdentifier
    }

    /// Exit status; nil while it runs. A signal counts as 128 + its number.
    var status: Int32? { ended.status }
    var isRunning: Bool { status == nil }

    /// Sends a signal; a process that is gone is not an error.
    func signal(_ number: Int32) { if isRunning { kill(pid, number) } }

    /// Waits for the end; nil when it has not come by the deadline, or the task was cancelled.
    func wait(upTo limit: Duration) async -> Int32? {
        let deadline = ContinuousClock.now + limit
        while status == nil, ContinuousClock.now < deadline, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(20))
        }
        return status
    }

    /// Asks it to end, and after `limit` ends it.
    func stop(within limit: Duration) async {
        signal(SIGTERM)
        // A process that was stopped by hand would never hear of it.
        signal(SIGCONT)
        if await wait(upTo: limit) == nil {
            signal(SIGKILL)
            _ = await wait(upTo: .seconds(2))
        }
    }
}

/// Where our programs are: beside this one.
enum Programs {
    /// This program.
    static let own = (Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])).resolvingSymlinksInPath()
    /// The folder of all of them.
    static let folder = own.deletingLastPathComponent()
}

/// The exit status, written once by Foundation's thread and read by ours.
private final class Ended: Sendable {
    private let value = Mutex<Int32?>(nil)

    var status: Int32? { value.withLock { $0 } }

    func set(_ status: Int32, bySignal: Bool) { value.withLock { $0 = bySignal ? 128 + status : status } }
}

/// Lines of several processes on one terminal, a colour each, and in one file each.
final class LineOutput: Sendable {
    private struct State {
        var partial: [String: [UInt8]] = [:]
        var colours: [String: Int] = [:]
    }

    private static let palette = [36, 33, 32, 35, 34, 31, 96, 93]
    private let state = Mutex(State())
    private let folder: URL
    private let isTerminal: Bool
    private let quiet: Bool

    /// `quiet` writes to the files only.
    init(folder: URL, quiet: Bool) {
        self.folder = folder
        self.quiet = quiet
        isTerminal = isatty(STDOUT_FILENO) == 1
    }

    /// Takes what a process wrote; whole lines go out.
    func take(_ data: Data, from name: String, always: Bool = false) {
        let lines = state.withLock { state -> [(String, Int)] in
            if state.colours[name] == nil { state.colours[name] = state.colours.count }
            let colour = Self.palette[(state.colours[name] ?? 0) % Self.palette.count]
            var rest = (state.partial[name] ?? []) + data
            var lines: [(String, Int)] = []
            while let end = rest.firstIndex(of: 0x0A) {
                lines.append((String(decoding: rest[..<end], as: UTF8.self), colour))
                rest.removeFirst(end + 1)
            }
            state.partial[name] = rest
            append(data, to: name)
            return lines
        }
        guard always || !quiet else { return }
        for (line, colour) in lines { print(label(name, colour) + line) }
        fflush(nil)
    }

    /// A line of our own.
    func say(_ line: String) {
        take(Data("\(line)\n".utf8), from: "up", always: true)
    }

    private func label(_ name: String, _ colour: Int) -> String {
        let padded = name.padding(toLength: 9, withPad: " ", startingAt: 0)
        return isTerminal ? "\u{1B}[\(colour)m\(padded)\u{1B}[0m " : "\(padded) "
    }

    private func append(_ data: Data, to name: String) {
        let path = folder.appending(path: "\(name).log").path
        guard let file = fopen(path, "a") else { return }
        defer { fclose(file) }
        _ = data.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
    }
}

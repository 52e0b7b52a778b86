import Foundation
import Stacks
import ToolCore

/// One chromedriver of its own, which speaks the WebDriver protocol over plain HTTP; it ends with the value.
final class ChromeDriver: Sendable {
    /// Where it listens.
    let base: String
    private let pid: Int32

    private static let folders = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/snap/bin"]

    private static func find(_ variable: String, _ names: [String]) -> String? {
        if let named = ProcessInfo.processInfo.environment[variable], !named.isEmpty { return named }
        let paths = folders.flatMap { folder in names.map { "\(folder)/\($0)" } }
        return paths.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Both programs, or nil: then the browser tests are skipped.
    static let programs: (driver: String, browser: String)? = {
        guard let driver = find("CASELOOP_TEST_CHROMEDRIVER", ["chromedriver"]),
            let browser = find("CASELOOP_TEST_CHROMIUM", ["chromium", "chromium-browser", "google-chrome"])
        else { return nil }
        return (driver, browser)
    }()

    /// Why the tests are skipped, and what to do.
    static let absence = """
        no chromedriver and Chromium here: .ci/setup installs Debian's; elsewhere name them in CASELOOP_TEST_CHROMEDRIVER and \
        CASELOOP_TEST_CHROMIUM
        """

    /// Starts it on a port of its own choice.
    init(in folder: URL) async throws {
        let driver = Self.programs?.driver ?? "chromedriver"
        let log = folder.appending(path: "chromedriver-\(UUID().uuidString.prefix(4)).log")
        try Data().write(to: log)
        // On the one thread that starts processes: see SpawnThread.
        pid = try await SpawnThread.shared.perform {
            let process = Process()
            process.executableURL = URL(filePath: driver)
            process.arguments = ["--port=0"]
            process.standardOutput = try FileHandle(forWritingTo: log)
            process.standardError = process.standardOutput
            process.standardInput = FileHandle.nullDevice
            try process.run()
            return process.processIdentifier
        }
        var port: Substring?
        let end = ContinuousClock.now + Patience.limit
        while port == nil, ContinuousClock.now < end {
            let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
            port = text.firstMatch(of: /started successfully on port (\d+)/)?.1
            if port == nil { try await Task.sleep(for: Patience.step) }
        }
        guard let port else {
            kill(pid, SIGKILL)
            throw BrowserFault(what: "chromedriver did not start: see \(log.path)")
        }
        base = "http://127.0.0.1:\(port)"
    }

    // Not SIGTERM, which the child may have inherited blocked; its sessions, and so its browsers, have ended before.
    deinit { kill(pid, SIGKILL) }
}

/// How long a test waits for what must come, and how often it looks.
enum Patience {
    static let limit = Duration.seconds(60)
    static let step = Duration.milliseconds(100)
}

/// The page is not as it should be, or the browser refused.
struct BrowserFault: Error, CustomStringConvertible {
    var what: String
    var description: String { what }
}

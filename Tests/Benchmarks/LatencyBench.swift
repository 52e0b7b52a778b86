import Foundation

/// From the acceptance of a report to its order, through the real stack: broker, intake, triage, dispatch and console as
/// processes on this machine, the replay among them.
enum LatencyBench {
    static let rates = [50, 200]
    /// How long each rate is held.
    static let held = 20

    static func run() async throws {
        let tool = Inputs.programs.appending(path: "caseloop")
        guard FileManager.default.isExecutableFile(atPath: tool.path) else {
            throw BenchError(text: "no \(tool.path): build the product caseloop and the services first")
        }
        print("Acceptance → order, real stack with LocalBroker, everything on this machine")
        print("wanted/s   taken/s   p50 ms   p99 ms   orders")
        for rate in rates {
            try await withScratch { folder in
                let file = try input(folder, lines: rate * held)
                Bench.progress("playing \(rate * held) reports at \(rate)/s for \(held) s, then the audit")
                let text = try Child.output(
                    tool,
                    [
                        "up", "--once", "--quiet", "--data", folder.appending(path: "data").path, "--replay", file.path,
                        "--rate", "\(rate)", "--first", "\(rate * held)",
                    ])
                report(rate, text)
            }
        }
        print("")
    }

    /// The messages of 2019 where they are, else the demo again and again.
    private static func input(_ folder: URL, lines: Int) throws -> URL {
        if let file = Inputs.messages { return file }
        let file = folder.appending(path: "reports.jsonl")
        let demo = try Inputs.demo()
        var text: [UInt8] = []
        for number in 0..<lines {
            text += try HTTPLoad.Template(demo[number % demo.count]).body(number) + [0x0A]
        }
        try Data(text).write(to: file)
        return file
    }

    private static func report(_ rate: Int, _ text: String) {
        let taken = text.firstMatch(of: /s, (\d+)\/s/).map { String($0.1) } ?? "-"
        guard let found = text.firstMatch(of: /accepted→order: p50 (\d+) ms, p95 \d+ ms, p99 (\d+) ms, n (\d+)/) else {
            print("\(rate): no figures; the stack said:\n\(text.suffix(2000))")
            return
        }
        func column(_ text: some StringProtocol, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        print(
            column("\(rate)", 8) + column(taken, 10) + column(found.1, 9) + column(found.2, 9) + column(found.3, 9))
    }
}

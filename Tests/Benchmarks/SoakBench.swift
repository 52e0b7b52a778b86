import Foundation
import ServiceKit

/// The peak of a city held for long (domain.md §5: 161 000 reports a day, 20 a second at the peak): the whole stack with a made
/// input, looked at every minute. Not one of the benchmarks that run unasked: `make soak MINUTES=10`.
///
/// It fails when the audit finds anything, when a report is not acknowledged, or when the memory of a service grows without bound.
enum SoakBench {
    static let rate = 20
    /// A service may keep so much more in the last third of the run than in the second, and a share more.
    static let allowed = (bytes: 48 << 20, share: 1.15)

    static func run(minutes: Int) async throws -> Int32 {
        let tool = Inputs.programs.appending(path: "caseloop")
        guard FileManager.default.isExecutableFile(atPath: tool.path) else {
            throw BenchError(text: "no \(tool.path): build the product caseloop and the services first")
        }
        return try await withScratch { folder in
            let (data, log) = (folder.appending(path: "data"), folder.appending(path: "up.log"))
            let count = minutes * 60 * rate
            let file = folder.appending(path: "reports.jsonl")
            let city = try SoakCity(in: folder)
            try Inputs.write(count, under: "soak", at: city.townships, to: file)
            print("Soak: \(count) reports at \(rate)/s for \(minutes) min, real stack with LocalBroker, then the audit")
            let words = [
                "up", "--once", "--quiet", "--data", data.path, "--port-base", "0", "--replay", file.path, "--rate",
                "\(rate)", "--reference", city.reference.path, "--partitions", "\(SoakCity.partitions)",
            ]
            let stack = try start(tool, words, log)
            let looks = try await watch(stack, data, minutes: minutes)
            let said = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
            return report(looks, status: stack.terminationStatus, said: said, count)
        }
    }

    private static func start(_ tool: URL, _ words: [String], _ log: URL) throws -> Process {
        try Data().write(to: log)
        let process = Process()
        process.executableURL = tool
        process.arguments = words
        process.environment = Child.environment
        process.standardOutput = try FileHandle(forWritingTo: log)
        process.standardError = process.standardOutput
        try process.run()
        return process
    }

    /// A line a minute until the stack has ended: it settles and audits after the last report. The samples are closer, so that a
    /// short run is judged as well; those after the last report are not judged.
    private static func watch(_ stack: Process, _ data: URL, minutes: Int) async throws -> [SoakLook] {
        print(
            "  min   RSS MB (services, broker)   stores MB   lag   POST ms   " + SoakLook.order.joined(separator: " "))
        var looks: [SoakLook] = []
        var told = 0
        let began = ContinuousClock.now
        while stack.isRunning {
            try await Task.sleep(for: .seconds(5))
            let passed = (ContinuousClock.now - began) / .seconds(60)
            let look = SoakLook(data, at: passed)
            if !look.memory.isEmpty, passed <= Double(minutes) { looks.append(look) }
            guard Int(passed) > told, !look.memory.isEmpty else { continue }
            told = Int(passed)
            print(look.line(since: looks.last { $0.minute <= passed - 1 }))
            fflush(nil)
        }
        return looks
    }

    private static func report(_ looks: [SoakLook], status: Int32, said: String, _ count: Int) -> Int32 {
        let third = looks.count / 3
        guard third > 0, let last = looks.last else {
            print("no figures; the stack said:\n\(said.suffix(2000))")
            return 1
        }
        print("\nservice       RSS MB: second third   last third   most")
        var grows = false
        for name in last.memory.keys.sorted() {
            func most(_ looks: ArraySlice<SoakLook>) -> Int { looks.compactMap { $0.memory[name] }.max() ?? 0 }
            let (before, after) = (most(looks[third..<(2 * third)]), most(looks[(2 * third)...]))
            // LocalBroker keeps the whole log in memory: that it grows is its nature.
            let isBroker = name == SoakLook.broker
            let isTooMuch = !isBroker && Double(after) > Double(before) * allowed.share + Double(allowed.bytes)
            grows = grows || isTooMuch
            let mark = isTooMuch ? "  grows without bound" : isBroker ? "  (keeps the log in memory)" : ""
            let cells = [before, after, most(looks[...])].map { mega($0).padded(14) }
            print(name.padded(14) + cells.joined() + mark)
        }
        let kept = last.stores.values.reduce(0, +)
        print("stores: \(mega(kept)) MB, \(kept / max(count, 1)) bytes a report with all the services keep of it")
        for line in said.split(separator: "\n") where line.contains("p50") || line.contains("审计") { print(line) }
        if status != 0 { print("the stack ended with \(status):\n\(said.suffix(2000))") }
        return status != 0 ? 1 : grows ? 1 : 0
    }

    static func mega(_ bytes: Int) -> String { String(format: "%.1f", Double(bytes) / 1_048_576) }
}

/// What the processes of a stack hold at one moment.
struct SoakLook {
    static let broker = "broker"
    static let order = ["intake", "triage", "dispatch", "supervision", "revisit", "feedback", "console"]

    /// Minutes since the start.
    var minute: Double
    /// Resident bytes by process.
    var memory: [String: Int] = [:]
    /// Bytes of SQLite files by service.
    var stores: [String: Int] = [:]
    /// Records that are written and not read yet, of all partitions.
    var lag = 0.0
    /// Seconds that intake took for reports until now, and how many they were.
    var posts = (seconds: 0.0, count: 0.0)

    init(_ data: URL, at minute: Double) {
        self.minute = minute
        for (name, pid) in Processors.pids(data) { memory[name] = Self.resident(pid) }
        for name in Self.order { stores[name] = Self.size(data.appending(path: name)) }
        for port in Endpoints.ports(in: data) {
            guard let text = HTTPLoad.get(port: port, "/metrics") else { continue }
            for line in text.split(separator: "\n") { take(line) }
        }
    }

    private mutating func take(_ line: Substring) {
        guard let value = line.split(separator: " ").last.flatMap({ Double($0) }) else { return }
        if line.hasPrefix("caseloop_lag{") { lag += value }
        guard line.hasPrefix("caseloop_http_request"), line.contains("method=\"POST\""),
            line.contains("route=\"/v1/reports\"")
        else { return }
        if line.contains("_sum{") { posts.seconds += value }
        if line.contains("_count{") { posts.count += value }
    }

    /// One line of the table; the answers' mean is that of the time since `before`.
    func line(since before: SoakLook?) -> String {
        let services = memory.filter { $0.key != Self.broker }.values.reduce(0, +)
        let count = posts.count - (before?.posts.count ?? 0)
        let mean = count > 0 ? (posts.seconds - (before?.posts.seconds ?? 0)) / count * 1000 : 0
        let each = Self.order.map { SoakBench.mega(memory[$0] ?? 0) }.joined(separator: " ")
        let rss = "\(SoakBench.mega(services)), \(SoakBench.mega(memory[Self.broker] ?? 0))"
        let cells = [
            String(format: "%5.1f   ", minute), rss.padded(28), SoakBench.mega(stores.values.reduce(0, +)).padded(12),
            String(Int(lag)).padded(6), String(format: "%.1f", mean).padded(10), each,
        ]
        return cells.joined()
    }

    private static func resident(_ pid: Int32) -> Int? {
        guard let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8),
            let found = status.firstMatch(of: /VmRSS:\s+(\d+) kB/), let kilobytes = Int(found.1)
        else { return nil }
        return kilobytes * 1024
    }

    private static func size(_ folder: URL) -> Int {
        let keys: [URLResourceKey] = [.fileSizeKey]
        let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: keys)?.allObjects as? [URL]
        return (all ?? []).filter { $0.lastPathComponent.contains(".sqlite") }
            .reduce(0) { $0 + ((try? $1.resourceValues(forKeys: Set(keys)).fileSize) ?? 0) }
    }
}

extension String {
    /// With spaces behind it, to that length.
    fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

import Foundation
import GRDB
import ServiceKit

/// Durable reports a second over HTTP: the real `intake` with LocalBroker behind it, 64 keep-alive connections. Beside
/// it what one gets who commits each report by itself: the ratio shows what the shared fsync is worth.
enum IntakeBench {
    static let partitions = 96
    static let warmUp = Duration.seconds(3)
    static let measured = Duration.seconds(10)

    static func run() async throws {
        try await withScratch { folder in
            let naive = try single(folder.appending(path: "naive.sqlite"))
            let tool = Inputs.programs.appending(path: "caseloop")
            let data = folder.appending(path: "data")
            let stack = try Running(
                tool,
                [
                    "up", "--services", "intake", "--quiet", "--data", data.path, "--port-base", "0", "--partitions",
                    "\(partitions)",
                ], ends: "Ctrl-C")
            defer { stack.stop() }
            let token = try Child.output(tool, ["token", "--data", data.path, "--role", "operator"])
            guard let port = Endpoints.ports(of: "intake", in: data).first else {
                throw BenchError(text: "no port in \(data.path)/endpoints.json")
            }
            let load = HTTPLoad(
                templates: try Inputs.demo().map(HTTPLoad.Template.init), token: token, port: port)
            let before = Processors.seconds(data)
            let result = try load.run(warmUp: warmUp, measured: measured)
            let after = Processors.seconds(data)
            try report(result, naive: naive, rows: rows(data), before, after)
        }
    }

    private static func report(
        _ result: HTTPLoad.Result, naive: Double, rows: Int, _ before: [String: Double], _ after: [String: Double]
    ) throws {
        let rate = Double(result.latencies.count) / result.seconds
        let times = Sample(values: result.latencies)
        print("Intake: real executable, 64 keep-alive connections, contact data sealed, fsync before 201, 10 s")
        print("reports/s   p50 ms   p99 ms   max ms    one by one/s   ratio")
        print(
            String(
                format: "%9.0f   %6.2f   %6.2f   %6.2f    %12.0f   %5.1f", rate, times.median, times.percentile(0.99),
                times.percentile(1), naive, rate / naive))
        if !result.refused.isEmpty { print("other answers by status: \(result.refused)") }
        print("answered 201: \(result.taken), rows in edge.sqlite: \(rows) (requests under way at the end included)")
        let taken = Double(max(result.taken, 1))
        for (name, used) in after.sorted(by: { $0.key < $1.key }) {
            print(
                String(format: "  %@: %.1f µs of processor a report", name, (used - (before[name] ?? 0)) * 1e6 / taken))
        }
        print("")
    }

    /// One report after the other, each its own durable transaction, without HTTP, masking or seal.
    private static func single(_ file: URL) throws -> Double {
        let queue = try DatabaseQueue(path: file.path)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
            try db.execute(sql: "CREATE TABLE report (id TEXT PRIMARY KEY, body BLOB NOT NULL)")
        }
        let body = Data(try Inputs.demo()[0])
        let began = ContinuousClock.now
        var count = 0
        while ContinuousClock.now - began < .seconds(2) {
            try queue.write { db in
                try db.cachedStatement(sql: "INSERT INTO report VALUES (?, ?)")
                    .execute(arguments: ["bench-\(count)", body])
            }
            count += 1
        }
        return Double(count) / ((ContinuousClock.now - began) / .seconds(1))
    }

    private static func files(_ data: URL, _ name: String) -> [URL] {
        let all = FileManager.default.enumerator(at: data, includingPropertiesForKeys: nil)?.allObjects as? [URL]
        return (all ?? []).filter { $0.lastPathComponent == name }
    }

    private static func rows(_ data: URL) throws -> Int {
        try files(data, "edge.sqlite").reduce(0) { sum, file in
            sum
                + (try DatabaseQueue(path: file.path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM report") }
                    ?? 0)
        }
    }
}

extension Endpoints {
    /// The port of every replica of a stack's services, or of one service's.
    static func ports(of service: String? = nil, in data: URL) -> [Int] {
        let found = (try? read(data: data.path))?.endpoints ?? []
        return found.filter { service == nil || $0.service == service }.compactMap { URL(string: $0.url)?.port }
    }
}

/// Processor time of the stack's processes and of this one.
enum Processors {
    static func seconds(_ data: URL) -> [String: Double] {
        var found = ["load generator": own]
        for (name, pid) in pids(data) {
            guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
                let fields = stat.split(separator: ")").last?.split(separator: " "), fields.count > 12,
                let user = Double(fields[11]), let system = Double(fields[12])
            else { continue }
            found[name] = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
        }
        return found
    }

    private static var own: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

    /// Process ids of a stack's parts.
    static func pids(_ data: URL) -> [String: Int32] {
        let json = try? Data(contentsOf: data.appending(path: "pids.json"))
        let all = json.flatMap { try? JSONDecoder().decode([String: Int32].self, from: $0) } ?? [:]
        return all.filter { $0.key != "up" }
    }
}

/// A program that runs until it is told to stop; ready when it prints a line with a certain text.
final class Running {
    private let process = Process()

    init(_ program: URL, _ words: [String], ends ready: String) throws {
        let output = Pipe()
        process.executableURL = program
        process.arguments = words
        process.environment = Child.environment
        process.standardOutput = output
        try process.run()
        var text = ""
        while !text.contains(ready) {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw BenchError(text: "\(program.lastPathComponent) did not start: \(text)") }
            text += String(decoding: data, as: UTF8.self)
        }
    }

    func stop() {
        process.interrupt()
        process.waitUntilExit()
    }
}

import AsyncHTTPClient
import Contracts
import Foundation
import Kafka
import NIOCore
import NIOHTTP1
import ServiceKit
import Stacks
import Testing

@testable import ToolCore

/// A live stack that faults are done to while an input file is played into it.
struct FaultStack: Sendable {
    let run: ToolRun
    let data: URL
    /// Lines of the input.
    let count: Int
    /// Lines a second.
    let rate: Double
    let kafka: KafkaSettings
    let file: StackFile
    /// What was hit, in order.
    let seed: UInt64

    /// How the stack is started.
    struct Plan {
        /// Reports to play; 0 = none.
        var count = 300
        var rate = 40.0
        var words: [String] = []
        var environment: [String: String] = [:]
        var seed: UInt64 = 1
    }

    /// Starts a stack and waits until it is ready; the replay then begins by itself.
    static func start(_ plan: Plan = Plan()) async throws -> FaultStack {
        let folder = try ToolRun.freshFolder()
        var words = plan.words
        if plan.count > 0 {
            let input = try Inputs.messages(plan.count, in: folder)
            words += ["--replay", input.path, "--rate", "\(plan.rate)", "--receipts", "receipts.jsonl"]
        }
        let run = try await ToolRun.up(words, in: folder, environment: plan.environment)
        try await run.until("readiness") { run.output.contains("全部就绪") }
        let data = try run.data
        let file = try #require(StackFile.read(data: data))
        return FaultStack(
            run: run, data: data, count: plan.count, rate: plan.rate,
            kafka: try KafkaSettings(bootstrapServers: file.broker),
            file: file,
            seed: plan.seed)
    }

    var addresses: StackAddresses { StackAddresses(data: data, portBase: file.portBase) }
    var receipts: URL { run.folder.appending(path: "receipts.jsonl") }

    /// Reports acknowledged so far.
    var acknowledged: Int {
        FileManager.default.contents(atPath: receipts.path).map { $0.count { $0 == 0x0A } } ?? 0
    }

    /// Waits until that share of the replay is acknowledged.
    func reach(_ share: Double) async throws {
        try await run.until("\(share) of the replay") { Double(acknowledged) >= share * Double(count) }
    }

    // MARK: Faults

    /// kill -9 of a process, with a copy of what it had on disk at that moment.
    func strike(_ process: String, _ number: Int = 1) async throws -> Hit {
        let pid = try #require(try run.pids[process])
        let at = acknowledged
        kill(pid, SIGKILL)
        // Its files stand still once it is gone; `up` starts it again a second later.
        try await run.until("the end of \(process)", within: .seconds(60)) { Self.isGone(pid) }
        let copy = run.folder.appending(path: "hit-\(process)-\(number)", directoryHint: .isDirectory)
        let service = process.split(separator: "-").first.map(String.init) ?? process
        try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
        let source = data.appending(path: service).path
        let target = copy.appending(path: service).path
        try FileManager.default.copyItem(atPath: source, toPath: target)
        let ends = try await ends(of: Topic.reports)
        return Hit(process: process, service: ServiceName(rawValue: service), pid: pid, at: at, copy: copy, ends: ends)
    }

    /// Waits until `up` has started a process again.
    func restarted(_ process: String, after pid: Int32) async throws {
        try await run.until("the restart of \(process)") { try run.pids[process] != pid }
    }

    private static func isGone(_ pid: Int32) -> Bool {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else {
            return kill(pid, 0) != 0
        }
        // Behind the name, which may have blanks: the state. A zombie holds no file any more.
        return text.split(separator: ")").last?.trimmingCharacters(in: .whitespaces).first == "Z"
    }

    /// The next offset of every partition of a topic.
    func ends(of topic: String) async throws -> [Int32: Int64] {
        let admin = try Admin(settings: kafka)
        var found: [Int32: Int64] = [:]
        for partition in 0..<Int32(try await admin.topics()[topic] ?? 0) {
            found[partition] = try await admin.watermarks(topic, partition).high
        }
        await admin.close()
        return found
    }

    // MARK: The end

    /// Waits until the whole input is acknowledged.
    func played() async throws {
        try await run.until("the end of the replay", within: .seconds(180 + 3 * Double(count) / rate)) {
            run.output.contains("受理 \(count)/\(count)")
        }
    }

    /// The audit finds nothing, the receipts held against the log among it.
    @discardableResult
    func audited() async throws -> String {
        let words = ["audit", "--data", data.path, "--wait", "150"]
        let receipts = count > 0 ? ["--receipts", receipts.path] : []
        return try await tool(words + receipts, in: run.folder, within: .seconds(240))
    }

    /// Ends it; no process is left.
    func stop() async throws {
        run.signal(SIGTERM)
        let status = try await run.end(within: .seconds(15))
        #expect(status == 0, "\(run.output.suffix(2000))")
        #expect(try run.left == [])
    }

    /// A number of every replica of a service, summed up.
    func metric(_ name: String, of service: String) async throws -> Int {
        try await metric(name, at: addresses.urls(of: service))
    }

    /// Waits until a decider has decided in so many more rounds, so that it is hit at work; not longer than `limit`,
    /// because it may have nothing left to do.
    func decides(_ process: String, rounds: Int, within limit: Duration = .seconds(5)) async throws {
        let pid = try #require(try run.pids[process])
        let deadline = ContinuousClock.now + limit
        let before = await self.rounds(pid)
        while await self.rounds(pid) < before + rounds, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func rounds(_ pid: Int32) async -> Int {
        let entries = (try? Endpoints.read(data: data.path).endpoints) ?? []
        let urls = entries.filter { $0.pid == pid }.map(\.url)
        return (try? await metric("caseloop_decide_seconds_count", at: urls)) ?? 0
    }

    private func metric(_ name: String, at urls: [String]) async throws -> Int {
        var sum = 0.0
        for url in urls {
            let response = try await HTTPClient.shared.execute(
                HTTPClientRequest(url: "\(url)/metrics"), timeout: .seconds(10))
            let text = String(buffer: try await response.body.collect(upTo: 1 << 22))
            for line in text.split(separator: "\n") where line.hasPrefix("\(name){") || line.hasPrefix("\(name) ") {
                sum += line.split(separator: " ").last.flatMap { Double($0) } ?? 0
            }
        }
        return Int(sum)
    }

    /// A line of the table that a run leaves.
    func tell(_ line: String) { print("fault seed \(seed): \(line)") }
}

/// A process that was killed, and what it had then.
struct Hit: Sendable {
    var process: String
    var service: ServiceName
    var pid: Int32
    /// Reports acknowledged when it was hit.
    var at: Int
    /// A data folder with its files alone.
    var copy: URL
    /// Ends of `reports` once it was gone.
    var ends: [Int32: Int64]
}

/// The same moments for the same seed.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A share of the replay in its middle.
    mutating func moment(_ range: ClosedRange<Double> = 0.2...0.8) -> Double { .random(in: range, using: &self) }
}

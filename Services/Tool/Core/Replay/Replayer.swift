import AsyncHTTPClient
import Foundation
import Governance
import NIOCore
import NIOHTTP1
import Synchronization

/// How an input file is played.
struct ReplayPlan: Sendable {
    /// The file.
    var file: URL
    /// Reports a second; nil = as fast as they are taken.
    var rate: Double?
    /// So many times as fast as the instants in the file; nil = not by them.
    var speed: Double?
    /// So many reports from the start of the file; nil = all.
    var first: Int?
    /// Requests under way at once.
    var connections = 64
    /// How long one report is tried before it counts as not acknowledged.
    var patience: Duration = .seconds(120)
    /// One JSON line per acknowledged report goes there.
    var receipts: URL?
    /// Townships that foreign places are spread over.
    var townships: [PlaceCode]
}

extension ReplayPlan {
    /// How long after the start a line is played; nil = at once.
    func turn(_ line: ReplaySource.Line, since began: Instant?) -> Duration? {
        if let speed, let began, let at = line.report.occurredAt { return (at - began) / speed }
        return rate.map { .seconds(Double(line.index) / $0) }
    }
}

/// What became of the lines of an input file.
struct ReplayResult: Sendable, Equatable {
    /// Lines read.
    var read = 0
    /// Taken for the first time.
    var created = 0
    /// Taken earlier with the same key: the first receipt came back.
    var known = 0
    /// Attempts that had to be repeated.
    var retries = 0
    /// Why lines were not acknowledged, the first twenty.
    var refused: [String] = []
    /// How many were not acknowledged.
    var failures = 0

    /// Receipts held.
    var acknowledged: Int { created + known }
    /// Every line has its receipt.
    var isWhole: Bool { failures == 0 && acknowledged == read }

    mutating func fail(_ why: String) {
        failures += 1
        if refused.count < 20 { refused.append(why) }
    }

    /// For the terminal.
    func lines(after time: Duration) -> [String] {
        let seconds = time / .seconds(1)
        let rate = seconds > 0 ? Double(acknowledged) / seconds : 0
        var lines = [
            "受理 \(acknowledged)/\(read) (新 \(created), 重复 \(known)), \(Format.decimal(seconds, 1)) s, "
                + "\(Format.decimal(rate, 0))/s, 重试 \(retries)"
        ]
        if failures > 0 {
            lines.append("未受理 \(failures):")
            lines += refused.map { "  \($0)" }
        }
        return lines
    }
}

/// Plays an input file into Intake: each line is sent until it is acknowledged, under its one source key.
struct Replayer: Sendable {
    let plan: ReplayPlan
    /// Where Intake answers now; asked again after a failed attempt, because a restart may have moved it.
    let addresses: @Sendable () -> [String]
    let token: String

    /// Plays the file to its end.
    /// - Throws: `InputFault` when the file cannot be read or the receipts cannot be written.
    func run(progress: @escaping @Sendable (ReplayResult) -> Void = { _ in }) async throws -> ReplayResult {
        let source = try ReplaySource(plan.file, townships: plan.townships)
        if plan.speed != nil { try await source.sort() }
        let receipts = try plan.receipts.map { url throws(InputFault) in try ReceiptFile(url) }
        let tally = Tally(progress: progress)
        let intake = AddressBook(addresses)
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: Self.configuration(plan.connections))
        let start = ContinuousClock.now
        do {
            try await withThrowingDiscardingTaskGroup { group in
                for lane in 0..<plan.connections {
                    group.addTask {
                        while let line = try await source.next(), line.index < plan.first ?? .max {
                            tally.change { $0.read += 1 }
                            try await pace(line, since: tally.began(line.report.occurredAt), from: start)
                            try await send(line, lane, client, intake, tally, receipts)
                        }
                    }
                }
            }
        } catch {
            try? await client.shutdown()
            throw error
        }
        try? await client.shutdown()
        return tally.result
    }

    private static func configuration(_ connections: Int) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.timeout.connect = .seconds(2)
        return configuration
    }

    /// Waits for a line's turn; `began`: the first instant of the file.
    private func pace(
        _ line: ReplaySource.Line, since began: Instant?, from start: ContinuousClock.Instant
    ) async throws {
        guard let turn = plan.turn(line, since: began) else { return }
        try await Task.sleep(until: start + turn, tolerance: .zero, clock: .continuous)
    }

    private func send(
        _ line: ReplaySource.Line, _ lane: Int, _ client: HTTPClient, _ intake: AddressBook, _ tally: Tally,
        _ receipts: ReceiptFile?
    ) async throws {
        let deadline = ContinuousClock.now + plan.patience
        var pause = Duration.milliseconds(100)
        while true {
            let attempt = await attempt(line.report.body, intake.urls, lane, client)
            switch attempt {
            case .taken(let receipt, let created):
                try receipts?.append(line.report.sourceKey, receipt)
                return tally.change { if created { $0.created += 1 } else { $0.known += 1 } }
            case .refused(let why):
                return tally.change { $0.fail("line \(line.index + 1) (\(line.report.sourceKey)): \(why)") }
            case .later(let wait, let why):
                intake.forget()
                guard ContinuousClock.now < deadline else {
                    return tally.change {
                        $0.fail("line \(line.index + 1) (\(line.report.sourceKey)): gave up, last answer: \(why)")
                    }
                }
                tally.change { $0.retries += 1 }
                try await Task.sleep(for: wait ?? pause)
                pause = min(pause * 2, .seconds(2))
            }
        }
    }

    private enum Attempt {
        case taken(Receipt, created: Bool)
        case refused(String)
        case later(after: Duration?, String)
    }

    private struct Receipt: Decodable, ReceiptLine {
        var receipt: String
        var reportId: String
    }

    private func attempt(_ body: [UInt8], _ urls: [String], _ lane: Int, _ client: HTTPClient) async -> Attempt {
        guard !urls.isEmpty else { return .later(after: nil, "Intake has no address yet") }
        var request = HTTPClientRequest(url: "\(urls[lane % urls.count])/v1/reports")
        request.method = .POST
        request.headers.add(name: "authorization", value: "Bearer \(token)")
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: body))
        do {
            let response = try await client.execute(request, timeout: .seconds(30))
            let answer = Data(try await response.body.collect(upTo: 1 << 20).readableBytesView)
            return Self.judge(response, answer)
        } catch {
            return .later(after: nil, "\(error)")
        }
    }

    private static func judge(_ response: HTTPClientResponse, _ answer: Data) -> Attempt {
        let code = Int(response.status.code)
        switch code {
        case 200, 201:
            guard let receipt = try? JSONDecoder().decode(Receipt.self, from: answer) else {
                return .refused("\(code) without a receipt")
            }
            return .taken(receipt, created: code == 201)
        case 408, 425, 429, 500...:
            let wait = response.headers.first(name: "retry-after").flatMap { Int($0) }.map { Duration.seconds($0) }
            return .later(after: wait, "\(code)")
        default:
            return .refused("\(code) \(String(decoding: answer.prefix(300), as: UTF8.self))")
        }
    }
}

/// Where Intake answers, as long as it does: to look at every request would cost more than the request.
private final class AddressBook: Sendable {
    private let look: @Sendable () -> [String]
    private let known = Mutex<[String]>([])

    init(_ look: @escaping @Sendable () -> [String]) { self.look = look }

    var urls: [String] {
        known.withLock { known in
            if known.isEmpty { known = look() }
            return known
        }
    }

    func forget() { known.withLock { $0 = [] } }
}

/// Counts kept by all lanes together.
private final class Tally: Sendable {
    private let counts = Mutex(ReplayResult())
    private let first = Mutex<Instant?>(nil)
    private let progress: @Sendable (ReplayResult) -> Void

    init(progress: @escaping @Sendable (ReplayResult) -> Void) { self.progress = progress }

    /// The instant of the first line that has one.
    func began(_ instant: Instant?) -> Instant? {
        first.withLock { first in
            first = first ?? instant
            return first
        }
    }

    var result: ReplayResult { counts.withLock { $0 } }

    func change(_ edit: (inout ReplayResult) -> Void) {
        let now = counts.withLock { counts in
            edit(&counts)
            return counts
        }
        progress(now)
    }
}

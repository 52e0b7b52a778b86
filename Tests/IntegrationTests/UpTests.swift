import AsyncHTTPClient
import Contracts
import Foundation
import Governance
import Kafka
import NIOCore
import NIOHTTP1
import Stacks
import Testing

@testable import ToolCore

/// The real executables on LocalBroker. One after the other: two cores carry one stack, or two small ones.
@Suite("Real processes", .serialized)
struct UpTests {
    private func lines(_ url: URL) throws -> [String] {
        try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    @Test(
        "Two stacks side by side play the shipped sample, pass the audit and leave no process", .timeLimit(.minutes(15))
    )
    func once() async throws {
        let demo = ToolRun.root.appending(path: "demo/appeals.jsonl").path
        let words = ["--once", "--replay", demo, "--receipts", "receipts.jsonl", "--sample", "3"]
        async let one = ToolRun.up(words)
        async let two = ToolRun.up(words)
        for run in try await [one, two] {
            let status = try await run.end(within: .seconds(200))
            #expect(status == 0, "\(run.output.suffix(3000))")
            #expect(try run.left == [])
            #expect(try lines(run.folder.appending(path: "receipts.jsonl")).count >= 40)
            #expect(run.output.contains("accepted→order"))
        }
    }

    @Test(
        "A scripted office brings every case of a replay to its end, and the audit finds nothing",
        .timeLimit(.minutes(15)))
    func staff() async throws {
        let place = try ToolRun.freshFolder()
        let file = try Inputs.messages(30, in: place)
        let run = try await ToolRun.up(["--once", "--staff", "--partitions", "4", "--replay", file.path], in: place)
        #expect(try await run.end(within: .seconds(600)) == 0, "\(run.output.suffix(3000))")
        #expect(run.output.contains("未结 open 0") && run.output.contains("审计通过"))
    }

    @Test("Ctrl-C ends all within ten seconds; a second stack then finds the ports free", .timeLimit(.minutes(15)))
    func interrupt() async throws {
        let run = try await ToolRun.up([])
        try await run.until("readiness") { run.output.contains("全部就绪") }
        run.signal(SIGINT)
        #expect(try await run.end(within: .seconds(15)) == 0)
        #expect(try run.left == [])
    }

    @Test("No process outlives `up`, however it dies", .timeLimit(.minutes(15)))
    func killed() async throws {
        let run = try await ToolRun(["up", "--quiet", "--services", "intake"])
        try await run.until("readiness") { run.output.contains("全部就绪") }
        run.signal(SIGKILL)
        try await run.until("the children's end", within: .seconds(60)) { try run.left.isEmpty }
    }

    /// The log is sealed, and goes on while it is held against the seal.
    private func seal(_ data: URL, in place: URL) async throws {
        let sealed = try await tool(["seal", "--data", data.path], in: place)
        let start = try #require(sealed.range(of: "{\n")?.lowerBound)
        let end = try #require(sealed.lastIndex(of: "}"))
        let json = sealed[start...end]
        let file = place.appending(path: "seal.json")
        try Data(json.utf8).write(to: file)
        let words = ["seal", "--verify", file.path, "--data", data.path]
        #expect(try await tool(words, in: place).contains("the log holds all 1"))
        let audit = try await tool(["audit", "--data", data.path, "--seals", file.path], in: place)
        #expect(audit.contains("ok    chain.holds"))
        try Data(json.replacingOccurrences(of: "+08:00\"", with: "+09:00\"").utf8).write(to: file)
        #expect(try await tool(words, in: place, expecting: 1).contains("FAIL "))
        _ = try await tool(["seal", "--verify", place.appending(path: "none.json").path], in: place, expecting: 2)
    }

    @Test("A unit's head signs an order with a minted token, and the case shows it", .timeLimit(.minutes(15)))
    func command() async throws {
        let place = try ToolRun.freshFolder()
        let file = try Inputs.sample(10, in: place)
        let run = try await ToolRun.up(["--replay", file.path], in: place)
        try await run.until("replay") { run.output.contains("受理 10/10") }
        let data = try run.data
        let stack = try #require(StackFile.read(data: data))
        let reader = TopicReader(settings: try KafkaSettings(bootstrapServers: stack.broker))
        try await run.until("an order") { try await Outcomes.read(reader).cases.contains { $0.value.ordered } }
        let found = try await Outcomes.read(reader).cases.first { $0.value.ordered }
        let (number, row) = try #require(found)
        let unit = try #require(row.unit).text
        let token = try await tool(["token", "--role", "unitHead", "--unit", unit, "--data", data.path], in: place)
        let url = try #require(StackAddresses(data: data, portBase: stack.portBase).url(of: "dispatch"))
        try await run.until("the sign", within: .seconds(30)) {
            try await sign(number, url, token.trimmingCharacters(in: .whitespacesAndNewlines)) == 200
        }
        let shown = try await tool(["case", "show", number.text, "--data", data.path], in: place)
        #expect(shown.contains("order.signed") && shown.contains("时限"))
        let dead = try await tool(["dead", "list", "--data", data.path], in: place)
        #expect(dead.contains("0 dead letters"))
        try await seal(data, in: place)
        run.signal(SIGTERM)
        #expect(try await run.end(within: .seconds(15)) == 0)
    }

    @Test("A steered stack decides at the instant it is told, and its clock never goes back", .timeLimit(.minutes(15)))
    func steered() async throws {
        let place = try ToolRun.freshFolder()
        let file = try Inputs.sample(5, in: place)
        let run = try await ToolRun.up(
            ["--clock", "steered", "--clock-at", "2026-11-23T09:00+08:00", "--replay", file.path], in: place)
        try await run.until("replay") { run.output.contains("受理 5/5") }
        let data = try run.data
        _ = try await tool(["clock", "set", "2026-11-23T10:30+08:00", "--data", data.path], in: place)
        let back = try await tool(
            ["clock", "set", "2026-11-23T10:00+08:00", "--data", data.path], in: place, expecting: 1)
        #expect(back.contains("never goes back"))
        let stack = try #require(StackFile.read(data: data))
        let nine = Instant(argument: "2026-11-23T09:00+08:00")
        var times: Set<Instant?> = []
        try await TopicReader(settings: try KafkaSettings(bootstrapServers: stack.broker)).read(Topic.cases) { record in
            times.insert(Message(record)[HeaderName.time].flatMap { Instant(rfc3339: $0) })
        }
        // Positions may be written down at the later instant; what was decided was decided at the first.
        #expect(times.contains(nine) && times.isSubset(of: [nine, nine.map { $0 + .minutes(90) }]))
        run.signal(SIGTERM)
        #expect(try await run.end(within: .seconds(15)) == 0)
    }

    /// The order's number is made as Dispatch does: case and round.
    private func sign(_ number: CaseNumber, _ url: String, _ token: String) async throws -> Int {
        var request = HTTPClientRequest(url: "\(url)/v1/cases/\(number.text)/commands/order.sign")
        request.method = .POST
        request.headers.add(name: "authorization", value: "Bearer \(token)")
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: "{}"))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        return Int(response.status.code)
    }
}

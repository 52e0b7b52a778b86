import Contracts
import Foundation
import Governance
import ServiceKit

/// The limits in seconds of domain.md §5, measured on the real stack with LocalBroker, everything on this machine: each from the
/// acceptance of a report to the record that has what follows.
enum LimitsBench {
    /// What is played, what is looked at, and the limit in milliseconds at a percentile.
    private struct Row {
        var what: String
        var step: String
        var limits: [(percentile: String, milliseconds: Int)]
    }

    static func run() async throws {
        let tool = Inputs.programs.appending(path: "caseloop")
        guard FileManager.default.isExecutableFile(atPath: tool.path) else {
            throw BenchError(text: "no \(tool.path): build the product caseloop and the services first")
        }
        print(
            "Limits of domain.md §5, real stack with LocalBroker, everything on this machine; milliseconds from acceptance"
        )
        print("   n      p50    p95    p99   limit")
        Bench.progress("10 000 signals of 42 sources at 90/s")
        let signals = try await play(try (0..<10_000).map(signal), rate: 90, tool)
        show(signals, Row(what: "signal → judged", step: "judged", limits: []))
        show(signals, Row(what: "signal → warning", step: "warning", limits: [("p50", 1000), ("p99", 5000)]))
        Bench.progress("42 leaks, one a source")
        let leaks = try await play(try (0..<42).map(leak), rate: 2, tool)
        show(leaks, Row(what: "leak → leader called", step: "leader", limits: [("p99", 10_000)]))
        show(leaks, Row(what: "leak → order to the emergency bureau", step: "order", limits: [("p99", 10_000)]))
        Bench.progress("1 000 reports of the mini program at 20/s")
        let reports = try await play(try (0..<1000).map(report), rate: 20, tool)
        show(reports, Row(what: "report → order", step: "order", limits: [("p95", 3000)]))
        Bench.progress("23 bells, one after the other")
        let bells = try await play(try (0..<23).map(bell), rate: 2, tool)
        show(bells, Row(what: "silent bell → task", step: "order", limits: [("p99", 10_000)]))
        Bench.progress("23 scans that complain about a unit")
        show(try await scans(tool), Row(what: "scan → supervision order", step: "supervision", limits: [("p99", 3000)]))
        print("")
    }

    // MARK: What is played

    private static let townships = ["410803001", "410803002", "410803003", "410803004", "410803008", "410803009"]

    /// A model warns once in its window and township, however many signals there are: the warnings are few.
    private static func signal(_ number: Int) throws -> [String: Any] {
        let source = number % 42
        return try line(
            source: "sensor", key: "gauge-\(source)-\(number / 42)", place: townships[source % townships.count],
            title: "\(source + 1) 号重大危险源浓度超限", text: "【示例】\(source + 1) 号重大危险源储罐区可燃气体浓度 \(26 + number % 40) ppm,超过报警值。",
            daysAgo: 239 - number / 42)
    }

    private static func leak(_ number: Int) throws -> [String: Any] {
        try line(
            source: "sensor", key: "leak-\(number)", place: townships[number % townships.count],
            title: "液氯秤垫片处氯气泄漏报警" + Inputs.filler(number, 30),
            text: "【示例】重大危险源液氯充装秤垫片处氯气泄漏,浓度超过报警值,现场人员已疏散。" + Inputs.filler(number, 200))
    }

    private static func report(_ number: Int) throws -> [String: Any] {
        try line(
            source: "miniprogram", key: "post-\(number)", place: "410803001004",
            title: "小区充电桩坏了" + Inputs.filler(number, 30),
            text: "【示例】楼前的电动车充电桩坏了一周,充电口都没电,请尽快维修。" + Inputs.filler(number, 200))
    }

    private static func bell(_ number: Int) throws -> [String: Any] {
        try line(
            source: "bell", key: "bell-\(number)", place: "410803001004",
            title: "独居老人铃铛无应答" + Inputs.filler(number, 30),
            text: "【示例】独居老人早间未摇响铃铛,系统两次呼叫无应答,请社区立即电话联系或上门查看。" + Inputs.filler(number, 200))
    }

    private static func line(
        source: String, key: String, place: String, title: String, text: String, daysAgo: Int = 0
    ) throws -> [String: Any] {
        let moment = Date(timeIntervalSinceNow: -Double(daysAgo) * 86_400 - 60)
        return [
            "source": source, "sourceKey": key, "occurredAt": moment.ISO8601Format(), "place": place, "title": title,
            "text": text,
        ]
    }

    private static func play(_ lines: [[String: Any]], rate: Int, _ tool: URL) async throws -> String {
        try await withScratch { folder in
            let file = folder.appending(path: "reports.jsonl")
            let text = try lines.reduce(into: Data()) { text, line in
                text += try JSONSerialization.data(withJSONObject: line) + Data("\n".utf8)
            }
            try text.write(to: file)
            let said = try Child.output(
                tool,
                [
                    "up", "--once", "--quiet", "--data", folder.appending(path: "data").path, "--port-base", "0",
                    "--replay", file.path, "--rate", "\(rate)",
                ])
            guard said.contains("受理 \(lines.count)/\(lines.count) ") else {
                throw BenchError(text: "not all of \(lines.count) were accepted:\n\(said.suffix(1500))")
            }
            return said
        }
    }

    /// Each at a point of its own that belongs to the unit, so that no limit of a point is met.
    private static func scans(_ tool: URL) async throws -> String {
        try await withScratch { folder in
            let data = folder.appending(path: "data")
            let stack = try Running(tool, ["up", "--quiet", "--data", data.path, "--port-base", "0"], ends: "Ctrl-C")
            defer { stack.stop() }
            let token = try Child.output(
                tool, ["token", "--data", data.path, "--role", "center", "--unit", "410803-center"])
            guard let console = Endpoints.ports(of: "console", in: data).first,
                let feedback = Endpoints.ports(of: "feedback", in: data).first
            else { throw BenchError(text: "no console or feedback in \(data.path)/endpoints.json") }
            for number in 1...23 {
                let made = try Child.output(
                    tool,
                    [
                        "qr", "make", "410803001004", "--serial", "\(number)", "--format", "svg", "--data", data.path,
                        "--base", "", "--output", folder.appending(path: "code.svg").path,
                    ])
                guard let path = made.split(separator: "\n").last else { continue }
                try issue(number, console, token)
                try complain(String(path), number, feedback)
                try await Task.sleep(for: .milliseconds(300))
            }
            _ = try Child.output(tool, ["audit", "--data", data.path])
            return try Child.output(tool, ["outcomes", "--data", data.path])
        }
    }

    /// Registers a point of the unit as the center does on its page.
    private static func issue(_ serial: Int, _ port: Int, _ token: String) throws {
        let body = #"{"key":"\#(freshKey)","point":"410803001004.\#(serial)","unit":"410803-service"}"#
        let status = HTTPLoad.post(port: port, "/points/commands/point.issue", body, token: token)
        guard status == 303 else { throw BenchError(text: "point.issue: status \(status ?? 0)") }
    }

    private static func complain(_ path: String, _ serial: Int, _ port: Int) throws {
        let text = "【示例】\(serial) 号窗口工作人员推诿,材料退了三次。\(Inputs.filler(serial, 100))"
        let body = #"{"act":"problem","text":"\#(text)","key":"\#(freshKey)"}"#
        let status = HTTPLoad.post(port: port, path, body)
        guard status == 303 else { throw BenchError(text: "a scan at \(path): status \(status ?? 0)") }
    }

    private static var freshKey: String {
        var random = SystemRandomNumberGenerator()
        return UUID.v7(milliseconds: Instant.systemNow().milliseconds, using: &random).wire
    }

    // MARK: The table

    private static func show(_ text: String, _ row: Row) {
        guard
            let found = text.split(separator: "\n").first(where: { $0.contains("→\(row.step):") })?
                .firstMatch(of: /p50 (\d+) ms, p95 (\d+) ms, p99 (\d+) ms, n (\d+)/)
        else {
            print("\(row.what): no figures; the stack said:\n\(text.suffix(1500))")
            return
        }
        let values = ["p50": Int(found.1) ?? 0, "p95": Int(found.2) ?? 0, "p99": Int(found.3) ?? 0]
        let limits = row.limits.map { limit in
            let holds = (values[limit.percentile] ?? 0) <= limit.milliseconds
            return "\(limit.percentile) ≤ \(limit.milliseconds)\(holds ? "" : " MISSED")"
        }
        let columns = [String(found.4)] + ["p50", "p95", "p99"].map { "\(values[$0] ?? 0)" }
        let numbers = columns.map { String(repeating: " ", count: max(0, 6 - $0.count)) + $0 }.joined(separator: " ")
        print("\(numbers)   \(row.what)\(limits.isEmpty ? "" : ": " + limits.joined(separator: ", "))")
    }
}

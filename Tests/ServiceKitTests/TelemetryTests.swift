import CoreMetrics
import Foundation
import Logging
import Synchronization
import Testing

@testable import ServiceKit

struct TelemetryTests {
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    private func logger(_ lines: Lines) -> Logger {
        Logger(label: "kit") { label in
            JSONLogHandler(
                label: label, service: "triage", level: .info, now: { "2026-11-21T12:00:00.000+08:00" },
                write: { line in lines.all.withLock { $0.append(line) } })
        }
    }

    @Test("Each event is one line of JSON with its metadata")
    func line() throws {
        let lines = Lines()
        var log = logger(lines)
        log[metadataKey: LogKey.trace] = "abc"
        log.info("claimed", metadata: [LogKey.partition: "3", "list": ["a", "b\"\n\u{1}"], "error": "x"])
        log.debug("not shown")
        let line = try #require(lines.all.withLock { $0 }.first)
        #expect(lines.all.withLock { $0.count } == 1)
        #expect(line.hasSuffix("}\n"))
        let json = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(json["message"] as? String == "claimed")
        #expect(json["service"] as? String == "triage")
        #expect(json["level"] as? String == "info")
        #expect(json["trace"] as? String == "abc")
        #expect(json["partition"] as? String == "3")
        #expect(json["list"] as? [String] == ["a", "b\"\n\u{1}"])
    }

    @Test(
        "A phone or id number that slips into a log is hidden; ids of ours are not",
        arguments: [
            ("call 13912345678 now", "call *** now"), ("id 41080319900101123X.", "id ***."),
            ("offset 1763697600123", "offset 1763697600123"),
            ("410803001-20261121-K7Q2MX", "410803001-20261121-K7Q2MX"),
            ("0193509b-2a00-7c3e-9d5b-139123456789", "0193509b-2a00-7c3e-9d5b-139123456789"),
        ])
    func personal(text: String, shown: String) {
        #expect(LogSafe.text(text) == shown)
    }

    @Test("Counters, gauges and histograms print as Prometheus text")
    func prometheus() {
        let registry = PrometheusRegistry()
        registry.makeCounter(label: "caseloop.void.records", dimensions: [("service", "tri\"age"), ("a", "b")])
            .increment(by: 3)
        registry.makeMeter(label: "caseloop_lag", dimensions: []).set(12.5)
        let timer = registry.makeTimer(label: "caseloop_decide", dimensions: [])
        timer.recordNanoseconds(1_500_000)
        timer.recordNanoseconds(3_000_000_000)
        registry.makeRecorder(label: "caseloop_batch", dimensions: [], aggregate: true).record(Int64(16))
        let text = registry.text
        #expect(
            text.contains(
                "# TYPE caseloop_void_records_total counter\ncaseloop_void_records_total{a=\"b\",service=\"tri\\\"age\"} 3\n"
            ))
        #expect(text.contains("# TYPE caseloop_lag gauge\ncaseloop_lag 12.5\n"))
        #expect(text.contains("caseloop_decide_seconds_bucket{le=\"0.001\"} 0\n"))
        #expect(text.contains("caseloop_decide_seconds_bucket{le=\"0.0025\"} 1\n"))
        #expect(text.contains("caseloop_decide_seconds_bucket{le=\"+Inf\"} 2\n"))
        #expect(text.contains("caseloop_decide_seconds_sum 3.0015\n"))
        #expect(text.contains("caseloop_batch_bucket{le=\"16\"} 1\n"))
    }

    @Test("The same name and labels are the same instrument, whatever their order")
    func same() {
        let registry = PrometheusRegistry()
        registry.makeCounter(label: "a", dimensions: [("x", "1"), ("y", "2")]).increment(by: 1)
        registry.makeCounter(label: "a", dimensions: [("y", "2"), ("x", "1")]).increment(by: 1)
        #expect(registry.text.contains("a_total{x=\"1\",y=\"2\"} 2"))
    }

    @Test("A destroyed instrument is printed no more; a collector is asked at each print")
    func lifetime() {
        let registry = PrometheusRegistry()
        let gauge = registry.makeMeter(label: "age", dimensions: [])
        registry.collect { gauge.set(7.0) }
        #expect(registry.text.contains("age 7"))
        registry.destroyMeter(gauge)
        #expect(!registry.text.contains("age"))
    }
}

import Foundation
import Kafka

/// Wrapper against plain C: the same records, settings and broker, each run a process of its own, runs interleaved.
enum KafkaBench {
    static let runs = 5
    static let partitions = 96
    static let records = 1_000_000
    static let size = 200

    static func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let here = URL(fileURLWithPath: CommandLine.arguments[0])
        let plain = here.deletingLastPathComponent().appendingPathComponent("bench-kafka-c")
        var rates: [String: [Double]] = [:]
        for run in 0..<runs {
            // A fresh broker each time: the mock keeps everything in memory.
            let broker = try BrokerChild(program: here, socket: folder.appendingPathComponent("\(run).sock").path)
            defer { broker.stop() }
            let sides = run % 2 == 0 ? ["C", "Swift"] : ["Swift", "C"]
            for kind in ["produce", "consume"] {
                for side in sides {
                    let program = side == "C" ? plain : here
                    // Both read what C wrote.
                    let topic = kind == "produce" ? side : "C"
                    let count = kind == "produce" ? records : records + partitions
                    let words =
                        (side == "C" ? [] : ["kafka-side"]) + [
                            kind, broker.bootstrap, topic, "\(partitions)", "\(count)", "\(size)",
                        ]
                    let seconds = try Child.output(program, words)
                    guard let took = Double(seconds), took > 0 else {
                        throw BenchError(text: "\(side) \(kind): \(seconds)")
                    }
                    rates["\(kind) \(side)", default: []].append(Double(count) / took)
                }
            }
        }
        report(rates)
    }

    private static func report(_ rates: [String: [Double]]) {
        print(
            "Kafka wrapper against plain C: \(records) records of \(size) bytes, 2 headers, \(partitions) partitions, \(runs) runs"
        )
        print("              C records/s   spread    Swift records/s   spread    ratio")
        for kind in ["produce", "consume"] {
            let plain = Sample(values: rates["\(kind) C"] ?? [])
            let wrapped = Sample(values: rates["\(kind) Swift"] ?? [])
            print(
                "\(kind)    "
                    + String(
                        format: "%12.0f   %5.1f %%    %12.0f   %5.1f %%    %.3f", plain.median, plain.spread * 100,
                        wrapped.median, wrapped.spread * 100, wrapped.median / plain.median))
        }
    }
}

/// The measured side in Swift: the same loop as in C/kafka.c.
enum KafkaSide {
    static func run(_ words: [String]) async throws {
        guard words.count == 6, let partitions = Int(words[3]), let records = Int(words[4]), let size = Int(words[5])
        else {
            throw BenchError(text: "produce|consume BOOTSTRAP TOPIC PARTITIONS RECORDS SIZE")
        }
        var settings = try KafkaSettings(bootstrapServers: words[1])
        settings.fetchWait = .milliseconds(10)
        let took =
            words[0] == "produce"
            ? try await produce(settings, words[2], partitions, records, size)
            : try await consume(settings, words[2], partitions, records)
        print(String(format: "%.6f", took))
    }

    private static func batch(_ range: Range<Int>, _ topic: String, _ partitions: Int, _ value: [UInt8])
        -> [ProducerRecord]
    {
        // As in C, the one is made for each record, the other is always the same.
        let type = Header("ce_type", text: "order.signed")
        return range.map { n in
            let key = Array("key-\(n)".utf8)
            return ProducerRecord(
                topic: topic, partition: Int32(n % partitions), key: key, value: value,
                headers: [Header("ce_id", key), type])
        }
    }

    /// Four senders, as four partition owners would: one waits for its results while the others send.
    private static func produce(
        _ settings: KafkaSettings, _ topic: String, _ partitions: Int, _ records: Int, _ size: Int
    ) async throws -> Double {
        let producer = try Producer(settings: settings)
        let value = [UInt8](repeating: 120, count: size)
        for result in await producer.send(batch(0..<partitions, topic, partitions, value)) { _ = try result.get() }
        let clock = ContinuousClock()
        let began = clock.now
        let senders = 4
        let step = 5000
        try await withThrowingTaskGroup(of: Void.self) { group in
            for sender in 0..<senders {
                group.addTask {
                    var next = sender * step
                    while next < records {
                        let range = next..<min(next + step, records)
                        for result in await producer.send(batch(range, topic, partitions, value)) {
                            _ = try result.get()
                        }
                        next += senders * step
                    }
                }
            }
            try await group.waitForAll()
        }
        let took = clock.now - began
        await producer.close()
        return took / .seconds(1)
    }

    private static func consume(
        _ settings: KafkaSettings, _ topic: String, _ partitions: Int, _ records: Int
    ) async throws -> Double {
        let reader = try Reader(settings: settings)
        let clock = ContinuousClock()
        let began = clock.now
        let signal = WakeSignal()
        let readers = try await withThrowingTaskGroup(of: PartitionReader.self) { group in
            for partition in 0..<partitions {
                group.addTask { try await reader.open(topic, Int32(partition), from: .beginning, signal: signal) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        var seen = 0
        var bytes = 0
        var headers = 0
        while seen < records {
            for one in readers {
                let some = try one.poll(max: 1000)
                seen += some.count
                for record in some {
                    bytes += record.withValue { $0?.count ?? 0 } + record.withKey { $0?.count ?? 0 }
                    headers += record.headerCount
                }
            }
            if seen < records { await signal.wait(atMost: .seconds(1)) }
        }
        let took = clock.now - began
        await reader.close()
        guard bytes > 0, headers > 0 else { throw BenchError(text: "nothing read") }
        return took / .seconds(1)
    }
}

/// What made a benchmark impossible.
struct BenchError: Error, CustomStringConvertible {
    var text: String
    var description: String { text }
}

/// A broker in a process of its own, gone with this one.
final class BrokerChild {
    let bootstrap: String
    private let process = Process()
    private let input = Pipe()

    init(program: URL, socket: String) throws {
        let output = Pipe()
        process.executableURL = program
        process.arguments = ["broker", "--socket", socket, "--until-input-ends", "C:96", "Swift:96"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        let words = line.split(whereSeparator: \.isWhitespace)
        guard words.count == 2, words[0] == "bootstrap" else { throw BenchError(text: "no broker: \(line)") }
        bootstrap = String(words[1])
    }

    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}

enum Child {
    /// A stack under measurement takes what it can: no source is held back.
    static var environment: [String: String] {
        ProcessInfo.processInfo.environment.merging(["CASELOOP_SOURCE_LIMITS": "off"]) { $1 }
    }

    /// What a program prints on standard output.
    static func output(_ program: URL, _ words: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = program
        process.arguments = words
        process.environment = environment
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

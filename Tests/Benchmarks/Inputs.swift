import Contracts
import Foundation
import Governance

/// What the benchmarks feed: the demo's appeals, repeated with new keys; the citizens' messages of 2019 where they are.
enum Inputs {
    /// One report of the demo.
    struct Line: Decodable {
        var source: String
        var occurredAt: Instant
        var place: PlaceCode?
        var title: String?
        var text: String
    }

    /// The package's folder: that of `.build`.
    static var package: URL {
        var folder = programs
        while folder.path != "/", !FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path)
        {
            folder.deleteLastPathComponent()
        }
        return folder.path == "/" ? URL(filePath: FileManager.default.currentDirectoryPath) : folder
    }

    /// Where the executables lie.
    static var programs: URL {
        URL(filePath: CommandLine.arguments[0]).standardizedFileURL.deletingLastPathComponent()
    }

    /// The demo, a JSON object a line.
    static func demo() throws -> [[UInt8]] {
        let data = try Data(contentsOf: package.appending(path: "demo/appeals.jsonl"))
        return data.split(separator: 0x0A).map { Array($0) }
    }

    /// 4 326 real messages; nil where the file is not.
    static var messages: URL? {
        let given = ProcessInfo.processInfo.environment["CASELOOP_TEST_DATA"].map { URL(filePath: $0) }
        let folder = given ?? package.appending(path: "../shared/data").standardizedFileURL
        let file = folder.appending(path: "messages-2019.jsonl.xz")
        return FileManager.default.fileExists(atPath: file.path) ? file : nil
    }

    /// So many appeals of one township, each with a text of its own, a second apart.
    static func appeals(_ count: Int) throws -> [Appeal] {
        let lines = try demo().map { try WireJSON.decode(Line.self, from: $0) }.filter { $0.place?.township != nil }
        guard !lines.isEmpty else { throw BenchError(text: "demo/appeals.jsonl has no placed report") }
        var appeals: [Appeal] = []
        let start = Instant.systemNow() - .seconds(count)
        for number in 0..<count {
            let line = lines[number % lines.count]
            let home = HomeKey(place: line.place, source: line.source, sourceKey: "")
            let key = "bench-\(number)"
            appeals.append(
                Appeal(
                    id: .v5(Identifier.space, key), source: line.source, sourceKey: key, home: home, place: line.place,
                    title: (line.title ?? "来件") + filler(number, 60), text: line.text + filler(number, 300),
                    occurredAt: start,
                    receivedAt: start + .seconds(number), vaultToken: "BENCH", onBehalf: nil, enteredBy: "bench"))
        }
        return appeals
    }

    /// Appeals of the demo under keys of their own, each with a text of its own, so that most open a case.
    /// - Parameter places: where they happen, in turn; nil: where the demo says.
    static func write(_ count: Int, under key: String, at places: [String]? = nil, to file: URL) throws {
        let demo = try demo()
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        for number in 0..<count {
            guard var one = try JSONSerialization.jsonObject(with: Data(demo[number % demo.count])) as? [String: Any]
            else { continue }
            one["sourceKey"] = "\(key)-\(number)"
            one["text"] = (one["text"] as? String ?? "") + filler(number, 200)
            if let places { one["place"] = places[number % places.count] }
            try handle.write(contentsOf: JSONSerialization.data(withJSONObject: one) + Data("\n".utf8))
        }
    }

    /// Text that differs from number to number, so that appeals are not all joined to one matter.
    static func filler(_ number: Int, _ count: Int) -> String {
        var seed = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 | 1
        return String(
            String.UnicodeScalarView(
                (0..<count).compactMap { _ in
                    seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return Unicode.Scalar(0x4E00 + UInt32(seed >> 40) % 0x1000)
                }))
    }
}

/// Seconds a piece of work takes.
func seconds(_ work: () async throws -> Void) async rethrows -> Double {
    let began = ContinuousClock.now
    try await work()
    return (ContinuousClock.now - began) / .seconds(1)
}

/// A folder that goes with the benchmark.
func withScratch<Result>(_ work: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await work(folder)
}

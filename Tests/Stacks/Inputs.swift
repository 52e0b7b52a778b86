package import Foundation
import ToolCore

/// Input files for a replay.
package enum Inputs {
    /// Reports made of the shipped sample, under keys of their own.
    package static func sample(_ count: Int, in folder: URL) throws -> URL {
        let text = try String(contentsOf: ToolRun.root.appending(path: "demo/appeals.jsonl"), encoding: .utf8)
        let lines = text.split(separator: "\n")
        var out = ""
        for index in 0..<count {
            let line = Data(lines[index % lines.count].utf8)
            guard var report = try JSONSerialization.jsonObject(with: line) as? [String: Any] else { continue }
            report["sourceKey"] = "it-\(index)"
            out += String(decoding: try JSONSerialization.data(withJSONObject: report), as: UTF8.self) + "\n"
        }
        return try write(Data(out.utf8), count, folder)
    }

    /// The first real messages of 2019, or the shipped sample where that file is not at hand.
    package static func messages(_ count: Int, in folder: URL) throws -> URL {
        let known = ProcessInfo.processInfo.environment["CASELOOP_TEST_DATA"]
        let data = known.map { URL(filePath: $0) } ?? ToolRun.root.appending(path: "../shared/data")
        let file = data.appending(path: "messages-2019.jsonl.xz")
        guard FileManager.default.fileExists(atPath: file.path) else { return try sample(count, in: folder) }
        var lines = try LineFile(file)
        var out: [UInt8] = []
        for _ in 0..<count {
            guard let line = try lines.next() else { break }
            out += line + [UInt8(ascii: "\n")]
        }
        return try write(Data(out), count, folder)
    }

    private static func write(_ bytes: Data, _ count: Int, _ folder: URL) throws -> URL {
        let url = folder.appending(path: "input-\(count).jsonl")
        try bytes.write(to: url)
        return url
    }
}

import Foundation

/// The real appeals beside the repository; absent on most machines.
enum Corpus {
    static let path: String? = {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder =
            ProcessInfo.processInfo.environment["CASELOOP_TEST_DATA"]
            ?? package.deletingLastPathComponent().appendingPathComponent("shared/data").path
        let path = folder + "/messages-2019.jsonl.xz"
        return FileManager.default.isReadableFile(atPath: path) ? path : nil
    }()

    private struct Message: Decodable {
        var title: String
        var detail: String
    }

    static func texts() throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["xz", "-dc", path ?? ""]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try data.split(separator: UInt8(ascii: "\n")).map {
            let message = try JSONDecoder().decode(Message.self, from: $0)
            return message.title + "\n" + message.detail
        }
    }
}

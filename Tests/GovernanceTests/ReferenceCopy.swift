import Foundation
import Testing

@testable import Governance

/// A copy of the shipped folder that a test may spoil.
final class ReferenceCopy {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "reference-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: Reference.sampleDirectory, to: url)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func read(_ file: String) throws -> String {
        String(decoding: try Data(contentsOf: url.appending(path: file)), as: UTF8.self)
    }

    func write(_ text: String, to file: String) throws { try Data(text.utf8).write(to: url.appending(path: file)) }

    func append(_ text: String, to file: String) throws { try write(try read(file) + text, to: file) }

    /// Replaces the first occurrence and returns the line it stands in.
    func replace(_ old: String, by new: String, in file: String) throws -> Int {
        let text = try read(file)
        let range = try #require(text.range(of: old), "\(file) has no \(old)")
        try write(text.replacingCharacters(in: range, with: new), to: file)
        return text[..<range.lowerBound].count { $0 == "\n" } + 1
    }

    func faults() -> [ReferenceFault] {
        do throws(ReferenceFaults) {
            _ = try Reference.load(directory: url)
            return []
        } catch {
            return error.faults
        }
    }
}

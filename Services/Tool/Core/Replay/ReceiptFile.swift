import Foundation
import Synchronization

/// What Intake answered for one report.
protocol ReceiptLine: Sendable {
    var receipt: String { get }
    var reportId: String { get }
}

/// The file of `--receipts`: one JSON line `{sourceKey, id, receipt}` per acknowledged report, written at once.
final class ReceiptFile: Sendable {
    private struct Line: Encodable {
        var sourceKey: String
        var id: String
        var receipt: String
    }

    private let path: String
    private let file: Mutex<FileHandle>

    /// A new file in place of an old one.
    init(_ url: URL) throws(InputFault) {
        path = url.path
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
        else {
            throw InputFault(place: path, detail: "cannot be written: choose a folder you may write with --receipts")
        }
        self.file = Mutex(file)
    }

    /// Adds a line.
    func append(_ sourceKey: String, _ receipt: some ReceiptLine) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = try encoder.encode(
            Line(sourceKey: sourceKey, id: receipt.reportId.lowercased(), receipt: receipt.receipt))
        try file.withLock { try $0.write(contentsOf: line + [0x0A]) }
    }
}

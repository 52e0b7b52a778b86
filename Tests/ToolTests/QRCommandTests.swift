import ArgumentParser
import Foundation
import QR
import Testing
import Vault

@testable import ToolCore

@Suite("caseloop qr")
struct QRCommandTests {
    private func folder() throws -> URL {
        let url = FileManager.default.temporaryDirectory.appending(path: "caseloop-qr-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    @Test(
        "A code that was made is read back as genuine; another deployment calls it forged", arguments: ["png", "svg"])
    func roundTrip(_ format: String) async throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let (file, key) = (folder.appending(path: "code.\(format)").path, folder.appending(path: "qr.key").path)
        let make = try QRCommand.Make.parse([
            "410803001004", "--serial", "3", "--format", format, "--output", file, "--key", key,
        ])
        try await make.run()
        #expect(FileManager.default.fileExists(atPath: file))
        let secret = try ReceiptSecret.load(path: key)
        guard format == "png", FileManager.default.isExecutableFile(atPath: "/usr/bin/zbarimg") else { return }
        let text = try #require(try await CodeScanner.texts(in: file).first)
        #expect(QRCommand.Read.verdict(text, secret).line == "真码 genuine: point 410803001004.3")
        #expect(!QRCommand.Read.verdict(text, try ReceiptSecret.random()).holds)
        #expect(!QRCommand.Read.verdict("https://example.com/", secret).holds)
    }

    @Test("A point needs at least a township", arguments: ["410803", "x", "4108030010041"])
    func places(_ place: String) async throws {
        let make = try QRCommand.Make.parse([place, "--key", "/nowhere/qr.key"])
        await #expect(throws: (any Error).self) { try await make.run() }
    }
}

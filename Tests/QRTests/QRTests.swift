import Foundation
import Governance
import Testing
import Vault

@testable import QR

@Suite("Printed codes")
struct QRTests {
    private static let secret = Array(repeating: UInt8(5), count: 32)
    private static let address = "https://caseloop.example/q/"

    private func secret(_ bytes: [UInt8] = QRTests.secret) throws -> ReceiptSecret { try ReceiptSecret(bytes) }

    private func point(_ text: String = "410803001004.3") throws -> QRPoint { try #require(QRPoint(text)) }

    @Test("What zbarimg reads from the PNG, at every scale, is the address that was put in", arguments: [2, 4, 10])
    func readBack(_ scale: Int) throws {
        guard let zbarimg = Self.zbarimg else { return }
        let text = Self.address + (try PointCode(point(), secret: secret())).description
        let file = FileManager.default.temporaryDirectory.appending(path: "qr-\(UUID().uuidString).png")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(try QRPicture(text).png(scale: scale)).write(to: file)
        let process = Process()
        process.executableURL = zbarimg
        process.arguments = ["--quiet", "--raw", file.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let read = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(read.trimmingCharacters(in: .newlines) == text)
        #expect(try PointCode.read(read.trimmingCharacters(in: .newlines), secret: secret()) == point())
    }

    private static var zbarimg: URL? {
        let found = ["/usr/bin/zbarimg", "/usr/local/bin/zbarimg", "/opt/homebrew/bin/zbarimg"]
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        if found == nil { print("zbarimg is not installed (zbar-tools): codes are not read back") }
        return found.map { URL(filePath: $0) }
    }

    @Test("A signed code gives its point; every changed character, another secret and another point are refused")
    func forged() throws {
        let code = try PointCode(point(), secret: secret()).description
        #expect(code.hasPrefix("410803001004.3."))
        #expect(try PointCode.read(code, secret: secret()) == point())
        #expect(throws: PointCode.Flaw.forged(try point())) {
            try PointCode.read(code, secret: try secret(Array(repeating: 6, count: 32)))
        }
        let signature = code.split(separator: ".")[2]
        #expect(throws: PointCode.Flaw.forged(try point("410803001004.4"))) {
            try PointCode.read("410803001004.4.\(signature)", secret: try secret())
        }
        for index in code.indices {
            var changed = code
            changed.replaceSubrange(index...index, with: code[index] == "7" ? "8" : "7")
            #expect(throws: PointCode.Flaw.self, "\(changed)") { try PointCode.read(changed, secret: try secret()) }
        }
    }

    @Test(
        "What is no code of ours is told apart from a forged one",
        arguments: [
            "", "https://example.com/", "410803001004.3", "41.1.7Q2MX0AB9TTR64ZK", "410803001004.03.7Q2MX0AB9TTR64ZK",
        ])
    func strange(_ text: String) throws {
        #expect(throws: PointCode.Flaw.strange) { try PointCode.read(text, secret: try secret()) }
    }

    @Test("SVG and poster hold every dark module, and a place's name cannot break out of the sheet")
    func pictures() throws {
        let picture = try QRPicture(Self.address)
        // libqrencode's finder pattern: seven dark modules in the first row.
        #expect(Array(picture.modules.prefix(8)) == [true, true, true, true, true, true, true, false])
        #expect(picture.svg().contains("M4 4h7v1h-7z"))
        let poster = Poster.svg(picture, place: "<b>向阳社区&", address: Self.address)
        #expect(poster.contains("&lt;b&gt;向阳社区&amp;"))
        #expect(poster.contains("width=\"210mm\" height=\"297mm\""))
    }

    @Test("A text too long for a code is refused")
    func tooLong() {
        #expect(throws: QRFault.self) { try QRPicture(String(repeating: "x", count: 5000)) }
    }
}

import Foundation
import Testing

@testable import Vault

@Suite struct ReceiptTests {
    private static let secret = try! ReceiptSecret(Array(0..<32))

    @Test("A report has one receipt for ever: 80 bits of HMAC-SM3 over its id") func stable() throws {
        let id = UUID(uuidString: "6BA7B810-9DAD-51D1-80B4-00C04FD430C8")!
        let receipt = try Receipt(secret: Self.secret, reportID: id)
        let code = try HMACSM3.authenticate(bytes("6ba7b8109dad51d180b400c04fd430c8"), key: Array(0..<32))
        #expect(receipt.compact == Base32.encode(Array(code.prefix(10))))
        #expect(try Receipt(secret: Self.secret, reportID: id) == receipt)
        #expect(try Receipt(secret: .random(), reportID: id) != receipt)
    }

    @Test("A receipt prints as four groups of four") func form() throws {
        let text = try Receipt(secret: Self.secret, reportID: UUID()).description
        #expect(text.count == 19)
        #expect(text.split(separator: "-").map(\.count) == [4, 4, 4, 4])
    }

    @Test(
        "A receipt is read as people type it",
        arguments: [
            "7Q2M-10AB-9TTR-64ZK", "7q2m-10ab-9ttr-64zk", "7Q2M10AB9TTR64ZK", "7Q2M IOAB 9TTR 64ZK",
            "7q2m-loab-9ttr-64zk",
            " 7Q2M—10AB—9TTR—64ZK ", "７Ｑ２Ｍ－１０ＡＢ－９ＴＴＲ－６４ＺＫ",
        ]) func tolerant(text: String) throws
    {
        #expect(try Receipt(parsing: text).description == "7Q2M-10AB-9TTR-64ZK")
    }

    @Test(
        "What is no receipt is refused",
        arguments: [
            "", "7Q2M", "7Q2M-10AB-9TTR-64Z", "7Q2M-10AB-9TTR-64ZKK", "7Q2M-10AB-9TTR-64ZU", "七Q2M-10AB-9TTR-64ZK",
        ])
    func refused(text: String) { #expect(throws: VaultError.self) { try Receipt(parsing: text) } }

    @Test("Receipts and tokens are never taken for telephone numbers") func noFalseAlarm() throws {
        for _ in 0..<5_000 {
            let receipt = try Receipt(secret: Self.secret, reportID: UUID())
            let token = try VaultToken.random()
            #expect(!Masking.containsPersonalNumber("\(receipt) \(receipt.compact) \(token)"))
            #expect(try Receipt(parsing: receipt.description) == receipt)
            #expect(try VaultToken(token.description.lowercased()) == token)
        }
    }

    @Test("Base 32 gives back any bytes", arguments: 0...33) func base32(count: Int) throws {
        let original = try RandomBytes.make(count: count)
        #expect(Base32.decode(Base32.encode(original), count: count) == original)
    }

    @Test("A token and a receipt are texts in JSON") func json() throws {
        let token = try VaultToken.random()
        let receipt = try Receipt(secret: Self.secret, reportID: UUID())
        #expect(try JSONDecoder().decode(VaultToken.self, from: JSONEncoder().encode(token)) == token)
        #expect(try JSONDecoder().decode(Receipt.self, from: JSONEncoder().encode(receipt)) == receipt)
        #expect(throws: VaultError.self) { try VaultToken("ABC") }
    }
}

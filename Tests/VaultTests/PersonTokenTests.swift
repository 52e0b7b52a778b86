import Foundation
import Testing

@testable import Vault

/// 反映人代号: repeats by one person are counted without his name (domain.md rows 40, 41; §3.6 PIPL 51).
@Suite("The token of a person")
struct PersonTokenTests {
    private static let secret = try! ReceiptSecret(Array(0..<32))
    private let key = try! PersonKey(Self.secret)

    private func token(_ phone: String?, _ idNumber: String? = nil) throws -> String? {
        try key.token(phone: phone, idNumber: idNumber)?.description
    }

    @Test(
        "One number has one token, however it is written",
        arguments: [
            "138 1234 5678", "+86 13812345678", "0086-138-1234-5678", "１３８１２３４５６７８", "8613812345678", "013812345678",
            "13812345678(白天)", " 138-1234-5678 / 13912345678",
        ])
    func oneNumber(_ text: String) throws {
        #expect(try token(text) == token("13812345678"))
    }

    @Test(
        "A landline is one with and without country code",
        arguments: ["(0391)2938475", "+86 391 2938475", "0391 2938475"])
    func landline(_ text: String) throws {
        #expect(try token(text) == token("0391-2938475"))
        #expect(try token("0391-2938475") != token("0371-2938475"))
    }

    @Test("Without a telephone the identity number tells who it is, in its form of before 1999 too")
    func identity() throws {
        let long = try #require(try token(nil, "11010519491231002X"))
        #expect(try token(nil, "110105 19491231 002x") == long)
        #expect(try token(nil, "110105491231002") == long)
        #expect(try token("家里没有电话", "１１０１０５１９４９１２３１００２Ｘ") == long)
        #expect(try token("13812345678", "11010519491231002X") == token("13812345678"))
    }

    @Test(
        "Who left no whole number has no token",
        arguments: [nil, "", "138123456", "2938475", "无"], [nil, "", "110105194912310021", "410803"])
    func none(_ phone: String?, _ idNumber: String?) throws {
        #expect(try token(phone, idNumber) == nil)
    }

    @Test("Another number and another secret give another token; the same secret gives the same on every replica")
    func others() throws {
        #expect(try token("13812345678") != token("13812345679"))
        let other = try PersonKey(ReceiptSecret(Array(1..<33)))
        #expect(try other.token(phone: "13812345678", idNumber: nil)?.description != token("13812345678"))
        let replica = try PersonKey(ReceiptSecret(Array(0..<32)))
        #expect(try replica.token(phone: "13812345678", idNumber: nil)?.description == token("13812345678"))
    }

    @Test("It is no receipt: under the same secret the same text has other bits, and the key is not the secret")
    func noReceipt() throws {
        let text = try #require(try token("13812345678"))
        for message in ["13812345678", "phone13812345678", "caseloop.person-token.v1"] {
            let receipt = try Receipt(secret: Self.secret, text: message).compact
            #expect(!text.hasPrefix(receipt))
        }
        #expect("\(key)" == "***" && Mirror(reflecting: key).children.isEmpty)
    }

    @Test("It reads like a token of the vault and is never taken for a telephone number")
    func form() throws {
        for number in 13_800_000_000..<13_800_002_000 {
            let text = try #require(try token("\(number)"))
            #expect(text.count == 26 && Base32.decode(text, count: 16) != nil)
            #expect(!Masking.containsPersonalNumber("\"\(text)\""))
        }
    }
}

import Foundation
import Testing

@testable import Vault

func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}

func bytes(_ hex: String) -> [UInt8] {
    stride(from: 0, to: hex.count, by: 2).map { UInt8(hex.dropFirst($0).prefix(2), radix: 16)! }
}

@Suite struct PrimitivesTests {
    @Test(
        "SM3 gives the digests of GB/T 32905 annex A",
        arguments: [
            ("abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
            (
                String(repeating: "abcd", count: 16),
                "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
            ),
            ("", "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"),
        ]) func sm3(text: String, digest: String) throws
    {
        #expect(hex(try SM3.hash(Array(text.utf8))) == digest)
    }

    @Test("HMAC-SM3 gives the code of GM/T 0042 annex D.3") func hmac() throws {
        let half = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
        let code = try HMACSM3.authenticate(Array((half + half).utf8), key: Array(1...32))
        #expect(hex(code) == "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a")
    }

    @Test("An empty key is a key, not the key of the call before") func emptyKey() throws {
        let first = try HMACSM3.authenticate([1], key: [])
        _ = try HMACSM3.authenticate([1], key: [9, 9])
        #expect(try HMACSM3.authenticate([1], key: []) == first)
        #expect(try HMACSM3.authenticate([1], key: [9, 9]) != first)
    }

    @Test("SM4 enciphers the block of GB/T 32907 example 1") func sm4Block() throws {
        let block = bytes("0123456789abcdeffedcba9876543210")
        let stream = try SM4CTR.apply([UInt8](repeating: 0, count: 16), key: block, iv: block)
        #expect(hex(stream) == "681edf34d206965e86b3e94f536e4246")
    }

    @Test("SM4-CTR twice is the text again, at any length", arguments: [0, 1, 15, 16, 17, 1000, 30_001])
    func sm4RoundTrip(count: Int) throws {
        let text = try RandomBytes.make(count: count)
        let key = try RandomBytes.make(count: 16)
        let iv = try RandomBytes.make(count: 16)
        #expect(try SM4CTR.apply(SM4CTR.apply(text, key: key, iv: iv), key: key, iv: iv) == text)
    }

    @Test("A key or counter of the wrong length is refused", arguments: [(15, 16), (17, 16), (16, 0), (16, 12)])
    func sm4Lengths(key: Int, iv: Int) {
        #expect(throws: VaultError.self) {
            try SM4CTR.apply([1], key: [UInt8](repeating: 1, count: key), iv: [UInt8](repeating: 1, count: iv))
        }
    }

    @Test("SM2 gives a secret back to the private half only") func sm2() throws {
        let pair = try SM2Key.generate()
        let other = try SM2Key.generate()
        let envelope = try SM2Key(publicDER: pair.publicDER()).encrypt(SecretBytes(count: 32) { $0[3] = 7 })
        let opened = try SM2Key(privateDER: pair.privateDER()).decrypt(envelope)
        #expect(opened.withBytes { $0[3] } == 7)
        #expect(throws: VaultError.self) { try other.decrypt(envelope).count }
    }

    @Test("A key that is not on the SM2 curve is refused") func foreignKey() {
        // The DER of a P-256 public key.
        let der = Data(
            base64Encoded: "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/"
                + "hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==")!
        #expect(throws: VaultError.self) { try SM2Key(publicDER: Array(der)).publicDER() }
        #expect(throws: VaultError.self) { try SM2Key(publicDER: [1, 2, 3]).publicDER() }
    }

    @Test("Every reason has a remedy, and the text names it") func errors() {
        let error = VaultError(.unknownKey, "master key mk-1 is not in the ring")
        #expect(error.remedy == .repairKeys)
        #expect(error.description == "vault unknownKey: master key mk-1 is not in the ring [repairKeys]")
        #expect(VaultError.libcrypto("X").remedy == .stop)
    }
}

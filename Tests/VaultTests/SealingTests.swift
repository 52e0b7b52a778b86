import Foundation
import Testing

@testable import Vault

@Suite struct SealingTests {
    static let ring = try! MasterKeyRing.generate(at: 1_000)
    static let content = SealedContent(
        name: "李四", phone: "13812345678", address: "焦作市中站区李封街道", idNumber: "41080319900307453X",
        text: "我的电话13812345678", extra: ["wechat": "lisi"])

    static func sealed(step: Int = 0) throws -> VaultRecord {
        let sealer = try Sealer(key: ring.sealingKey)
        for _ in 0..<step { _ = try sealer.seal(content, token: .random(), at: 5_000) }
        return try sealer.seal(content, token: .random(), at: 5_000)
    }

    @Test("What was sealed is opened, at any step of a chain", arguments: [0, 1, 2, 255, 256, 300])
    func roundTrip(step: Int) throws {
        let record = try Self.sealed(step: step)
        #expect(record.wrapped.step == step % 256)
        #expect(try Opener(ring: Self.ring).open(record) == Self.content)
    }

    @Test("An empty record is sealed too") func empty() throws {
        let record = try Sealer(key: Self.ring.sealingKey).seal(SealedContent(), token: .random(), at: 0)
        #expect(try Opener(ring: Self.ring).open(record) == SealedContent())
    }

    @Test("Each record has a data key, counter and token of its own") func fresh() throws {
        let sealer = try Sealer(key: Self.ring.sealingKey)
        let records = try (0..<50).map { _ in try sealer.seal(Self.content, token: .random(), at: 5_000) }
        #expect(Set(records.map(\.wrapped.key)).count == 50)
        #expect(Set(records.map(\.iv)).count == 50)
        #expect(Set(records.map(\.ciphertext)).count == 50)
        #expect(Set(records.map(\.token)).count == 50)
        #expect(Set(records.map(\.wrapped.envelope)).count == 1)
    }

    @Test(
        "A chain ends with its lifetime, or when the clock went back",
        arguments: [(64_999, 1), (65_000, 2), (4_999, 2)])
    func lifetime(instant: Int64, chains: Int) throws {
        let sealer = try Sealer(key: Self.ring.sealingKey)
        let records = try [5_000, instant].map { try sealer.seal(Self.content, token: .random(), at: $0) }
        #expect(Set(records.map(\.wrapped.envelope)).count == chains)
    }

    @Test("Many tasks may seal at once") func concurrent() async throws {
        let sealer = try Sealer(key: Self.ring.sealingKey, chainLength: 7)
        let records = try await withThrowingTaskGroup(of: VaultRecord.self) { group in
            for _ in 0..<40 { group.addTask { try sealer.seal(Self.content, token: .random(), at: 5_000) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let opener = Opener(ring: Self.ring)
        #expect(try records.allSatisfy { try opener.open($0) == Self.content })
        #expect(Set(records.map { "\($0.wrapped.envelope.base64EncodedString())\($0.wrapped.step)" }).count == 40)
    }

    enum Tampering: String, CaseIterable {
        case token, keyId, envelope, step, wrappedKey, shortWrappedKey, iv, shortIV, ciphertext, shortCiphertext,
            sealedAt
        case rewrappedAt, mac, noMAC, version, algorithm, negativeStep, farStep

        func change(_ record: inout VaultRecord, other: VaultRecord) throws {
            switch self {
            case .token: record.token = try .random()
            case .keyId: record.keyId = "mk-0"
            case .envelope: record.wrapped.envelope[40] ^= 1
            case .step: record.wrapped.step += 1
            case .negativeStep: record.wrapped.step = -1
            case .farStep: record.wrapped.step = .max
            case .wrappedKey: record.wrapped.key[0] ^= 1
            case .shortWrappedKey: record.wrapped.key.removeLast()
            case .iv: record.iv[15] ^= 1
            case .shortIV: record.iv = record.iv.dropLast()
            case .ciphertext: record.ciphertext = other.ciphertext
            case .shortCiphertext: record.ciphertext.removeLast()
            case .sealedAt: record.sealedAt += 1
            case .rewrappedAt: record.rewrappedAt = 0
            case .mac: record.mac[31] ^= 0x80
            case .noMAC: record.mac = Data()
            case .version: record.version = 2
            case .algorithm: record.algorithms.cipher = "none"
            }
        }
    }

    @Test("A change of any field is noticed", arguments: Tampering.allCases) func tampering(_ what: Tampering) throws {
        var record = try Self.sealed(step: 3)
        try what.change(&record, other: Self.sealed())
        let error = try #require(throws: VaultError.self) { try Opener(ring: Self.ring).open(record) }
        let expected: VaultError.Reason =
            switch what {
            case .keyId: .unknownKey
            case .version, .algorithm: .unsupported
            default: .tampered
            }
        #expect(error.reason == expected)
    }

    @Test("Every single flipped bit of the stored form is noticed or harmless") func flippedBits() throws {
        let json = try VaultEntry.sealed(Self.sealed()).json()
        let opener = Opener(ring: Self.ring)
        for position in stride(from: 0, to: json.count, by: 7) {
            var changed = json
            changed[position] ^= 2
            let opened = try? opener.open(VaultEntry(json: changed))
            #expect(opened == nil || opened == Self.content)
        }
    }

    @Test("A truncated record is malformed, wherever it is cut") func truncated() throws {
        let json = try VaultEntry.sealed(Self.sealed()).json()
        for count in stride(from: 0, to: json.count, by: 13) {
            let error = #expect(throws: VaultError.self) { try VaultEntry(json: Array(json.prefix(count))) }
            #expect(error?.reason == .malformed)
        }
    }

    @Test("Another ring opens nothing, even under the same id") func wrongKey() throws {
        let record = try Self.sealed()
        let other = try MasterKeyRing.generate(at: 2_000)
        let stranger = #expect(throws: VaultError.self) { try Opener(ring: other).open(record) }
        #expect(stranger?.reason == .unknownKey)
        var renamed = record
        renamed.keyId = other.sealingKey.id
        let forged = #expect(throws: VaultError.self) { try Opener(ring: other).open(renamed) }
        #expect(forged?.reason == .tampered)
    }

    @Test("The stored form reads back equal and holds nothing in the clear") func storedForm() throws {
        let record = try Self.sealed()
        let json = try VaultEntry.sealed(record).json()
        #expect(try VaultEntry(json: json) == .sealed(record))
        #expect(!Masking.containsPersonalNumber(json: json))
        #expect(!String(decoding: json, as: UTF8.self).contains("李四"))
    }

    @Test("A newer record is refused as such") func newer() {
        let error = #expect(throws: VaultError.self) { try VaultEntry(json: Array(#"{"version":2,"more":1}"#.utf8)) }
        #expect(error?.reason == .unsupported)
    }

    @Test("After a rotation the new key alone opens the record, and the old one is gone") func rotation() throws {
        let record = try Self.sealed(step: 9)
        let both = try Self.ring.rotated(at: 9_000)
        #expect(both.ids.count == 2)
        #expect(both.sealingKey != Self.ring.sealingKey)
        let moved = try Opener(ring: both).rewrap(record, under: both.sealingKey, at: 9_500)
        #expect(moved.rewrappedAt == 9_500)
        #expect(moved.ciphertext == record.ciphertext)
        let onlyNew = try both.removing(record.keyId)
        #expect(try Opener(ring: onlyNew).open(moved) == Self.content)
        #expect(throws: VaultError.self) { try Opener(ring: onlyNew).open(record) }
    }

    @Test("An erased person leaves a token and a date") func erasure() throws {
        let token = try VaultToken.random()
        let json = try VaultEntry.erased(token, at: 77).json()
        #expect(try VaultEntry(json: json) == .erased(token, at: 77))
        let error = #expect(throws: VaultError.self) { try Opener(ring: Self.ring).open(VaultEntry(json: json)) }
        #expect(error?.reason == .erased)
    }

    @Test("Secrets print as nothing") func redaction() throws {
        var dumped = ""
        dump(Self.content, to: &dumped)
        dump(Self.ring, to: &dumped)
        dump(try ReceiptSecret([UInt8](repeating: 0x41, count: 16)), to: &dumped)
        #expect(!dumped.contains("李四") && !dumped.contains("13812345678") && !dumped.contains("65"))
        #expect("\(Self.content)" == "SealedContent(***)")
    }
}

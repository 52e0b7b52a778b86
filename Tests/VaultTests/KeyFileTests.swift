import Foundation
import Testing

@testable import Vault

@Suite struct KeyFileTests {
    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vault-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    private func mode(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test("The keys file is the owner's alone and reads back equal") func ring() throws {
        try inFolder { folder in
            let path = folder + "/keys.json"
            let ring = try MasterKeyRing.generate(at: 5).rotated(at: 6)
            try ring.create(path: path)
            #expect(try mode(path) == 0o600)
            #expect(try MasterKeyRing.load(path: path) == ring)
            try ring.rotated(at: 7).replace(path: path)
            #expect(try MasterKeyRing.load(path: path).ids.count == 3)
            #expect(try mode(path) == 0o600)
        }
    }

    @Test("An existing keys file is never overwritten by a new one") func noOverwrite() throws {
        try inFolder { folder in
            try MasterKeyRing.generate(at: 5).create(path: folder + "/keys.json")
            let error = #expect(throws: VaultError.self) {
                try MasterKeyRing.generate(at: 5).create(path: folder + "/keys.json")
            }
            #expect(error?.reason == .keysFile)
        }
    }

    @Test("A keys file others may read is refused with the command that mends it") func openFile() throws {
        try inFolder { folder in
            let path = folder + "/keys.json"
            try MasterKeyRing.generate(at: 5).create(path: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
            let error = #expect(throws: VaultError.self) { try MasterKeyRing.load(path: path) }
            #expect(error?.detail.contains("chmod 600 \(path)") == true)
        }
    }

    @Test("A missing, damaged, newer or mixed-up keys file is named") func damaged() throws {
        try inFolder { folder in
            let path = folder + "/keys.json"
            #expect(throws: VaultError.self) { try MasterKeyRing.load(path: path) }
            try MasterKeyRing.generate(at: 5).rotated(at: 6).create(path: path)
            let text = try String(contentsOfFile: path, encoding: .utf8)
            for (old, new) in [("\"keys\"", "\"kyes\""), ("mk-", "mq-"), ("\"version\" : 1", "\"version\" : 2")] {
                try SecretFile.replace(path, Array(text.replacingOccurrences(of: old, with: new).utf8))
                let error = #expect(throws: VaultError.self) { try MasterKeyRing.load(path: path) }
                #expect(error?.detail.isEmpty == false)
            }
        }
    }

    @Test("The edge's file holds the public half only") func sealingKey() throws {
        try inFolder { folder in
            let path = folder + "/sealing.json"
            let ring = try MasterKeyRing.generate(at: 5)
            try ring.sealingKey.write(path: path)
            try ring.sealingKey.write(path: path)
            #expect(try SealingKey.load(path: path) == ring.sealingKey)
            #expect(try mode(path) == 0o644)
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(!text.contains("privateKey"))
            #expect(throws: VaultError.self) { try MasterKeyRing.load(path: path) }
        }
    }

    @Test("The receipt secret reads back and gives the same receipts") func secret() throws {
        try inFolder { folder in
            let secret = try ReceiptSecret.random()
            try secret.create(path: folder + "/secret")
            #expect(try mode(folder + "/secret") == 0o600)
            let id = UUID()
            let again = try ReceiptSecret.load(path: folder + "/secret")
            #expect(try Receipt(secret: secret, reportID: id) == Receipt(secret: again, reportID: id))
        }
    }

    @Test("The current key cannot be removed, an empty ring not be made") func removing() throws {
        let ring = try MasterKeyRing.generate(at: 5)
        #expect(throws: VaultError.self) { try ring.removing(ring.sealingKey.id) }
        #expect(throws: VaultError.self) { try MasterKeyRing([]) }
    }
}

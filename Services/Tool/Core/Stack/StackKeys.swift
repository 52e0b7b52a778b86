import CaseLog
import Foundation
import Governance
import ServiceKit
import Vault

/// The secrets of a stack in `DATA/keys`: made once, readable by this user alone. A lasting data folder keeps them.
struct StackKeys: Sendable {
    let jwtPrivate: String
    let jwtPublic: String
    let receiptSecret: String
    let sealingKey: String
    let masterKeys: String

    /// Paths in a data folder.
    init(data: URL) {
        let folder = data.appending(path: "keys").path
        jwtPrivate = "\(folder)/\(TokenKeyPair.privateFile)"
        jwtPublic = "\(folder)/\(TokenKeyPair.publicFile)"
        receiptSecret = "\(folder)/receipt.key"
        sealingKey = "\(folder)/sealing.pem"
        masterKeys = "\(folder)/master-keys"
    }

    /// Makes what is missing.
    func ensure() throws {
        let folder = URL(filePath: jwtPrivate).deletingLastPathComponent()
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        _ = try TokenKeyPair.ensure(in: folder.path)
        _ = try EdgeSecret.load(orCreateAt: receiptSecret)
        if !FileManager.default.fileExists(atPath: masterKeys) {
            try MasterKeyRing.generate(at: Instant.systemNow().milliseconds).create(path: masterKeys)
        }
        try MasterKeyRing.load(path: masterKeys).sealingKey.write(path: sealingKey)
    }

    /// The variables that name them.
    var environment: [String: String] {
        [
            "CASELOOP_JWT_PUBLIC_KEY": jwtPublic, "CASELOOP_RECEIPT_SECRET_FILE": receiptSecret,
            "CASELOOP_SEALING_KEY_FILE": sealingKey, "CASELOOP_MASTER_KEYS_FILE": masterKeys,
        ]
    }
}

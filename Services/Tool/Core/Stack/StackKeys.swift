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
    let drawKey: String
    /// Signs the printed codes of points.
    let pointSecret: String

    /// Paths in a data folder.
    init(data: URL) { self.init(folder: data.appending(path: "keys").path) }

    /// Paths in a folder; the vault's master keys, what signs tokens, and what seeds the draws, in one of their own if one is
    /// given.
    init(folder: String, masters: String? = nil, signing: String? = nil, draws: String? = nil) {
        jwtPrivate = "\(signing ?? folder)/\(TokenKeyPair.privateFile)"
        jwtPublic = "\(folder)/\(TokenKeyPair.publicFile)"
        receiptSecret = "\(folder)/receipt.key"
        sealingKey = "\(folder)/sealing.pem"
        masterKeys = "\(masters ?? folder)/master-keys"
        drawKey = "\(draws ?? folder)/draw.key"
        pointSecret = "\(folder)/qr.key"
    }

    /// Every file.
    var all: [String] {
        [jwtPrivate, jwtPublic, receiptSecret, sealingKey, masterKeys, drawKey, pointSecret]
    }

    /// Makes what is missing.
    func ensure() throws {
        let files = FileManager.default
        for path in [jwtPrivate, jwtPublic, masterKeys, drawKey] {
            try files.createDirectory(
                at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        }
        let made = try TokenKeyPair.ensure(in: URL(filePath: jwtPrivate).deletingLastPathComponent().path)
        if !files.fileExists(atPath: jwtPublic) { try files.copyItem(atPath: made.publicFile, toPath: jwtPublic) }
        _ = try EdgeSecret.load(orCreateAt: receiptSecret)
        _ = try EdgeSecret.load(orCreateAt: drawKey)
        _ = try EdgeSecret.load(orCreateAt: pointSecret)
        if !files.fileExists(atPath: masterKeys) {
            try MasterKeyRing.generate(at: Instant.systemNow().milliseconds).create(path: masterKeys)
        }
        try MasterKeyRing.load(path: masterKeys).sealingKey.write(path: sealingKey)
    }

    /// A key of the on-site draws that everybody knows, where there is none yet: every run of a demo draws the same.
    func ensureDemoDraws() throws {
        let files = FileManager.default
        guard !files.fileExists(atPath: drawKey) else { return }
        try files.createDirectory(
            at: URL(filePath: drawKey).deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let key = Data("the draws of a demo are no secret".utf8).base64EncodedData()
        guard files.createFile(atPath: drawKey, contents: key, attributes: [.posixPermissions: 0o600]) else {
            throw InputFault(place: drawKey, detail: "cannot be written")
        }
    }

    /// The variables that name them.
    var environment: [String: String] {
        [
            "CASELOOP_JWT_PUBLIC_KEY": jwtPublic, "CASELOOP_RECEIPT_SECRET_FILE": receiptSecret,
            "CASELOOP_SEALING_KEY_FILE": sealingKey, "CASELOOP_MASTER_KEYS_FILE": masterKeys,
            "CASELOOP_DRAW_KEY_FILE": drawKey, "CASELOOP_QR_SECRET_FILE": pointSecret,
        ]
    }
}

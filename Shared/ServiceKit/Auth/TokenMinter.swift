import Foundation
public import Governance
import JWTKit

/// Makes staff tokens. Only the tool (and tests) hold a private key.
public struct TokenMinter: Sendable {
    private let keys: JWTKeyCollection

    /// A minter for a private key in PEM.
    public init(privateKeyPEM: String) async throws {
        let key = try ES256PrivateKey(pem: privateKeyPEM)
        keys = await JWTKeyCollection().add(ecdsa: key)
    }

    /// A minter for a key file.
    public init(privateKeyFile path: String) async throws {
        do {
            try await self.init(privateKeyPEM: String(contentsOfFile: path, encoding: .utf8))
        } catch {
            throw KeyFileError(path: path, detail: "not an ES256 private key in PEM: \(error)")
        }
    }

    /// A token that speaks for a person for a while.
    public func mint(_ actor: Actor, now: Instant, validFor duration: Duration) async throws -> String {
        try await keys.sign(StaffClaims(actor, issued: now, expires: now + duration))
    }
}

/// A pair of keys for staff tokens.
public struct TokenKeyPair: Sendable {
    /// For the minter.
    public let privatePEM: String
    /// For the services.
    public let publicPEM: String

    /// A new pair.
    public init() {
        let key = ES256PrivateKey()
        privatePEM = key.pemRepresentation
        publicPEM = key.publicKey.pemRepresentation
    }

    /// Names of the two files in a folder.
    public static let privateFile = "jwt-private.pem"
    /// See ``privateFile``.
    public static let publicFile = "jwt-public.pem"

    /// Makes the two files, readable by this user alone; files that are there already stay.
    /// - Returns: the paths.
    public static func ensure(in folder: String) throws -> (privateFile: String, publicFile: String) {
        let (secret, open) = ("\(folder)/\(privateFile)", "\(folder)/\(publicFile)")
        let files = FileManager.default
        if files.fileExists(atPath: secret), files.fileExists(atPath: open) { return (secret, open) }
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let pair = TokenKeyPair()
        try SecretFile.write(pair.privatePEM, to: secret)
        try SecretFile.write(pair.publicPEM, to: open)
        return (secret, open)
    }
}

/// Files that only this user may read.
enum SecretFile {
    /// Writes a file with mode 0600 from its first moment on, then puts it in place.
    static func write(_ text: String, to path: String) throws {
        let part = "\(path).part"
        unlink(part)
        let file = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileFault("cannot create", part) }
        defer { close(file) }
        try FileBytes.writeAll(Array(text.utf8), to: file, part)
        guard fsync(file) == 0, rename(part, path) == 0 else { throw FileFault("cannot put in place", path) }
    }
}

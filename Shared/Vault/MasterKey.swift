import Foundation

/// The public half of a master key: whoever holds it can seal and cannot open. 封存公钥
///
/// This is all an edge (Intake, Feedback) ever has: who takes an edge over learns nothing about the records of before.
public struct SealingKey: Equatable, Sendable, Codable {
    /// The setting that names the file with the public half.
    public static let environmentName = "CASELOOP_SEALING_KEY_FILE"

    /// Names the master key; derived from the public half, so that the two cannot be mixed up.
    public let id: String
    /// DER SubjectPublicKeyInfo of an SM2 key.
    let publicKey: Data

    init(publicDER: [UInt8]) throws(VaultError) {
        id = try Self.id(of: publicDER)
        publicKey = Data(publicDER)
    }

    static func id(of publicDER: [UInt8]) throws(VaultError) -> String {
        "mk-" + Base32.encode(Array(try SM3.hash(publicDER).prefix(10)))
    }

    /// Reads the file that `create` wrote.
    /// - Throws: `VaultError`, `keysFile`: missing or not a sealing key.
    public static func load(path: String) throws(VaultError) -> SealingKey {
        let bytes = try SecretFile.read(path, secret: false)
        guard let key = try? JSONDecoder().decode(SealingKey.self, from: Data(bytes)) else {
            throw VaultError(.keysFile, "\(path): not a sealing key; write it again from the master keys file")
        }
        try key.validate()
        return key
    }

    /// Writes the public half to a file all may read, replacing the one of the key before.
    /// - Throws: `VaultError`, `keysFile`.
    public func write(path: String) throws(VaultError) {
        try SecretFile.replace(path, Array(try encodeKeys(self)), mode: 0o644)
    }

    func validate() throws(VaultError) {
        _ = try SM2Key(publicDER: Array(publicKey))
        guard try Self.id(of: Array(publicKey)) == id else {
            throw VaultError(.keysFile, "master key \(id): id and public key do not belong together; restore the file")
        }
    }
}

/// A master key with both halves, held only by Console and Revisit. 主密钥
public struct MasterKey: Equatable, Sendable, Codable, CustomStringConvertible, CustomReflectable {
    /// The public half with the key's id.
    public let sealingKey: SealingKey
    /// When the key was made, milliseconds since 1970.
    public let createdAt: Int64
    /// DER PKCS#8 of the private half.
    let privateKey: Data

    /// A new SM2 key pair.
    /// - Throws: `VaultError` with remedy `stop` when libcrypto has no SM2.
    public static func generate(at now: Int64) throws(VaultError) -> MasterKey {
        let pair = try SM2Key.generate()
        return try MasterKey(
            sealingKey: SealingKey(publicDER: pair.publicDER()), createdAt: now, privateKey: Data(pair.privateDER()))
    }

    init(sealingKey: SealingKey, createdAt: Int64, privateKey: Data) {
        self.sealingKey = sealingKey
        self.createdAt = createdAt
        self.privateKey = privateKey
    }

    /// Names the key.
    public var id: String { sealingKey.id }
    /// The id; never the key.
    public var description: String { "MasterKey(\(id), ***)" }
    /// The id only: a dump must not show the key.
    public var customMirror: Mirror { Mirror(self, children: ["id": id]) }

    func validate() throws(VaultError) {
        try sealingKey.validate()
        let pair = try SM2Key(privateDER: Array(privateKey))
        guard try pair.publicDER() == Array(sealingKey.publicKey) else {
            throw VaultError(.keysFile, "master key \(id): the halves do not belong together; restore the file")
        }
    }
}

func encodeKeys(_ value: some Encodable) throws(VaultError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    do { return try encoder.encode(value) + Data("\n".utf8) } catch {
        throw VaultError(.keysFile, "the keys cannot be written as JSON: \(error)")
    }
}

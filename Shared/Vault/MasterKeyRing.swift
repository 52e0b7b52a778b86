import Foundation

/// All master keys in use: one for new records, the others for records not yet wrapped again. 密钥环
///
/// Rotation: `rotated` adds a key, `Opener.rewrap` moves the records over, `removing` destroys the old key.
public struct MasterKeyRing: Equatable, Sendable {
    /// The setting that names the keys file.
    public static let environmentName = "CASELOOP_MASTER_KEYS_FILE"

    private let keys: [MasterKey]

    /// A ring of one or more keys, the current one last.
    /// - Throws: `VaultError`, `keysFile`, when it is empty, has an id twice, or halves that do not belong together.
    public init(_ keys: [MasterKey]) throws(VaultError) {
        guard !keys.isEmpty else { throw VaultError(.keysFile, "the ring is empty; make a key with `caseloop up`") }
        guard Set(keys.map(\.id)).count == keys.count else {
            throw VaultError(.keysFile, "the ring has a master key twice; restore the file")
        }
        for key in keys { try key.validate() }
        self.keys = keys
    }

    /// A ring with one new key.
    /// - Throws: `VaultError` with remedy `stop` when libcrypto has no SM2.
    public static func generate(at now: Int64) throws(VaultError) -> MasterKeyRing {
        try MasterKeyRing([MasterKey.generate(at: now)])
    }

    /// What the edges get: the public half of the current key.
    public var sealingKey: SealingKey { keys[keys.count - 1].sealingKey }
    /// The ids, the current one last.
    public var ids: [String] { keys.map(\.id) }

    /// The key of that id.
    /// - Throws: `VaultError`, `unknownKey`.
    public func key(_ id: String) throws(VaultError) -> MasterKey {
        guard let key = keys.first(where: { $0.id == id }) else {
            throw VaultError(.unknownKey, "master key \(id) is not in the ring; restore it in \(Self.environmentName)")
        }
        return key
    }

    /// The ring with a new current key; the others still open their records.
    /// - Throws: `VaultError` with remedy `stop` when libcrypto has no SM2.
    public func rotated(at now: Int64) throws(VaultError) -> MasterKeyRing {
        try MasterKeyRing(keys + [MasterKey.generate(at: now)])
    }

    /// The ring without an old key. Records still wrapped by it can never be opened again.
    /// - Throws: `VaultError`, `keysFile`, for the current key; `unknownKey`.
    public func removing(_ id: String) throws(VaultError) -> MasterKeyRing {
        guard try key(id).id != sealingKey.id else {
            throw VaultError(.keysFile, "master key \(id) is the current one; rotate first")
        }
        return try MasterKeyRing(keys.filter { $0.id != id })
    }

    // MARK: - The file

    private struct File: Codable {
        var version: Int
        var keys: [MasterKey]
    }

    /// Reads and checks the keys file.
    /// - Throws: `VaultError`, `keysFile`: missing, open to others, or damaged; `unsupported`: of a newer build.
    public static func load(path: String) throws(VaultError) -> MasterKeyRing {
        let bytes = try SecretFile.read(path)
        guard let file = try? JSONDecoder().decode(File.self, from: Data(bytes)) else {
            throw VaultError(.keysFile, "\(path): not a master keys file; restore it from the backup")
        }
        guard file.version == 1 else {
            throw VaultError(.unsupported, "\(path): version \(file.version); this build reads version 1")
        }
        return try MasterKeyRing(file.keys)
    }

    /// Writes a new file with mode 0600.
    /// - Throws: `VaultError`, `keysFile`, if the file exists: lost keys are lost records.
    public func create(path: String) throws(VaultError) {
        try SecretFile.create(path, Array(try encodeKeys(File(version: 1, keys: keys))))
    }

    /// Replaces the file after a rotation, atomically, mode 0600.
    /// - Throws: `VaultError`, `keysFile`.
    public func replace(path: String) throws(VaultError) {
        try SecretFile.replace(path, Array(try encodeKeys(File(version: 1, keys: keys))))
    }
}

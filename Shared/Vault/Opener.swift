import Foundation

/// Opens records with the ring of master keys: Console and Revisit only. 解封
///
/// Who calls it has first seen the fact of the unsealing in the log (design.md §4).
public struct Opener: Sendable {
    private let ring: MasterKeyRing

    /// An opener with all keys of `ring`.
    public init(ring: MasterKeyRing) { self.ring = ring }

    /// The content of a record whose every field is as the sealer wrote it.
    /// - Throws: `VaultError`: `tampered`, `unknownKey`, `unsupported`.
    public func open(_ record: VaultRecord) throws(VaultError) -> SealedContent {
        let keys = try RecordKeys(dataKey: verifiedDataKey(of: record))
        let plain = try keys.cipher(Array(record.ciphertext), iv: Array(record.iv))
        do { return try JSONDecoder().decode(SealedContent.self, from: Data(plain)) } catch {
            throw VaultError(.unsupported, "the sealed content is of a shape this build does not know; run a newer one")
        }
    }

    /// The content of an entry of the topic.
    /// - Throws: `VaultError`, also `erased`.
    public func open(_ entry: VaultEntry) throws(VaultError) -> SealedContent {
        switch entry {
        case .sealed(let record): return try open(record)
        case .erased(let token, _): throw VaultError(.erased, "the person of token \(token) was erased")
        }
    }

    /// The same record under another master key; the content stays as it is. 换钥
    /// - Parameter now: milliseconds since 1970.
    /// - Throws: `VaultError` as `open`: what cannot be verified is not passed on.
    public func rewrap(_ record: VaultRecord, under key: SealingKey, at now: Int64) throws(VaultError) -> VaultRecord {
        let dataKey = try verifiedDataKey(of: record)
        var chain = try KeyChain.start(under: key, at: now)
        let link = try chain.next()
        var moved = record
        moved.keyId = key.id
        moved.wrapped = try link.wrap(dataKey)
        moved.rewrappedAt = now
        moved.mac = Data(try RecordKeys(dataKey: dataKey).mac(of: moved))
        return moved
    }

    private func verifiedDataKey(of record: VaultRecord) throws(VaultError) -> SecretBytes {
        guard record.version == VaultRecord.currentVersion, record.algorithms == .current else {
            throw VaultError(
                .unsupported,
                "vault record version \(record.version) with \(record.algorithms.cipher); run a newer build")
        }
        let key = try ring.key(record.keyId)
        var chain = try KeyChain.resume(record.wrapped, with: key)
        let dataKey = try chain.next().unwrap(record.wrapped)
        let expected = try RecordKeys(dataKey: dataKey).mac(of: record)
        guard HMACSM3.equal(expected, Array(record.mac)) else {
            throw VaultError(
                .tampered, "the record of token \(record.token) was changed after sealing; compare it with a backup")
        }
        return dataKey
    }
}

import Foundation
import Synchronization

/// Seals personal data at the edge. It holds a public key only: nothing sealed can be opened here again. 封存
///
/// One SM2 encryption takes about 1 ms, too much for each report, so it wraps the first secret of a chain, and each record
/// takes the next step of it (HMAC-SM3, one way). Steps passed are wiped: who reads the edge's memory can open at most the
/// records to come of the running chain, none of before.
public final class Sealer: Sendable {
    private let key: SealingKey
    private let chainLength: Int
    private let chainLifetime: Int64
    private let chain: Mutex<KeyChain?>

    /// A sealer under `key`. A chain ends after `chainLength` records or `chainLifetime`, whichever comes first.
    /// - Throws: `VaultError` if `key` is not an SM2 key.
    public init(key: SealingKey, chainLength: Int = 256, chainLifetime: Duration = .seconds(60)) throws(VaultError) {
        try key.validate()
        self.key = key
        self.chainLength = min(max(chainLength, 1), KeyChain.maximumLength)
        self.chainLifetime = chainLifetime.components.seconds * 1000
        chain = Mutex(nil)
    }

    /// Seals `content` under `token` with a data key of its own (encrypt, then MAC).
    /// - Parameter now: milliseconds since 1970.
    /// - Throws: `VaultError` with remedy `stop` when libcrypto cannot do it.
    public func seal(_ content: SealedContent, token: VaultToken, at now: Int64) throws(VaultError) -> VaultRecord {
        let plain: Data
        do { plain = try JSONEncoder().encode(content) } catch {
            throw VaultError(.malformed, "the content cannot be written as JSON")
        }
        let dataKey = try SecretBytes.random(count: RecordKeys.dataKeyByteCount)
        let keys = try RecordKeys(dataKey: dataKey)
        let iv = try RandomBytes.make(count: SM4CTR.keyByteCount)
        let ciphertext = try keys.cipher(Array(plain), iv: iv)
        var record = VaultRecord(
            version: VaultRecord.currentVersion, token: token, algorithms: .current, keyId: key.id,
            wrapped: try wrap(dataKey, at: now), iv: Data(iv), ciphertext: Data(ciphertext), sealedAt: now,
            rewrappedAt: nil, mac: Data())
        record.mac = Data(try keys.mac(of: record))
        return record
    }

    private func wrap(_ dataKey: borrowing SecretBytes, at now: Int64) throws(VaultError) -> VaultRecord.WrappedKey {
        let link = try nextLink(at: now)
        return try link.wrap(dataKey)
    }

    /// The key for one record; starts a new chain when the running one is used up or old, or the clock went back.
    private func nextLink(at now: Int64) throws(VaultError) -> KeyChain.Link {
        try chain.withLock { chain throws(VaultError) in
            if chain == nil || chain?.isUsable(at: now, length: chainLength, lifetime: chainLifetime) != true {
                chain = try KeyChain.start(under: key, at: now)
            }
            guard let link = try chain?.next() else { throw VaultError(.libcrypto, "no key chain") }
            return link
        }
    }
}

public import Foundation

/// One person's record as it stands in the `vault` topic under its token. 保险库记录
///
/// The MAC covers every field but itself, so that no field can be changed, nor a record moved to another token or key.
public struct VaultRecord: Codable, Equatable, Sendable {
    /// The version this build writes and reads.
    public static let currentVersion = 1

    /// The algorithms of a record, named so that later ones can stand beside them.
    public struct Algorithms: Codable, Equatable, Sendable {
        /// How the master key wraps the data key.
        public var wrap: String
        /// How the data key encrypts the content.
        public var cipher: String
        /// How the data key authenticates the record.
        public var mac: String

        /// What this build writes: national algorithms throughout (domain.md §3.6).
        public static let current = Algorithms(wrap: "SM2-SM4-CTR", cipher: "SM4-CTR", mac: "HMAC-SM3")
    }

    /// The record's data key, readable only with the private half of the master key `keyId`.
    public struct WrappedKey: Codable, Equatable, Sendable {
        /// The first secret of the sealer's chain, encrypted with SM2.
        public var envelope: Data
        /// How many steps along the chain lies the key that wraps this record's data key; 0 after a rotation.
        public var step: Int
        /// The data key under that key, SM4-CTR.
        public var key: Data
    }

    /// Version of this layout.
    public var version: Int
    /// The person's token: the topic's key.
    public var token: VaultToken
    /// The algorithms used.
    public var algorithms: Algorithms
    /// Which master key wraps the data key.
    public var keyId: String
    /// The wrapped data key.
    public var wrapped: WrappedKey
    /// The initial counter block of the content.
    public var iv: Data
    /// The content, encrypted.
    public var ciphertext: Data
    /// When the content was sealed, milliseconds since 1970.
    public var sealedAt: Int64
    /// When the data key was last wrapped under another master key, milliseconds since 1970.
    public var rewrappedAt: Int64?
    /// HMAC-SM3 of all of the above.
    public var mac: Data

    /// What the MAC covers: every field, each with its length before it, so that no two records give the same bytes.
    var authenticated: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(ciphertext.count + 512)
        func add(_ field: some Collection<UInt8>) {
            withUnsafeBytes(of: UInt32(field.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: field)
        }
        func add(_ number: Int64) { withUnsafeBytes(of: number.bigEndian) { add(Array($0)) } }
        add("caseloop/vault/record".utf8)
        add(Int64(version))
        add(token.description.utf8)
        for name in [algorithms.wrap, algorithms.cipher, algorithms.mac, keyId] { add(name.utf8) }
        add(wrapped.envelope)
        add(Int64(wrapped.step))
        add(wrapped.key)
        add(iv)
        add(ciphertext)
        add(sealedAt)
        if let rewrappedAt { add(rewrappedAt) } else { add([]) }
        return bytes
    }
}

/// What a value of the `vault` topic says; a null value says that token was erased long ago.
public enum VaultEntry: Equatable, Sendable {
    /// A person's record.
    case sealed(VaultRecord)
    /// The person was erased: nothing is left but when. A tombstone (null value) follows once all readers have seen it.
    case erased(VaultToken, at: Int64)

    private struct Erasure: Codable {
        var version: Int
        var token: VaultToken
        var erasedAt: Int64
    }

    private struct Probe: Codable {
        var version: Int
        var erasedAt: Int64?
    }

    /// Reads a value of the topic.
    /// - Throws: `VaultError`, `malformed` or `unsupported`.
    public init(json: [UInt8]) throws(VaultError) {
        do {
            let data = Data(json)
            let decoder = JSONDecoder()
            let probe = try decoder.decode(Probe.self, from: data)
            guard probe.version == VaultRecord.currentVersion else {
                throw VaultError(.unsupported, "vault record version \(probe.version); run a newer build")
            }
            if probe.erasedAt != nil {
                let erasure = try decoder.decode(Erasure.self, from: data)
                self = .erased(erasure.token, at: erasure.erasedAt)
            } else {
                self = .sealed(try decoder.decode(VaultRecord.self, from: data))
            }
        } catch let error as VaultError { throw error } catch {
            throw VaultError(.malformed, "not a vault record, or a truncated one; look at the writer of this offset")
        }
    }

    /// The value to publish.
    /// - Throws: `VaultError`, `malformed`; not for a record made by `Sealer`.
    public func json() throws(VaultError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            switch self {
            case .sealed(let record): return Array(try encoder.encode(record))
            case .erased(let token, let instant):
                let erasure = Erasure(version: VaultRecord.currentVersion, token: token, erasedAt: instant)
                return Array(try encoder.encode(erasure))
            }
        } catch { throw VaultError(.malformed, "the vault record cannot be written as JSON: \(error)") }
    }
}

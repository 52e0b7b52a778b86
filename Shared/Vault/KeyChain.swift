import Foundation

/// The two keys of one record, derived from its data key: the first half encrypts, the second authenticates.
struct RecordKeys: ~Copyable {
    static let dataKeyByteCount = 32
    private static let label: StaticString = "caseloop/vault/1/record"
    private let both: SecretBytes

    init(dataKey: borrowing SecretBytes) throws(VaultError) { both = try dataKey.derive(Self.label) }

    /// Encrypts or decrypts the content.
    func cipher(_ input: [UInt8], iv: [UInt8]) throws(VaultError) -> [UInt8] {
        try SM4CTR.apply(input, key: both, iv: iv)
    }

    /// The MAC of a record's other fields.
    func mac(of record: VaultRecord) throws(VaultError) -> [UInt8] {
        try HMACSM3.authenticate(record.authenticated, key: both, from: SM4CTR.keyByteCount)
    }
}

/// One-way chain of wrapping keys behind a single SM2 envelope.
struct KeyChain: ~Copyable {
    /// The opener walks no further: it bounds the work a forged record can cause.
    static let maximumLength = 4096
    private static let wrapping: StaticString = "caseloop/vault/1/wrap"
    private static let stepping: StaticString = "caseloop/vault/1/next"

    private let envelope: [UInt8]
    private let startedAt: Int64
    private var secret: SecretBytes
    private var step: Int

    private init(envelope: [UInt8], startedAt: Int64, secret: consuming SecretBytes, step: Int) {
        self.envelope = envelope
        self.startedAt = startedAt
        self.secret = secret
        self.step = step
    }

    /// A new chain whose first secret only the private half of `key` can read.
    static func start(under key: SealingKey, at now: Int64) throws(VaultError) -> KeyChain {
        let secret = try SecretBytes.random(count: SM3.byteCount)
        let envelope = try SM2Key(publicDER: Array(key.publicKey)).encrypt(secret)
        return KeyChain(envelope: envelope, startedAt: now, secret: secret, step: 0)
    }

    /// The chain of a record, at its step.
    static func resume(_ wrapped: VaultRecord.WrappedKey, with key: MasterKey) throws(VaultError) -> KeyChain {
        guard (0..<maximumLength).contains(wrapped.step) else {
            throw VaultError(.tampered, "the record's chain step lies outside 0..<\(maximumLength)")
        }
        let envelope = Array(wrapped.envelope)
        var secret = try SM2Key(privateDER: Array(key.privateKey)).decrypt(envelope)
        for _ in 0..<wrapped.step { secret = try secret.derive(stepping) }
        return KeyChain(envelope: envelope, startedAt: 0, secret: secret, step: wrapped.step)
    }

    func isUsable(at now: Int64, length: Int, lifetime: Int64) -> Bool {
        step < length && now >= startedAt && now - startedAt < lifetime
    }

    /// The key of this step; the chain moves on and forgets it.
    mutating func next() throws(VaultError) -> Link {
        let link = Link(envelope: envelope, step: step, key: try secret.derive(Self.wrapping))
        secret = try secret.derive(Self.stepping)
        step += 1
        return link
    }

    /// One step's wrapping key. It wraps one data key only, so its second half may serve as the counter block.
    struct Link: ~Copyable {
        let envelope: [UInt8]
        let step: Int
        let key: SecretBytes

        func wrap(_ dataKey: borrowing SecretBytes) throws(VaultError) -> VaultRecord.WrappedKey {
            let plain = dataKey.withBytes { Array($0) }
            let sealed = try SM4CTR.apply(plain, key: key, iv: counter)
            return VaultRecord.WrappedKey(envelope: Data(envelope), step: step, key: Data(sealed))
        }

        func unwrap(_ wrapped: VaultRecord.WrappedKey) throws(VaultError) -> SecretBytes {
            guard wrapped.key.count == RecordKeys.dataKeyByteCount else {
                throw VaultError(.tampered, "the wrapped data key has not \(RecordKeys.dataKeyByteCount) bytes")
            }
            var plain = try SM4CTR.apply(Array(wrapped.key), key: key, iv: counter)
            return SecretBytes(wiping: &plain)
        }

        private var counter: [UInt8] { key.withBytes { Array($0[SM4CTR.keyByteCount..<SM3.byteCount]) } }
    }
}

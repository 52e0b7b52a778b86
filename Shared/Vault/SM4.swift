import CCrypto

/// The SM4 block cipher (GB/T 32907-2016) in counter mode. 分组密码算法
///
/// Encrypting and decrypting are the same operation. Counter mode keeps a secret but detects no change: nothing outside
/// this module uses it without a MAC.
public enum SM4CTR {
    /// Length of the key and of the initial counter in bytes.
    public static let keyByteCount = 16

    /// `input` combined with the key stream of `key` from counter `iv` on.
    /// - Throws: `VaultError`, `malformed` unless key and iv have 16 bytes.
    public static func apply(_ input: [UInt8], key: [UInt8], iv: [UInt8]) throws(VaultError) -> [UInt8] {
        guard key.count == keyByteCount else { throw VaultError(.malformed, "an SM4 key has 16 bytes") }
        return try key.withUnsafeBytes { key in Result { try run(input, key: key, iv: iv) } }.vault()
    }

    static func apply(_ input: [UInt8], key: borrowing SecretBytes, iv: [UInt8]) throws(VaultError) -> [UInt8] {
        guard key.count >= keyByteCount else { throw VaultError(.malformed, "an SM4 key has 16 bytes") }
        return try key.withBytes { key in Result { try run(input, key: key, iv: iv) } }.vault()
    }

    private static func run(
        _ input: [UInt8], key: UnsafeRawBufferPointer, iv: [UInt8]
    ) throws(VaultError) -> [UInt8] {
        guard iv.count == keyByteCount else { throw VaultError(.malformed, "an SM4 counter block has 16 bytes") }
        guard input.count <= Int(Int32.max) else { throw VaultError(.malformed, "more than 2 GiB cannot be sealed") }
        let context = try CipherContext()
        let key = key.bindMemory(to: UInt8.self).baseAddress
        guard EVP_EncryptInit_ex2(context.raw, Algorithm.sm4, key, iv, nil) == 1 else { throw .libcrypto("SM4-CTR") }
        var output = [UInt8](repeating: 0, count: input.count)
        var written: Int32 = 0
        guard EVP_EncryptUpdate(context.raw, &output, &written, input, Int32(input.count)) == 1,
            Int(written) == input.count
        else { throw .libcrypto("SM4-CTR") }
        return output
    }
}

/// The one owner of an `EVP_CIPHER_CTX`; freeing it wipes the expanded key.
private struct CipherContext: ~Copyable {
    let raw: OpaquePointer

    init() throws(VaultError) {
        guard let raw = EVP_CIPHER_CTX_new() else { throw .libcrypto("EVP_CIPHER_CTX_new") }
        self.raw = raw
    }

    deinit { EVP_CIPHER_CTX_free(raw) }
}

extension Result where Failure == any Error {
    /// The value, or the vault's own error: a closure over a pointer cannot throw a typed error itself.
    fileprivate func vault() throws(VaultError) -> Success {
        switch self {
        case .success(let value): return value
        case .failure(let error): throw error as? VaultError ?? VaultError(.libcrypto, "\(error)")
        }
    }
}

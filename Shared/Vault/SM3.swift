import CCrypto

/// The SM3 digest (GB/T 32905-2016), 256 bits. 密码杂凑算法
public enum SM3 {
    /// Length of a digest in bytes.
    public static let byteCount = 32

    /// The digest of `message`.
    /// - Throws: `VaultError` with remedy `stop` when libcrypto has no SM3.
    public static func hash(_ message: [UInt8]) throws(VaultError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: byteCount)
        guard EVP_Digest(message, message.count, &digest, nil, Algorithm.sm3, nil) == 1 else { throw .libcrypto("SM3") }
        return digest
    }
}

/// The algorithms, looked up once: libcrypto 3 searches its providers at every use of `EVP_sm3()` or `HMAC()`, which costs
/// more than the digest of a short text. Never freed, never changed, so any thread may use them.
enum Algorithm {
    nonisolated(unsafe) static let sm3 = EVP_MD_fetch(nil, "SM3", nil)
    nonisolated(unsafe) static let sm4 = EVP_CIPHER_fetch(nil, "SM4-CTR", nil)

    /// An HMAC set to SM3 and without a key: copied for each use.
    nonisolated(unsafe) static let hmac: OpaquePointer? = {
        guard let mac = EVP_MAC_fetch(nil, "HMAC", nil), let context = EVP_MAC_CTX_new(mac) else { return nil }
        var digest = Array("SM3".utf8CString)
        let isSet = digest.withUnsafeMutableBufferPointer { digest in
            "digest".withCString { name in
                let parameters = [
                    OSSL_PARAM_construct_utf8_string(name, digest.baseAddress, 0), OSSL_PARAM_construct_end(),
                ]
                return EVP_MAC_CTX_set_params(context, parameters) == 1
            }
        }
        return isSet ? context : nil
    }()
}

/// HMAC (RFC 2104) with SM3.
public enum HMACSM3 {
    /// The authentication code of `message`, 32 bytes.
    /// - Throws: `VaultError` with remedy `stop` when libcrypto has no SM3.
    public static func authenticate(_ message: [UInt8], key: [UInt8]) throws(VaultError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: SM3.byteCount)
        let done = code.withUnsafeMutableBytes { output in
            message.withUnsafeBytes { text in key.withUnsafeBytes { write(key: $0, message: text, to: output) } }
        }
        guard done else { throw .libcrypto("HMAC-SM3") }
        return code
    }

    /// The code under the bytes of `key` from `offset` on.
    static func authenticate(
        _ message: [UInt8], key: borrowing SecretBytes, from offset: Int
    ) throws(VaultError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: SM3.byteCount)
        let done = key.withBytes { key in
            code.withUnsafeMutableBytes { output in
                message.withUnsafeBytes { write(key: .init(rebasing: key[offset...]), message: $0, to: output) }
            }
        }
        guard done else { throw .libcrypto("HMAC-SM3") }
        return code
    }

    /// Compares in constant time: an early exit would tell how many bytes of a forged code were right.
    static func equal(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && CRYPTO_memcmp(one, other, one.count) == 0
    }

    static func write(
        key: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer, to output: UnsafeMutableRawBufferPointer
    ) -> Bool {
        guard let template = Algorithm.hmac, let context = EVP_MAC_CTX_dup(template) else { return false }
        defer { EVP_MAC_CTX_free(context) }
        // A null key means "the key set before"; an empty key must not become null.
        var nothing: UInt8 = 0
        return withUnsafeBytes(of: &nothing) { empty in
            let key = key.isEmpty ? UnsafeRawBufferPointer(rebasing: empty[..<0]) : key
            let text = message.isEmpty ? UnsafeRawBufferPointer(rebasing: empty[..<0]) : message
            var written = 0
            return EVP_MAC_init(context, key.bindMemory(to: UInt8.self).baseAddress, key.count, nil) == 1
                && EVP_MAC_update(context, text.bindMemory(to: UInt8.self).baseAddress, text.count) == 1
                && EVP_MAC_final(context, output.bindMemory(to: UInt8.self).baseAddress, &written, output.count) == 1
                && written == SM3.byteCount
        }
    }
}

/// Random bytes of libcrypto's generator.
public enum RandomBytes {
    /// `count` bytes nobody can guess.
    /// - Throws: `VaultError` with remedy `stop` when the generator is not seeded.
    public static func make(count: Int) throws(VaultError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard RAND_bytes(&bytes, Int32(count)) == 1 else { throw .libcrypto("RAND_bytes") }
        return bytes
    }
}

import CCrypto

/// The SM3 digest (GB/T 32905-2016), 256 bits. 密码杂凑算法
public enum SM3 {
    /// Length of a digest in bytes.
    public static let byteCount = 32

    /// The digest of `message`.
    /// - Throws: `VaultError` with remedy `stop` when libcrypto has no SM3.
    public static func hash(_ message: [UInt8]) throws(VaultError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: byteCount)
        guard EVP_Digest(message, message.count, &digest, nil, EVP_sm3(), nil) == 1 else { throw .libcrypto("SM3") }
        return digest
    }
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
        // A null key means "the key of the last call" to HMAC(); an empty key must not become null.
        var nothing: UInt8 = 0
        return withUnsafeBytes(of: &nothing) { empty in
            let key = key.isEmpty ? UnsafeRawBufferPointer(rebasing: empty[..<0]) : key
            let text = message.isEmpty ? UnsafeRawBufferPointer(rebasing: empty[..<0]) : message
            return HMAC(
                EVP_sm3(), key.baseAddress, Int32(key.count), text.bindMemory(to: UInt8.self).baseAddress, text.count,
                output.bindMemory(to: UInt8.self).baseAddress, nil) != nil
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

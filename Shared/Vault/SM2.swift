import CCrypto

/// The one owner of an SM2 `EVP_PKEY` (GB/T 32918, public-key encryption). 公钥密码算法
struct SM2Key: ~Copyable {
    private let raw: OpaquePointer

    private init(_ raw: OpaquePointer?, _ what: String) throws(VaultError) {
        guard let raw else {
            ERR_clear_error()
            throw VaultError(.malformed, "the \(what) is not an SM2 key in DER; install the file `caseloop up` wrote")
        }
        guard EVP_PKEY_is_a(raw, "SM2") == 1 else {
            EVP_PKEY_free(raw)
            throw VaultError(.unsupported, "the \(what) is not on the SM2 curve; make a key with `caseloop up`")
        }
        self.raw = raw
    }

    deinit { EVP_PKEY_free(raw) }

    /// A new key pair.
    static func generate() throws(VaultError) -> SM2Key {
        guard let context = EVP_PKEY_CTX_new_from_name(nil, "SM2", nil) else { throw .libcrypto("SM2") }
        defer { EVP_PKEY_CTX_free(context) }
        var raw: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_generate(context, &raw) == 1 else {
            throw .libcrypto("SM2 key generation")
        }
        return try SM2Key(raw, "new key")
    }

    /// The public half, from a DER SubjectPublicKeyInfo.
    init(publicDER der: [UInt8]) throws(VaultError) {
        try self.init(
            der.withUnsafeBufferPointer { bytes in
                var cursor = bytes.baseAddress
                return d2i_PUBKEY(nil, &cursor, bytes.count)
            }, "public key")
    }

    /// The private half, from a DER PKCS#8 PrivateKeyInfo.
    init(privateDER der: [UInt8]) throws(VaultError) {
        try self.init(
            der.withUnsafeBufferPointer { bytes in
                var cursor = bytes.baseAddress
                return d2i_AutoPrivateKey(nil, &cursor, bytes.count)
            }, "private key")
    }

    /// DER SubjectPublicKeyInfo.
    func publicDER() throws(VaultError) -> [UInt8] {
        let raw = raw
        return try Self.encoded("i2d_PUBKEY") { i2d_PUBKEY(raw, $0) }
    }

    /// DER PKCS#8 PrivateKeyInfo.
    func privateDER() throws(VaultError) -> [UInt8] {
        guard let info = EVP_PKEY2PKCS8(raw) else { throw .libcrypto("EVP_PKEY2PKCS8") }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        return try Self.encoded("i2d_PKCS8_PRIV_KEY_INFO") { i2d_PKCS8_PRIV_KEY_INFO(info, $0) }
    }

    /// Encrypts a short secret so that only the private half reads it. About 1 ms: the sealer does it once per chain.
    func encrypt(_ secret: borrowing SecretBytes) throws(VaultError) -> [UInt8] {
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, raw, nil) else { throw .libcrypto("SM2 encryption") }
        defer { EVP_PKEY_CTX_free(context) }
        var length = 0
        var output: [UInt8] = []
        let done = secret.withBytes { secret in
            let input = secret.bindMemory(to: UInt8.self)
            guard EVP_PKEY_encrypt_init(context) == 1,
                EVP_PKEY_encrypt(context, nil, &length, input.baseAddress, input.count) == 1
            else { return false }
            output = [UInt8](repeating: 0, count: length)
            return EVP_PKEY_encrypt(context, &output, &length, input.baseAddress, input.count) == 1
        }
        guard done else { throw .libcrypto("SM2 encryption") }
        return Array(output.prefix(length))
    }

    /// The secret of `encrypt`.
    /// - Throws: `VaultError`, `tampered` if the bytes were changed or sealed for another key.
    func decrypt(_ envelope: [UInt8]) throws(VaultError) -> SecretBytes {
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, raw, nil) else { throw .libcrypto("SM2 decryption") }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_decrypt_init(context) == 1 else { throw .libcrypto("SM2 decryption") }
        var length = envelope.count
        var output = [UInt8](repeating: 0, count: length + 256)
        length = output.count
        guard EVP_PKEY_decrypt(context, &output, &length, envelope, envelope.count) == 1 else {
            ERR_clear_error()
            throw VaultError(.tampered, "the key envelope cannot be opened with this master key")
        }
        output.removeLast(output.count - length)
        return SecretBytes(wiping: &output)
    }

    private static func encoded(
        _ call: String, _ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
    ) throws(VaultError) -> [UInt8] {
        let length = encode(nil)
        guard length > 0 else { throw .libcrypto(call) }
        var der = [UInt8](repeating: 0, count: Int(length))
        let written = der.withUnsafeMutableBufferPointer { bytes in
            var cursor = bytes.baseAddress
            return encode(&cursor)
        }
        guard written == length else { throw .libcrypto(call) }
        return der
    }
}

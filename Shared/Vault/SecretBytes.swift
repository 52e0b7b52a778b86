import CCrypto

/// Key material with one owner: it is never copied by accident and is wiped when its owner is gone.
struct SecretBytes: ~Copyable {
    private let memory: UnsafeMutableRawBufferPointer

    /// `count` bytes, zero until `fill` has run.
    init(count: Int, fill: (UnsafeMutableRawBufferPointer) -> Void = { _ in }) {
        memory = .allocate(byteCount: count, alignment: 8)
        memory.initializeMemory(as: UInt8.self, repeating: 0)
        fill(memory)
    }

    deinit {
        OPENSSL_cleanse(memory.baseAddress, memory.count)
        memory.deallocate()
    }

    /// Fresh random key material.
    static func random(count: Int) throws(VaultError) -> SecretBytes {
        var done: Int32 = 0
        let secret = SecretBytes(count: count) { done = RAND_bytes($0.baseAddress, Int32($0.count)) }
        guard done == 1 else { throw .libcrypto("RAND_bytes") }
        return secret
    }

    /// Takes the bytes over and wipes the source.
    init(wiping source: inout [UInt8]) {
        self.init(count: source.count) { target in source.withUnsafeBytes { target.copyMemory(from: $0) } }
        source.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
    }

    var count: Int { memory.count }

    func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R { body(UnsafeRawBufferPointer(memory)) }

    /// HMAC-SM3 of a label under this key: how every further key is derived.
    func derive(_ label: StaticString) throws(VaultError) -> SecretBytes {
        var done = false
        let derived = SecretBytes(count: SM3.byteCount) { output in
            let message = UnsafeRawBufferPointer(start: label.utf8Start, count: label.utf8CodeUnitCount)
            done = HMACSM3.write(key: UnsafeRawBufferPointer(memory), message: message, to: output)
        }
        guard done else { throw .libcrypto("HMAC-SM3") }
        return derived
    }
}

import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Files with key material: created 0600, replaced atomically, refused when others may read them.
enum SecretFile {
    /// The bytes of a file that only its owner may read.
    static func read(_ path: String, secret: Bool = true) throws(VaultError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw VaultError(.keysFile, "\(path): \(reason()); create it with `caseloop up` or correct the setting")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw VaultError(.keysFile, "\(path): \(reason())") }
        guard !secret || status.st_mode & 0o077 == 0 else {
            throw VaultError(.keysFile, "\(path) may be read by others; run: chmod 600 \(path)")
        }
        var bytes = [UInt8](repeating: 0, count: min(max(Int(status.st_size), 0), 1 << 20))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { systemRead(descriptor, $0, from: filled) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw VaultError(.keysFile, "\(path): cannot be read whole; \(reason())") }
            filled += count
        }
        return bytes
    }

    /// Creates the file; never replaces one.
    static func create(_ path: String, _ bytes: [UInt8], mode: mode_t = 0o600) throws(VaultError) {
        try write(path, bytes, mode: mode)
    }

    /// Replaces the file: after a crash either the old or the new one is there, whole.
    static func replace(_ path: String, _ bytes: [UInt8], mode: mode_t = 0o600) throws(VaultError) {
        let draft = path + ".new"
        unlink(draft)
        try write(draft, bytes, mode: mode)
        guard rename(draft, path) == 0 else { throw VaultError(.keysFile, "\(path): cannot be replaced; \(reason())") }
    }

    private static func write(_ path: String, _ bytes: [UInt8], mode: mode_t) throws(VaultError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            let hint = errno == EEXIST ? "exists already; move it away first if it is really not needed" : reason()
            throw VaultError(.keysFile, "\(path): \(hint)")
        }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(descriptor, $0) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw VaultError(.keysFile, "\(path): cannot be written; \(reason())") }
            rest = rest.dropFirst(count)
        }
        // The mode given to open() is cut by the umask; a public file must be readable all the same.
        guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else {
            throw VaultError(.keysFile, "\(path): cannot be made durable; \(reason())")
        }
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer, from offset: Int) -> Int {
    read(descriptor, buffer.baseAddress.map { $0 + offset }, buffer.count - offset)
}

private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
    write(descriptor, buffer.baseAddress, buffer.count)
}

import Foundation

/// A file operation that failed, with the system's reason.
public struct FileFault: Error, CustomStringConvertible {
    /// What failed, with which file, and why.
    public let description: String

    init(_ what: String, _ path: String, code: Int32 = errno) {
        description = "\(what) \(path): \(String(cString: strerror(code)))"
    }
}

/// Whole writes.
enum FileBytes {
    static func writeAll(_ bytes: [UInt8], to file: Int32, _ path: String) throws {
        try bytes.withUnsafeBytes { buffer in
            var sent = 0
            while sent < buffer.count, let base = buffer.baseAddress {
                let count = write(file, base + sent, buffer.count - sent)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw FileFault("cannot write", path) }
                sent += count
            }
        }
    }
}

/// An exclusive lock on a file between processes, held until the value goes.
struct FileLock: ~Copyable {
    private let file: Int32

    /// Takes the lock; `wait` or not.
    /// - Returns: nil when another process holds it and `wait` is false.
    init?(_ path: String, wait: Bool) throws {
        file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw FileFault("cannot open the lock", path) }
        while flock(file, wait ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            let code = errno
            close(file)
            if code == EWOULDBLOCK { return nil }
            throw FileFault("cannot lock", path, code: code)
        }
    }

    deinit { close(file) }
}

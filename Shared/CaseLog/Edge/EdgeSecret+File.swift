import Crypto
import Foundation

/// Why the secret file cannot be used, and what to do about it.
public struct EdgeSecretFault: Error, Sendable, CustomStringConvertible {
    /// What was found and how to mend it, in one sentence.
    public let description: String
}

extension EdgeSecret {
    /// Reads the secret (base 64), or makes it on the first start: mode 0600, on disk before it is used, and the same for two
    /// replicas that start at once (the file appears under its name whole or not at all; the first one wins).
    /// - Throws: ``EdgeSecretFault`` when the file is there but not ours to trust, or cannot be written.
    public static func load(orCreateAt path: String) throws(EdgeSecretFault) -> EdgeSecret {
        if let found = try read(path) { return found }
        let fresh = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        let draft = "\(path).\(UUID().uuidString)"
        defer { unlink(draft) }
        try write(fresh, to: draft)
        if link(draft, path) != 0 && errno != EEXIST {
            throw EdgeSecretFault(description: "\(path): cannot create the edge secret: \(lastError())")
        }
        syncFolder(of: path)
        guard let kept = try read(path) else {
            throw EdgeSecretFault(description: "\(path): vanished while it was being created; start again")
        }
        return kept
    }

    private static func read(_ path: String) throws(EdgeSecretFault) -> EdgeSecret? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw EdgeSecretFault(description: "\(path): cannot read the edge secret: \(lastError())")
        }
        defer { close(file) }
        var info = stat()
        guard fstat(file, &info) == 0, info.st_mode & 0o077 == 0 else {
            throw EdgeSecretFault(description: "\(path): others may read the edge secret; chmod 600 it")
        }
        var text = [UInt8](repeating: 0, count: 4096)
        let count = max(0, Foundation.read(file, &text, text.count))
        guard let bytes = Data(base64Encoded: Data(text.prefix(count)), options: .ignoreUnknownCharacters),
            bytes.count >= 16
        else {
            throw EdgeSecretFault(
                description:
                    "\(path): not 16 bytes or more in base 64; restore it from the backup (a new one changes every receipt)"
            )
        }
        return EdgeSecret(bytes: Array(bytes))
    }

    private static func write(_ bytes: [UInt8], to path: String) throws(EdgeSecretFault) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw EdgeSecretFault(description: "\(path): cannot create the edge secret: \(lastError())")
        }
        defer { close(file) }
        let text = Array(Data(bytes).base64EncodedString().utf8) + [0x0A]
        guard Foundation.write(file, text, text.count) == text.count, fsync(file) == 0 else {
            throw EdgeSecretFault(description: "\(path): cannot write the edge secret: \(lastError())")
        }
    }

    private static func syncFolder(of path: String) {
        let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private static func lastError() -> String { String(cString: strerror(errno)) }
}

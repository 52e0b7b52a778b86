import Foundation

/// Where photos lie: a shared folder, later an object store.
public protocol PhotoStore: Sendable {
    /// Keeps a photo; it is durable when this returns. The same photo again changes nothing.
    /// - Returns: whether it is new.
    @discardableResult
    func put(_ photo: Photo) throws -> Bool
    /// The bytes of a photo; nil when there is none of that name.
    func get(_ hash: String) throws -> [UInt8]?
    /// Whether there is one of that name.
    func contains(_ hash: String) -> Bool
}

/// Photos as files: `ab/<hash>`, each written under another name first, so that it appears whole or not at all.
public struct FolderPhotos: PhotoStore {
    private let folder: String

    /// Photos below a folder, which is made when the first one comes.
    public init(folder: String) { self.folder = folder }

    private func directory(_ hash: String) -> String { "\(folder)/\(hash.prefix(2))" }

    public func put(_ photo: Photo) throws -> Bool {
        let directory = directory(photo.hash)
        let path = "\(directory)/\(photo.hash)"
        guard !FileManager.default.fileExists(atPath: path) else { return false }
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let part = "\(path).\(UUID().uuidString)"
        do {
            try Data(photo.bytes).write(to: URL(filePath: part))
            try Self.sync(part)
            guard rename(part, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            unlink(part)
            throw error
        }
        try Self.sync(directory)
        return true
    }

    public func get(_ hash: String) throws -> [UInt8]? {
        guard contains(hash) else { return nil }
        return Array(try Data(contentsOf: URL(filePath: "\(directory(hash))/\(hash)")))
    }

    public func contains(_ hash: String) -> Bool {
        Photo.isHash(hash) && FileManager.default.fileExists(atPath: "\(directory(hash))/\(hash)")
    }

    private static func sync(_ path: String) throws {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw CocoaError(.fileWriteUnknown) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}

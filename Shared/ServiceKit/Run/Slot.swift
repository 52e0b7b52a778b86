import Foundation

/// A replica's place on disk 槽位: the first free `DATA/<service>/slot-<n>/`, held by a lock on a file in it for the life of the
/// process. A process that died frees it by dying.
public final class Slot: Sendable {
    /// Its number.
    public let number: Int
    /// Its folder.
    public let folder: String
    private let lock: FileLock

    private init(number: Int, folder: String, lock: consuming FileLock) {
        self.number = number
        self.folder = folder
        self.lock = lock
    }

    /// Takes the first free slot.
    /// - Throws: ``FileFault`` when the folder cannot be made or locked, or when there are more replicas than `most`.
    public static func claim(service: String, data: String, most: Int = 1000) throws -> Slot {
        for number in 0..<most {
            let folder = "\(data)/\(service)/slot-\(number)"
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            } catch {
                throw FileFault("cannot make the folder", folder, code: errno == 0 ? EACCES : errno)
            }
            if let lock = try FileLock("\(folder)/slot.lock", wait: false) {
                return Slot(number: number, folder: folder, lock: lock)
            }
        }
        throw FileFault("no free slot below", "\(data)/\(service)", code: EBUSY)
    }
}

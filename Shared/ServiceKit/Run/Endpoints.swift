import Foundation

/// Where the services of a deployment listen: `DATA/endpoints.json`. Each process writes its own entry and takes it away when
/// it ends; the file is replaced as a whole under a lock, so that a reader never sees half of it.
public struct Endpoints: Codable, Equatable, Sendable {
    /// One process.
    public struct Entry: Codable, Equatable, Sendable {
        /// `triage`.
        public var service: String
        /// `triage-0`.
        public var instance: String
        /// `http://127.0.0.1:41234`.
        public var url: String
        /// Its process id.
        public var pid: Int32

        /// An entry.
        public init(service: String, instance: String, url: String, pid: Int32) {
            self.service = service
            self.instance = instance
            self.url = url
            self.pid = pid
        }
    }

    /// Sorted by instance.
    public var endpoints: [Entry]

    /// The file's name in the data folder.
    public static let file = "endpoints.json"

    /// What the file says; nothing when there is none.
    public static func read(data: String) throws -> Endpoints {
        guard let bytes = FileManager.default.contents(atPath: "\(data)/\(file)") else {
            return Endpoints(endpoints: [])
        }
        return try JSONDecoder().decode(Endpoints.self, from: bytes)
    }

    /// Puts an entry in place of an earlier one of the same instance.
    public static func publish(_ entry: Entry, data: String) throws {
        try change(data) { endpoints in
            endpoints.removeAll { $0.instance == entry.instance }
            endpoints.append(entry)
        }
    }

    /// Takes a process's entry away; that of a successor stays.
    public static func withdraw(instance: String, pid: Int32, data: String) throws {
        try change(data) { endpoints in endpoints.removeAll { $0.instance == instance && $0.pid == pid } }
    }

    private static func change(_ data: String, _ edit: (inout [Entry]) -> Void) throws {
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        guard let lock = try FileLock("\(data)/endpoints.lock", wait: true) else { return }
        // A file that cannot be read (an older version, half a disk) is written anew.
        var entries = (try? read(data: data).endpoints) ?? []
        edit(&entries)
        entries.sort { $0.instance < $1.instance }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let path = "\(data)/\(file)"
        try encoder.encode(Endpoints(endpoints: entries)).write(to: URL(filePath: "\(path).part"))
        guard rename("\(path).part", path) == 0 else { throw FileFault("cannot put in place", path) }
        _ = consume lock
    }
}

import CaseLog
import Contracts
import Foundation
import GRDB

/// The files of a data folder: `DATA/<service>/slot-<n>/…`.
enum StoreFiles {
    /// Where a decider's store stands.
    struct State: Sendable {
        var cursor: Int64
        var reports: Int64
        var commands: Int64
        var todo: Int
    }

    /// All SQLite files below the slots of a service.
    static func files(_ data: URL, _ service: ServiceName) -> [URL] {
        let root = data.appending(path: service.rawValue, directoryHint: .isDirectory)
        guard let all = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil) else { return [] }
        return all.compactMap { $0 as? URL }.filter { $0.pathExtension == "sqlite" }.sorted { $0.path < $1.path }
    }

    /// The partition in the name `triage-7.sqlite`.
    static func partition(_ file: URL, _ service: ServiceName) -> Int32? {
        let name = file.deletingPathExtension().lastPathComponent
        guard name.hasPrefix("\(service.rawValue)-") else { return nil }
        return Int32(name.dropFirst(service.rawValue.count + 1))
    }

    /// The furthest store of each partition.
    static func states(_ data: URL, _ service: ServiceName) -> [Int32: State] {
        var found: [Int32: State] = [:]
        for file in files(data, service) {
            guard let partition = partition(file, service), let state = try? read(file, state) else { continue }
            if let other = found[partition], other.cursor >= state.cursor { continue }
            found[partition] = state
        }
        return found
    }

    private static func state(_ db: Database) throws -> State {
        guard let row = try Row.fetchOne(db, sql: "SELECT cursor, done_reports, done_commands FROM _cursor") else {
            throw AuditProblem("no cursor")
        }
        let todo = try Int.fetchOne(db, sql: "SELECT count(*) FROM _todo") ?? 0
        return State(cursor: row[0], reports: row[1], commands: row[2], todo: todo)
    }

    /// Reads a file at one moment, whether its service runs or not. Where it may not even be opened for reading (a WAL
    /// that nobody has open, in a folder one may not write), a copy is read.
    static func read<Value: Sendable>(_ file: URL, _ body: (Database) throws -> Value) throws -> Value {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        do {
            return try DatabaseQueue(path: file.path, configuration: configuration).read(body)
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_CANTOPEN || error.resultCode == .SQLITE_READONLY
        {
            let folder = FileManager.default.temporaryDirectory.appending(path: "caseloop-audit-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let copy = folder.appending(path: file.lastPathComponent)
            try FileManager.default.copyItem(at: file, to: copy)
            let wal = URL(filePath: file.path + "-wal")
            if FileManager.default.fileExists(atPath: wal.path) {
                try FileManager.default.copyItem(at: wal, to: URL(filePath: copy.path + "-wal"))
            }
            return try DatabaseQueue(path: copy.path).read(body)
        }
    }
}

/// The edges' own stores.
enum EdgeFiles {
    /// Every row, sent or pending.
    static func rows(_ data: URL) throws -> [EdgeRow] {
        try [ServiceName.intake, .feedback].flatMap { service in
            try StoreFiles.files(data, service).flatMap { file in
                do {
                    return try StoreFiles.read(file) { try rows($0, file) }
                } catch let error as DatabaseError {
                    throw AuditProblem("\(file.path) cannot be read: \(error)")
                }
            }
        }
    }

    private static func rows(_ db: Database, _ file: URL) throws -> [EdgeRow] {
        guard try db.viewExists("outbox") else { return [] }
        let name = file.pathComponents.suffix(3).joined(separator: "/")
        return try Row.fetchAll(db, sql: "SELECT id, state FROM outbox").map {
            EdgeRow(id: $0[0], file: name, state: $0[1])
        }
    }
}

extension ReceiptRow {
    private struct Line: Decodable {
        var sourceKey: String
        var id: String
    }

    /// The lines of a receipts' file.
    static func read(_ file: URL) throws -> [ReceiptRow] {
        guard let bytes = try? Data(contentsOf: file) else { throw AuditProblem("\(file.path) cannot be read") }
        let decoder = JSONDecoder()
        return try bytes.split(separator: 0x0A).enumerated().map { index, raw in
            guard let line = try? decoder.decode(Line.self, from: Data(raw)), let id = UUID(uuidString: line.id) else {
                throw AuditProblem("\(file.path) line \(index + 1) is no {sourceKey, id, receipt}")
            }
            return ReceiptRow(id: id, sourceKey: line.sourceKey)
        }
    }
}

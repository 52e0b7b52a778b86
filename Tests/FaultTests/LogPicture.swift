import CaseLog
import Contracts
import Foundation
import GRDB
import Kafka
import Testing

@testable import AuditCore
@testable import ToolCore

/// `cases` as it lies in the log: who wrote what, and what counts.
struct LogPicture: Sendable {
    struct Row: Sendable {
        var offset: Int64
        var headers: RecordHeaders
        var counts: Bool
    }

    private(set) var rows: [Int32: [Row]] = [:]
    /// What is no record at all.
    private(set) var noise = 0

    static func read(_ kafka: KafkaSettings) async throws -> LogPicture {
        var picture = LogPicture()
        var writers: [Int32: Writers] = [:]
        try await TopicReader(settings: kafka).read(Topic.cases) { record in
            let entry = LogEntry(offset: record.offset, message: Message(record))
            guard let headers = CaseRecord(entry, partition: record.partition)?.headers else {
                picture.noise += 1
                return
            }
            let counts = writers[record.partition, default: Writers()].accepts(headers)
            picture.rows[record.partition, default: []].append(
                Row(offset: record.offset, headers: headers, counts: counts))
        }
        return picture
    }

    /// Records of a service that do not count.
    func void(_ service: ServiceName) -> Int {
        rows.values.joined().count { !$0.counts && $0.headers.owner.service == service }
    }

    /// Decisions of a service that count.
    func decided(_ service: ServiceName) -> Int {
        rows.values.joined().count { $0.counts && $0.headers.owner.service == service && $0.headers.cause != nil }
    }

    /// Claims of a service that count, by partition.
    func epochs(_ service: ServiceName) -> [Int32: Int] {
        rows.mapValues { rows in
            rows.count { $0.counts && $0.headers.kind == .claim && $0.headers.owner.service == service }
        }
    }

    /// Records that the killed owner had published in rounds that it had not finished: they count, lie before the next
    /// claim, and their input is not done in the store as it was at the kill.
    func unfinished(_ hit: Hit) throws -> [Int32: Int] {
        var found: [Int32: Int] = [:]
        for (partition, state) in try StoreCopy.read(hit) {
            let count = rows[partition, default: []].prefix { !isClaim($0, of: hit.service, after: state.epoch) }
                .count { $0.counts && $0.headers.owner.service == hit.service && state.isOpen($0) }
            if count > 0 { found[partition] = count }
        }
        return found
    }

    private func isClaim(_ row: Row, of service: ServiceName, after epoch: Int64) -> Bool {
        row.counts && row.headers.kind == .claim && row.headers.owner.service == service
            && row.headers.owner.epoch > epoch
    }
}

/// Where a decider's store stood when its process was killed.
struct StoreCopy: Sendable {
    var cursor: Int64
    var done: InputPositions
    var epoch: Int64
    /// Causes still to be decided or sent.
    var listed: Set<UUID>

    /// Every partition's store in the copy.
    static func read(_ hit: Hit) throws -> [Int32: StoreCopy] {
        var found: [Int32: StoreCopy] = [:]
        for file in StoreFiles.files(hit.copy, hit.service) {
            guard let partition = StoreFiles.partition(file, hit.service) else { continue }
            found[partition] = try StoreFiles.read(file) { db in
                guard let row = try Row.fetchOne(db, sql: "SELECT cursor, done_reports, done_commands FROM _cursor")
                else { throw AuditProblem("\(file.path) has no cursor") }
                let epoch = try Int64.fetchOne(
                    db, sql: "SELECT epoch FROM _writers WHERE service = ?", arguments: [hit.service.rawValue])
                return StoreCopy(
                    cursor: row[0], done: InputPositions(reports: row[1], commands: row[2]), epoch: epoch ?? 0,
                    listed: Set(try UUID.fetchAll(db, sql: "SELECT cause FROM _todo")))
            }
        }
        return found
    }

    /// The input that the record answers was not done here.
    func isOpen(_ row: LogPicture.Row) -> Bool {
        guard case .decision(let cause, let mark) = row.headers.kind else { return false }
        switch mark.kind {
        case .report: return (mark.offset ?? -1) >= done.reports
        case .command: return (mark.offset ?? -1) >= done.commands
        case .fact, .late, .tick: return row.offset >= cursor || listed.contains(cause)
        }
    }
}

/// Rows of a store's domain tables.
enum TableCounts {
    /// By table, over all partitions.
    static func read(_ data: URL, _ service: ServiceName, _ tables: [String]) throws -> [String: Int] {
        var found: [String: Int] = [:]
        for file in StoreFiles.files(data, service) where StoreFiles.partition(file, service) != nil {
            let counts = try StoreFiles.read(file) { db in
                try tables.filter { try db.tableExists($0) }.map {
                    ($0, try Int.fetchOne(db, sql: "SELECT count(*) FROM \"\($0)\"") ?? 0)
                }
            }
            for (table, count) in counts { found[table, default: 0] += count }
        }
        return found
    }
}

/// Rows of Intake's store that had not been sent when it was killed.
enum UnsentRows {
    /// How many rows were pending, and how many of them had not reached `reports` by the kill.
    static func count(_ hit: Hit, _ kafka: KafkaSettings) async throws -> (pending: Int, unsent: Int) {
        let rows = try EdgeFiles.rows(hit.copy).filter { $0.state == "pending" }.map(\.id)
        var known: Set<UUID> = []
        try await TopicReader(settings: kafka).read(Topic.reports) { record in
            guard record.offset < hit.ends[record.partition] ?? 0, let id = record.header(HeaderName.id) else { return }
            if let id = UUID(uuidString: String(decoding: id, as: UTF8.self)) { known.insert(id) }
        }
        return (rows.count, rows.count { !known.contains($0) })
    }
}

import CaseLog
import Contracts
import Foundation
import GRDB
import Governance

/// What a store's domain tables held at one moment.
struct StoreSnapshot: Sendable {
    var file: String
    var partition: Int32
    var cursor: Int64
    /// Rows of each table, as text.
    var tables: [String: Set<String>]

    /// Every row of a table as text: equal rows give equal texts.
    static func dump(_ table: String, _ db: Database) throws -> Set<String> {
        var rows: Set<String> = []
        let cursor = try Row.fetchCursor(db, sql: "SELECT * FROM \"\(table)\"")
        while let row = try cursor.next() {
            rows.insert(row.map { "\($0.0)=\($0.1.description)" }.joined(separator: "\u{1F}"))
        }
        return rows
    }
}

/// Folds one partition by a decider's own evolve and compares each of its stores where that store stands.
protocol StoreFold {
    mutating func take(_ entries: [LogEntry]) -> [StoreDifference]
    mutating func end(at offset: Int64) -> [StoreDifference]
}

/// ``StoreFold`` of one decider.
struct StoreCheck<D: Decider>: StoreFold {
    private let fold: CaseFold<D>
    /// Nearest cursor first.
    private var waiting: [StoreSnapshot]

    init(_ decider: D, partition: Int32, _ snapshots: [StoreSnapshot]) throws {
        fold = try CaseFold(decider, partition: partition)
        waiting = snapshots.sorted { $0.cursor < $1.cursor }
    }

    mutating func take(_ entries: [LogEntry]) -> [StoreDifference] {
        var found: [StoreDifference] = []
        var rest = entries[...]
        while let next = waiting.first {
            let part = rest.prefix { $0.offset < next.cursor }
            rest = rest.dropFirst(part.count)
            do { try fold.apply(Array(part)) } catch {
                found += waiting.map { StoreDifference(file: $0.file, what: "the log cannot be folded: \(error)") }
                waiting = []
                break
            }
            guard fold.cursor >= next.cursor else { break }
            found += compare(next)
            waiting.removeFirst()
        }
        return found
    }

    mutating func end(at offset: Int64) -> [StoreDifference] {
        defer { waiting = [] }
        return waiting.map {
            StoreDifference(file: $0.file, what: "stands at offset \($0.cursor), the log ends at \(offset)")
        }
    }

    private func compare(_ snapshot: StoreSnapshot) -> [StoreDifference] {
        D.schema.tables.compactMap { table in
            let folded = try? fold.database.read { try StoreSnapshot.dump(table, $0) }
            guard let folded, let kept = snapshot.tables[table] else {
                return StoreDifference(file: snapshot.file, what: "has no table \(table)")
            }
            let (extra, missing) = (kept.subtracting(folded), folded.subtracting(kept))
            guard let row = extra.min() ?? missing.min() else { return nil }
            let key = row.split(separator: "\u{1F}").first.map { String($0.prefix(80)) } ?? ""
            return StoreDifference(
                file: snapshot.file,
                what: "\(table) at offset \(snapshot.cursor): \(extra.count) rows are not of the log, "
                    + "\(missing.count) are missing; first \(key)")
        }
    }
}

/// All stores of all deciders, partition by partition.
struct StoreChecks {
    private var snapshots: [ServiceName: [StoreSnapshot]] = [:]
    private var unreadable: [StoreDifference] = []
    private var folds: [any StoreFold] = []
    private let reference: Reference?
    /// How many stores there are.
    var files: Int { snapshots.values.reduce(0) { $0 + $1.count } }
    /// How many rows they hold.
    private(set) var rows = 0

    /// Takes a snapshot of every store below the data folder.
    init(_ data: URL?) throws {
        // Evolve asks no reference data, so any do.
        reference = data == nil ? nil : try Reference.sample
        guard let data else { return }
        for decider in AuditedDeciders.all { snapshot(data, decider.service, decider.schema.tables) }
    }

    private mutating func snapshot(_ data: URL, _ service: ServiceName, _ tables: [String]) {
        for file in StoreFiles.files(data, service) {
            guard let partition = StoreFiles.partition(file, service) else { continue }
            let name = file.path.replacingOccurrences(of: data.path + "/", with: "")
            do {
                let found = try StoreFiles.read(file) { db -> StoreSnapshot? in
                    guard try db.tableExists("_cursor") else { return nil }
                    let cursor = try Int64.fetchOne(db, sql: "SELECT cursor FROM _cursor") ?? 0
                    let held = try tables.filter { try db.tableExists($0) }
                    return StoreSnapshot(
                        file: name, partition: partition, cursor: cursor,
                        tables: Dictionary(
                            uniqueKeysWithValues: try held.map { ($0, try StoreSnapshot.dump($0, db)) }))
                }
                guard let found else { continue }
                rows += found.tables.values.reduce(0) { $0 + $1.count }
                snapshots[service, default: []].append(found)
            } catch {
                unreadable.append(StoreDifference(file: name, what: "cannot be read: \(error)"))
            }
        }
    }

    /// A partition's entries follow.
    mutating func begin(_ partition: Int32) throws -> [StoreDifference] {
        folds = []
        if let reference {
            for decider in AuditedDeciders.all { try fold(decider.init(reference: reference), partition) }
        }
        defer { unreadable = [] }
        // A store that stands at the very beginning is compared with an empty fold.
        return unreadable + take([])
    }

    private mutating func fold(_ decider: some Decider, _ partition: Int32) throws {
        let stores = snapshots[type(of: decider).service, default: []].filter { $0.partition == partition }
        if !stores.isEmpty { folds.append(try StoreCheck(decider, partition: partition, stores)) }
    }

    mutating func take(_ entries: [LogEntry]) -> [StoreDifference] {
        var found: [StoreDifference] = []
        for index in folds.indices { found += folds[index].take(entries) }
        return found
    }

    mutating func end(at offset: Int64) -> [StoreDifference] {
        var found: [StoreDifference] = []
        for index in folds.indices { found += folds[index].end(at: offset) }
        folds = []
        return found
    }
}

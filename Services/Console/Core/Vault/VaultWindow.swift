import CaseLog
import Contracts
import Foundation
import GRDB
import Vault

/// Opens sealed personal data for a page. Whoever asks has first seen the entry of the book of unsealings in the log
/// (design.md §4); what is opened is shown and kept nowhere.
actor VaultWindow {
    /// What became of one record.
    enum Opened: Sendable {
        case content(SealedContent)
        /// The person was erased.
        case erased
        /// No such record, or it cannot be opened: the reason.
        case missing(String)
    }

    private let log: any Log
    private let store: ConsoleStore
    private let opener: Opener

    init(log: any Log, store: ConsoleStore, opener: Opener) {
        self.log = log
        self.store = store
        self.opener = opener
    }

    /// The records of these tokens.
    func open(_ tokens: [String]) async throws -> [String: Opened] {
        try await catchUp()
        var found: [String: Opened] = [:]
        for token in Set(tokens) { found[token] = try await open(token) }
        return found
    }

    private func open(_ token: String) async throws -> Opened {
        let place = try await store.pool.read { db in
            try Row.fetchOne(
                db, sql: "SELECT partition, offset FROM vault_place WHERE token = ?", arguments: [token]
            ).map { ($0[0] as Int32, $0[1] as Int64) }
        }
        guard let (partition, offset) = place else { return .missing("no record") }
        let entry = try await log.read(Topic.vault, partition, from: offset, max: 1).first
        guard let entry, entry.offset == offset else { return .missing("the record was replaced") }
        guard let value = entry.message.value else { return .erased }
        do { return .content(try opener.open(VaultEntry(json: value))) } catch {
            return error.reason == .erased ? .erased : .missing(error.description)
        }
    }

    /// Notes where each token's newest record stands; reads only what is new since the last time.
    private func catchUp() async throws {
        for partition in 0..<(try await log.partitionCount(Topic.vault)) {
            let ends = try await log.watermarks(Topic.vault, partition)
            var cursor =
                try await store.pool.read { db in
                    try Int64.fetchOne(
                        db, sql: "SELECT cursor FROM _vault WHERE partition = ?", arguments: [partition])
                } ?? 0
            // A vault that ends before the cursor is another one than that which was read.
            if cursor > ends.high { cursor = 0 }
            cursor = max(cursor, ends.low)
            while cursor < ends.high {
                let entries = try await log.read(Topic.vault, partition, from: cursor, max: 1000)
                guard let last = entries.last else { break }
                cursor = last.offset + 1
                try await note(entries, partition, cursor)
            }
        }
    }

    private func note(_ entries: [LogEntry], _ partition: Int32, _ cursor: Int64) async throws {
        try await store.pool.write { db in
            let statement = try db.cachedStatement(
                sql: "INSERT OR REPLACE INTO vault_place (token, partition, offset) VALUES (?, ?, ?)")
            for entry in entries {
                guard let key = entry.message.key else { continue }
                try statement.execute(arguments: [String(decoding: key, as: UTF8.self), partition, entry.offset])
            }
            try db.execute(
                sql: "INSERT OR REPLACE INTO _vault (partition, cursor) VALUES (?, ?)", arguments: [partition, cursor])
        }
    }
}

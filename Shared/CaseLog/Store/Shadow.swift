import Contracts
import Foundation
import GRDB
import Governance

/// An owner's (or an audit's) hold on a store: the state in memory and the fold that moves it. The only writer of a
/// store's tables, always in one transaction with the cursor.
struct Shadow<D: Decider>: Sendable {
    let decider: D
    let store: PartitionStore<D>
    /// Answers older than this, by log time, are pruned once their input is done.
    let window: Duration
    private(set) var state: ShadowState

    init(_ decider: D, store: PartitionStore<D>, window: Duration) throws {
        self.decider = decider
        self.store = store
        self.window = window
        state = try store.open()
    }

    /// What a fold did besides moving the store.
    struct Folded: Sendable {
        /// Numbers of the records under `token` that counted, in order.
        var ownSeqs: [Int64] = []
        /// What those records say about their causes.
        var said: [UUID: Answer] = [:]
        /// The claim under `token` counted.
        var claimed = false
        /// A newer claim of this service ended the fold.
        var fenced = false
        /// Records that do not count.
        var void = 0
        /// A record that counts and cannot be evolved; everything before it is folded.
        var failure: StoreError?
    }

    /// Folds records in log order, in one transaction. `token`: the owner's; `claimed`: it has read its claim back, so
    /// that another claim ends its ownership. `known`: facts of own records that are on their way back.
    mutating func fold(
        _ entries: [LogEntry], token: String?, claimed: Bool, known: KnownFacts<D.Fact> = [:]
    ) throws -> Folded {
        guard !entries.isEmpty else { return Folded() }
        do { return try commit(entries, token, claimed, known) } catch let fault as RecordFault {
            var folded = try commit(Array(entries.prefix(fault.index)), token, claimed, known)
            // A newer claim before the bad record ends the fold first: the record is the next owner's sorrow.
            if !folded.fenced {
                folded.failure = StoreError(
                    .record,
                    "\(Topic.cases)/\(store.partition) offset \(entries[fault.index].offset) counts but cannot be "
                        + "folded: \(fault.error). Deploy a build that can, the partition stands still until then")
            }
            return folded
        }
    }

    private mutating func commit(
        _ entries: [LogEntry], _ token: String?, _ claimed: Bool, _ known: KnownFacts<D.Fact>
    ) throws -> Folded {
        guard !entries.isEmpty else { return Folded() }
        let old = state
        let (next, folded) = try store.queue.write { db in
            var pass = FoldPass(
                decider: decider, partition: store.partition, state: old, token: token, claimed: claimed)
            pass.known = known
            for (index, entry) in entries.enumerated() {
                do { try pass.take(entry, db) } catch  where !isEnvironmental(error) {
                    throw RecordFault(index: index, error: String(describing: error))
                }
                if pass.folded.fenced { break }
            }
            try prune(pass.state, db)
            try pass.state.save(after: old, db)
            return (pass.state, pass.folded)
        }
        state = next
        return folded
    }

    private struct RecordFault: Error {
        var index: Int
        var error: String
    }

    /// An answer goes when its command is older than the window by log time and nobody reads the command again (N8).
    private func prune(_ state: ShadowState, _ db: Database) throws {
        guard let logTime = state.logTime, let upto = state.upto else { return }
        try db.cachedStatement(
            sql: "DELETE FROM _answers WHERE created IS NOT NULL AND created < ? AND (pos IS NULL OR pos < ?)"
        ).execute(arguments: [(logTime - window).milliseconds, upto.commands])
    }

    // MARK: Going live and finishing rounds

    /// Inputs go on at the later of the store's own position and the log's.
    mutating func goLive(inputsFrom low: InputPositions) throws {
        var next = state
        let upto = state.upto ?? low
        next.done = InputPositions(
            reports: max(state.done.reports, upto.reports), commands: max(state.done.commands, upto.commands))
        let old = state
        try store.queue.write { db in
            try db.execute(sql: "DELETE FROM _todo WHERE offset < ?", arguments: [upto.cases])
            try next.save(after: old, db)
        }
        state = next
    }

    /// Marks the inputs of a round done.
    mutating func finish(done: InputPositions, taken: [Int64], token: String, said: Set<UUID>) throws {
        var next = state
        next.done = done
        let old = state
        try store.queue.write { db in
            for id in taken {
                try db.cachedStatement(sql: "DELETE FROM _todo WHERE id = ?").execute(arguments: [id])
            }
            let mine = try Row.fetchAll(
                db.cachedStatement(sql: "SELECT id, cause FROM _todo WHERE kind = 's' AND token = ?"),
                arguments: [token])
            for row in mine where said.contains(row[1]) {
                try db.cachedStatement(sql: "DELETE FROM _todo WHERE id = ?").execute(arguments: [row[0] as Int64])
            }
            try next.save(after: old, db)
        }
        state = next
    }

    /// The next undone positions as they stand in `ce_upto`.
    func positions() throws -> InputPositions {
        var now = state.done
        now.cases = try store.queue.unsafeRead { db in try Todo.firstOffset(db) } ?? state.cursor
        return now
    }
}

/// The fault lies with disk or database, not with the data: the same again later.
func isEnvironmental(_ error: any Error) -> Bool {
    if error is CancellationError { return true }
    guard let error = error as? DatabaseError else { return false }
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_IOERR, .SQLITE_FULL, .SQLITE_NOMEM, .SQLITE_CANTOPEN,
        .SQLITE_PROTOCOL, .SQLITE_READONLY, .SQLITE_INTERRUPT, .SQLITE_PERM, .SQLITE_AUTH:
        return true
    default: return false
    }
}

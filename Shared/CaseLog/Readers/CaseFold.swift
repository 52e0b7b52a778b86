import Contracts
public import GRDB
import Governance
import Synchronization

/// Folds the log into a fresh store by a decider's own evolve, for audits: a live store must equal it table by table.
public final class CaseFold<D: Decider>: Sendable {
    private let shadow: Mutex<Shadow<D>>
    private let store: PartitionStore<D>

    /// An empty store in memory.
    public init(_ decider: D, partition: Int32) throws {
        store = try PartitionStore(inMemory: partition)
        let shadow = try Shadow(decider, store: store, window: OwnerSettings().window)
        self.shadow = Mutex(shadow)
    }

    /// Folds these entries of `cases`, in order.
    /// - Returns: how many of them do not count.
    @discardableResult
    public func apply(_ entries: [LogEntry]) throws -> Int {
        try shadow.withLock { shadow in
            let folded = try shadow.fold(entries, token: nil, claimed: false)
            if let failure = folded.failure { throw failure }
            return folded.void
        }
    }

    /// Next offset to fold.
    public var cursor: Int64 { shadow.withLock { $0.state.cursor } }

    /// The rows of writers at the cursor.
    public var writers: Writers { shadow.withLock { $0.state.writers } }

    /// The folded tables.
    public var database: DatabaseQueue { store.queue }

    /// Where a store file of this decider stands: fold to there before comparing.
    public static func cursor(of database: DatabaseQueue) throws -> Int64 {
        try database.read { try Int64.fetchOne($0, sql: "SELECT cursor FROM _cursor") ?? 0 }
    }
}

import Contracts
public import GRDB

/// The shadow of one partition's log for one service: one SQLite file, or memory in the simulation. It outlives its
/// owners: hand the same store to the next one, or throw it away; both are safe.
public final class PartitionStore<D: Decider>: Sendable {
    /// The database; reading it from outside is allowed at any time.
    public let queue: DatabaseQueue
    /// The partition.
    public let partition: Int32

    /// Opens (or creates) the store in this file.
    public init(path: String, partition: Int32) throws {
        queue = try DatabaseQueue(path: path)
        self.partition = partition
    }

    /// An empty store in memory.
    public init(inMemory partition: Int32) throws {
        queue = try DatabaseQueue()
        self.partition = partition
    }
}

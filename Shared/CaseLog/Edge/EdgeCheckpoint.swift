import GRDB

/// Moves what is committed from the write-ahead log into the file, on a connection of its own, a little at a time.
///
/// Left to the writer this happens in one piece of tens of megabytes while every caller waits for the disk. The writer
/// still does it where this falls behind, and has little left to do then.
struct EdgeCheckpoint: Sendable {
    private let queue: DatabaseQueue

    init(path: String) throws {
        var configuration = Configuration()
        configuration.label = "edge-checkpoint"
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Copies what no reader holds back; waits for nobody.
    func run() async throws {
        try await queue.writeWithoutTransaction { db in _ = try db.checkpoint(.passive) }
    }

    func close() throws { try queue.close() }
}

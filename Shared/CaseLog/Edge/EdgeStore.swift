import Foundation
import GRDB
public import Logging
import Synchronization

/// The durable edge: an entry is answered only after it is committed with fsync, and published afterwards.
///
/// One SQLite file per replica. Entries that arrive together share one transaction. The rows that are not published yet
/// are the only copy there is: they are what ops back up, and what must be drained before a replica is removed.
public final class EdgeStore: Sendable {
    typealias Line = CommitLine<CheckedContinuation<[EdgeAnswer], Never>>

    /// How this edge keeps its reports.
    public let settings: EdgeSettings
    let pool: DatabasePool
    let checkpoint: EdgeCheckpoint
    let line: Mutex<Line>
    let tally: Mutex<Tally>
    let now: @Sendable () -> Int64
    private let logger: Logger

    /// Opens the file, or makes it; what a crash left is there again, and nothing else.
    /// - Parameter now: milliseconds since 1970.
    public init(settings: EdgeSettings, logger: Logger, now: @escaping @Sendable () -> Int64) throws {
        self.settings = settings
        self.logger = logger
        self.now = now
        pool = try EdgeSchema.open(settings.path)
        checkpoint = try EdgeCheckpoint(path: settings.path)
        line = Mutex(Line(settings: settings))
        tally = Mutex(try pool.read { try Tally(reading: $0, settings: settings) })
    }

    /// Makes the entries durable and answers each, in order. Entries given together share a transaction.
    public func accept(_ entries: [EdgeEntry]) async -> [EdgeAnswer] {
        guard !entries.isEmpty else { return [] }
        return await withCheckedContinuation { reply in
            let ticket = Line.Ticket(entries: entries, reply: reply)
            switch line.withLock({ $0.join(ticket) }) {
            case .startWriter: startWriter()
            case .wait: break
            case .refuse(let reason):
                let refusal = EdgeUnavailable(reason, retryAfter: settings.retryAfter)
                reply.resume(returning: entries.map { _ in .unavailable(refusal) })
            }
        }
    }

    /// Makes one entry durable.
    public func accept(_ entry: EdgeEntry) async -> EdgeAnswer { await accept([entry])[0] }

    /// What is known of a receipt, or nil if this replica never gave it.
    public func status(receipt: String) async throws -> EdgeStatus? {
        let published = tally.withLock { $0.published }
        return try await pool.read { db in
            let statement = try db.cachedStatement(
                sql: "SELECT seq, id, accepted_at FROM report WHERE receipt = ? ORDER BY seq LIMIT 1")
            guard let row = try Row.fetchOne(statement, arguments: [receipt]), let id = UUID(edgeBytes: row[1]) else {
                return nil
            }
            let seq: Int64 = row[0]
            let isHeld = try Int64.fetchOne(db, sql: "SELECT seq FROM held WHERE seq = ?", arguments: [seq]) != nil
            return EdgeStatus(
                receipt: EdgeReceipt(id: id, receipt: receipt, acceptedAt: row[2]),
                published: seq <= published && !isHeld)
        }
    }

    /// Where the outbox stands: for metrics, readiness and whoever wants to remove this replica.
    public func outbox() -> EdgeOutbox { tally.withLock { $0.outbox } }

    /// Takes no more entries, lets those that wait be written, and closes the file.
    public func close() throws {
        line.withLock { $0.close() }
        // Whatever was queued is ahead of this on the writer's own queue, or started by what is.
        while !line.withLock({ $0.isIdle }) { _ = pool.writeWithoutTransaction { write(on: $0) } }
        try checkpoint.close()
        try pool.close()
    }
}

// MARK: - The writer

extension EdgeStore {
    func startWriter() {
        pool.asyncWriteWithoutTransaction { self.drain($0) }
    }

    /// One transaction, then back to the end of the queue, so that housekeeping gets its turn under load.
    private func drain(_ db: Database) {
        if write(on: db) { startWriter() }
    }

    @discardableResult
    private func write(on db: Database) -> Bool {
        guard let batch = line.withLock({ $0.next() }) else { return false }
        let answers = commit(batch, on: db)
        for (ticket, answer) in zip(batch.tickets, answers) { ticket.reply.resume(returning: answer) }
        let wake = tally.withLock { $0.wake }
        if !batch.tickets.isEmpty { wake?.yield() }
        return true
    }

    private func commit(_ batch: Line.Batch, on db: Database) -> [[EdgeAnswer]] {
        let writer = EdgeWriter(db: db, settings: settings, sent: tally.withLock { $0.published })
        var answers: [[EdgeAnswer]] = []
        var used = 0
        do {
            try db.inTransaction(.immediate) {
                if let sent = batch.sent { try writer.mark(sent: sent) }
                let lack = batch.tickets.isEmpty ? nil : try writer.lackOfRoom()
                for ticket in batch.tickets {
                    answers.append(try ticket.entries.map { try writer.answer($0, room: lack) })
                }
                used = try writer.usedBytes()
                return .commit
            }
        } catch {
            return refuse(batch, because: error, writer)
        }
        tally.withLock { $0.committed(answers, usedBytes: used) }
        return answers
    }

    /// The transaction is rolled back: nothing of it may be called taken. What was taken before is still answered.
    private func refuse(_ batch: Line.Batch, because error: any Error, _ writer: EdgeWriter) -> [[EdgeAnswer]] {
        let code = (error as? DatabaseError)?.extendedResultCode.rawValue ?? -1
        logger.error(
            "edge transaction refused",
            metadata: ["code": "\(code)", "entries": "\(batch.tickets.reduce(0) { $0 + $1.entries.count })"])
        let refusal = EdgeUnavailable(.diskFailed, retryAfter: settings.retryAfter, detail: "SQLite \(code)")
        let answers = batch.tickets.map { ticket in
            ticket.entries.map { entry in (try? writer.find(entry)).flatMap { $0 } ?? .unavailable(refusal) }
        }
        tally.withLock { $0.refused(answers) }
        // The mark is not lost: the relay's next one is higher, and until then rows are at worst sent twice.
        return answers
    }
}

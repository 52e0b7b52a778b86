import CaseLog
import Contracts
import Foundation
import Governance
import HTTPTypes
import Logging
import ServiceKit
import ServiceLifecycle
import Synchronization

/// Follows `cases` over all partitions, without a group, onto the board. The board lies in memory: it is read anew at each start.
final class StatusReader: Service {
    private let log: any Log
    private let logger: Logger
    private let receipt: @Sendable (UUID) throws -> String
    private let board = Mutex(StatusBoard())
    private let caughtUp = Mutex(false)

    init(log: any Log, logger: Logger, receipt: @escaping @Sendable (UUID) throws -> String) {
        self.log = log
        self.logger = logger
        self.receipt = receipt
    }

    /// Whether everything that stood in the log at the start was read.
    var isReady: Bool { caughtUp.withLock { $0 } }

    /// What the holder of a receipt may know.
    func status(of receipt: String, reference: Reference, now: Instant) -> PublicStatus? {
        board.withLock { $0.status(of: receipt, reference: reference, now: now) }
    }

    /// What is registered of a point; refused when its code was revoked.
    /// - Throws: 410 for a revoked code.
    func known(_ point: QRPoint) throws -> KnownPoint {
        let known = board.withLock { $0.book.points[point] } ?? KnownPoint()
        guard !known.isRevoked else {
            throw Problem.feedback(.gone, .revoked, fix: .revokedFix, field: "code")
        }
        return known
    }

    /// What is public of suggestions.
    func suggestions(limit: Int) -> (tally: SuggestionTally, published: [PublicBook.Entry]) {
        board.withLock { ($0.book.tally, $0.book.published(limit: limit).map { $0.entry }) }
    }

    /// Reads until the shutdown begins; a fault is backed off from, and the log is read anew.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            var pause = Duration.milliseconds(100)
            while !Task.isCancelled {
                do {
                    self.board.withLock { $0 = StatusBoard() }
                    try await self.follow { pause = .milliseconds(100) }
                } catch is CancellationError {
                    return
                } catch {
                    self.logger.warning("public status is not fed", metadata: [LogKey.error: "\(error)"])
                    try? await Task.sleep(for: pause)
                    pause = min(pause * 2, .seconds(5))
                }
            }
        }
    }

    private func follow(_ progressed: () -> Void) async throws {
        var tail = try await LogTail(log)
        while !Task.isCancelled {
            let batches = try await tail.poll(max: 1000)
            for batch in batches {
                for record in batch.records { try take(record) }
            }
            progressed()
            if batches.isEmpty {
                caughtUp.withLock { $0 = true }
                await tail.wait(atMost: .milliseconds(500))
            }
        }
    }

    /// Folds one record that counts.
    func take(_ record: CaseRecord) throws {
        let facts: [Landed<Fact>] = try record.facts(try record.elements())
        guard !facts.isEmpty else { return }
        try take(facts.map(\.fact))
    }

    /// Folds the facts of one record.
    func take(_ facts: [Fact]) throws {
        try board.withLock { try $0.take(facts, receipt: receipt) }
    }
}

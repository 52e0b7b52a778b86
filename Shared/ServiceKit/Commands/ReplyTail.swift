import CaseLog
import Contracts
import Foundation
import Logging
import Synchronization

/// Reads every partition of `replies` from its end on, without a group, and hands each reply to those who wait for it.
final class ReplyTail: Sendable {
    let log: any Log
    let desk: ReplyDesk
    let logger: Logger
    private let attached = Mutex(false)

    init(log: any Log, desk: ReplyDesk, logger: Logger) {
        self.log = log
        self.desk = desk
        self.logger = logger
    }

    /// Whether the ends of all partitions are known: from then on no reply is missed.
    var isAttached: Bool { attached.withLock { $0 } }

    /// Runs until it is cancelled.
    func run() async throws {
        var places = try await ends()
        attached.withLock { $0 = true }
        while !Task.isCancelled {
            var found = 0
            for index in places.indices {
                found += await take(&places[index])
            }
            if found == 0 { await log.wait(for: places, atMost: .seconds(1)) }
        }
    }

    /// The ends of all partitions, as soon as the broker tells them.
    private func ends() async throws -> [LogPlace] {
        var pause = Duration.milliseconds(50)
        while true {
            do throws(LogFault) {
                var places: [LogPlace] = []
                for partition in 0..<(try await log.partitionCount(Topic.replies)) {
                    places.append(
                        LogPlace(Topic.replies, partition, try await log.watermarks(Topic.replies, partition).high))
                }
                return places
            } catch {
                logger.warning("replies cannot be read yet", metadata: [LogKey.error: "\(error.detail)"])
            }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .seconds(2))
        }
    }

    private func take(_ place: inout LogPlace) async -> Int {
        do throws(LogFault) {
            let entries = try await log.read(place.topic, place.partition, from: place.offset, max: 1000)
            for entry in entries { deliver(entry) }
            if let last = entries.last { place.offset = last.offset + 1 }
            return entries.count
        } catch {
            if error.remedy == .rebuild {
                // The place is gone (a new cluster, retention): go on at the end. Who waits asks again.
                if let ends = try? await log.watermarks(place.topic, place.partition) { place.offset = ends.high }
            } else {
                logger.debug("replies could not be read", metadata: [LogKey.error: "\(error.detail)"])
                try? await Task.sleep(for: .milliseconds(200))
            }
            return 0
        }
    }

    private func deliver(_ entry: LogEntry) {
        let key = UUID(uuidString: entry.message.keyText)
        guard let key, desk.isAwaited(key) else { return }
        do {
            desk.deliver(try Reply(entry.message))
        } catch {
            logger.error(
                "reply is not legible",
                metadata: [LogKey.offset: "\(entry.offset)", LogKey.cause: "\(key)", LogKey.error: "\(error)"])
        }
    }
}

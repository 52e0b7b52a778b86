import CaseLog
import Contracts
import Governance
import Kafka

/// The driver's end of a steered clock: sets it, and tells where it stands.
struct SteeredClock: Sendable {
    let log: any Log
    /// The newest instant read so far, and the offset after it: a driver sets the clock thousands of times.
    private var latest: Instant?
    private var next: Int64 = 0

    init(log: any Log) { self.log = log }

    /// The instant it was set to last; nil before the first.
    mutating func now() async throws -> Instant? {
        let ends = try await log.watermarks(Topic.clock, ClockRecord.partition)
        next = max(next, ends.low)
        while next < ends.high {
            let entries = try await log.read(Topic.clock, ClockRecord.partition, from: next, max: 1000)
            guard let last = entries.last else {
                await log.wait(for: [LogPlace(Topic.clock, ClockRecord.partition, next)], atMost: .milliseconds(100))
                continue
            }
            for record in entries.compactMap({ ClockRecord($0.message) }) {
                latest = max(latest ?? record.now, record.now)
            }
            next = last.offset + 1
        }
        return latest
    }

    /// Sets it.
    /// - Throws: `InputFault` for an instant before the one it stands at: it never goes back.
    mutating func set(_ instant: Instant) async throws {
        if let now = try await now(), instant < now {
            throw InputFault(
                place: "clock", detail: "stands at \(now) and never goes back to \(instant): give a later instant")
        }
        let out = LogOut(
            topic: Topic.clock, partition: ClockRecord.partition, message: ClockRecord(now: instant).message())
        for result in await log.publish([out]) { _ = try result.get() }
    }

    /// Sets it on a cluster that nobody else of this process talks to.
    static func set(_ instant: Instant, at kafka: KafkaSettings) async throws {
        let log = try KafkaLog(settings: kafka)
        var clock = SteeredClock(log: log)
        do { try await clock.set(instant) } catch {
            await log.close()
            throw error
        }
        await log.close()
    }
}

import Contracts
import Governance
import Kafka
import Synchronization

extension KafkaLog {
    /// Sends a record to `clock` and reads the time it carries there: the broker's, where the topic is set to
    /// LogAppendTime (as `caseloop topics create` makes it), otherwise our own.
    /// - Returns: nil when there is no topic `clock`.
    /// - Throws: a fault of the broker.
    public func probeClock() async throws -> ClockSkew.Sample? {
        guard try await hasClock() else { return nil }
        let sent = Instant.systemNow()
        let out = LogOut(topic: Topic.clock, partition: ClockRecord.partition, message: ClockRecord.probe(at: sent))
        guard let offset = try await publish([out]).first?.get() else { return nil }
        let acknowledged = Instant.systemNow()
        let stamped = try await stamp(of: offset)
        return ClockSkew.Sample(sent: sent, stamped: stamped, acknowledged: acknowledged)
    }

    private func hasClock() async throws(LogFault) -> Bool {
        if state.withLock({ $0.hasClock }) { return true }
        let fault: LogFault
        do throws(LogFault) {
            _ = try await partitionCount(Topic.clock)
            return noteClock()
        } catch { fault = error }
        if fault.remedy == .stop { return false }
        throw fault
    }

    private func noteClock() -> Bool {
        state.withLock { $0.hasClock = true }
        return true
    }

    /// The time that a record of `clock` carries.
    private func stamp(of offset: Int64) async throws -> Instant {
        let source = try await reader.open(Topic.clock, ClockRecord.partition, from: .offset(offset))
        let deadline = ContinuousClock.now + .seconds(5)
        var found = Result { try Self.stamp(of: offset, in: source) }
        while case .success(nil) = found, ContinuousClock.now < deadline, !Task.isCancelled {
            await source.wait(until: deadline)
            found = Result { try Self.stamp(of: offset, in: source) }
        }
        await reader.close(source)
        if let stamp = try found.get() { return stamp }
        throw LogFault(.retry, "the broker does not hand over \(Topic.clock) offset \(offset)")
    }

    private static func stamp(of offset: Int64, in source: PartitionReader) throws -> Instant? {
        try source.poll(max: 1).first { $0.offset == offset }.map { Instant(milliseconds: $0.timestampMs) }
    }
}

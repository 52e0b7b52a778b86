import Contracts
import Synchronization

/// A log in memory: deterministic when used serially, truncatable, with faults to order.
public final class MemoryLog: Log {
    /// What becomes of a message that is published.
    public enum Fate: Sendable, Equatable {
        /// It lands.
        case land
        /// It lands twice.
        case twice
        /// It lands, but the publisher is told that the request timed out.
        case unheard
        /// The request times out; the message stays on the wire until ``land(_:)`` or ``forget(_:)``.
        case limbo
        /// It never lands.
        case refuse(LogFault)
    }

    private struct Partition {
        var entries: [Message?] = []
        var low: Int64 = 0
    }
    private struct Waiter {
        var places: [LogPlace]
        var resume: CheckedContinuation<Void, Never>
    }
    private struct State {
        var topics: [String: [Partition]] = [:]
        var limbo: [LogOut] = []
        var fate: @Sendable (LogOut) -> Fate = { _ in .land }
        var down: LogFault?
        var waiters: [Int: Waiter] = [:]
        var nextWaiter = 0
        var cancelled: Set<Int> = []
    }

    private let state = Mutex(State())

    /// A log with these topics and partition counts.
    public init(_ topics: [String: Int32]) {
        state.withLock { state in
            for (topic, count) in topics {
                state.topics[topic] = Array(repeating: Partition(), count: Int(count))
            }
        }
    }

    /// All topics of a deployment, `partitions` each; `replies` and `clock` have one.
    public convenience init(partitions: Int32) {
        var topics = Dictionary(uniqueKeysWithValues: Topic.all.map { ($0, partitions) })
        topics[Topic.replies] = 1
        topics[Topic.clock] = 1
        self.init(topics)
    }

    // MARK: Log

    public func publish(_ batch: [LogOut]) async -> [Result<Int64, LogFault>] { batch.map(publishNow) }

    public func read(
        _ topic: String, _ partition: Int32, from offset: Int64, max: Int
    ) async throws(LogFault) -> [LogEntry] {
        try readNow(topic, partition, from: offset, max: max)
    }

    public func watermarks(_ topic: String, _ partition: Int32) async throws(LogFault) -> Watermarks {
        try state.withLock { state throws(LogFault) in
            if let down = state.down { throw down }
            let found = try Self.find(state, topic, partition)
            return Watermarks(low: found.low, high: Int64(found.entries.count))
        }
    }

    public func partitionCount(_ topic: String) async throws(LogFault) -> Int32 {
        try state.withLock { state throws(LogFault) in
            if let down = state.down { throw down }
            guard let all = state.topics[topic] else { throw LogFault(.stop, "no topic \(topic)") }
            return Int32(all.count)
        }
    }

    public func wait(for places: [LogPlace], atMost limit: Duration) async {
        let number = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.arrival(number, places) }
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
    }

    // MARK: Faults and looks

    /// Decides the fate of every message that is published from now on.
    public func onPublish(_ fate: @escaping @Sendable (LogOut) -> Fate) { state.withLock { $0.fate = fate } }

    /// All calls fail with this fault; nil ends that.
    public func broker(_ fault: LogFault?) { state.withLock { $0.down = fault } }

    /// What is still on the wire, oldest first.
    public var limbo: [LogOut] { state.withLock { $0.limbo } }

    /// A message on the wire lands after all.
    @discardableResult
    public func land(_ index: Int) -> Int64? {
        let out = state.withLock { $0.limbo.indices.contains(index) ? $0.limbo.remove(at: index) : nil }
        return out.map { append($0) }
    }

    /// A message on the wire is lost.
    public func forget(_ index: Int) {
        state.withLock { if $0.limbo.indices.contains(index) { $0.limbo.remove(at: index) } }
    }

    /// Puts a message on the wire, as a process that died left it there.
    public func leaveOnTheWire(_ out: LogOut) { state.withLock { $0.limbo.append(out) } }

    /// Appends without any fault.
    @discardableResult
    public func append(_ out: LogOut) -> Int64 {
        let (offset, woken) = state.withLock { Self.append(&$0, out) }
        for one in woken { one.resume() }
        return offset
    }

    /// Cuts the end off: entries from `high` on are gone (an unclean leader election, another cluster).
    public func truncate(_ topic: String, _ partition: Int32, to high: Int64) {
        state.withLock {
            guard let count = $0.topics[topic]?[Int(partition)].entries.count, count > Int(high) else { return }
            $0.topics[topic]?[Int(partition)].entries.removeSubrange(Int(high)...)
        }
    }

    /// Lets the oldest entries go (retention).
    public func trim(_ topic: String, _ partition: Int32, below low: Int64) {
        state.withLock { state in
            state.topics[topic]?[Int(partition)].low = low
            for offset in 0..<Int(low) { state.topics[topic]?[Int(partition)].entries[offset] = nil }
        }
    }

    /// All entries of a partition that are kept.
    public func entries(_ topic: String, _ partition: Int32) -> [LogEntry] {
        state.withLock { state in
            guard let all = state.topics[topic], all.indices.contains(Int(partition)) else { return [] }
            return all[Int(partition)].entries.enumerated().compactMap { index, message in
                message.map { LogEntry(offset: Int64(index), message: $0) }
            }
        }
    }

    /// ``read(_:_:from:max:)`` without a suspension.
    public func readNow(
        _ topic: String, _ partition: Int32, from offset: Int64, max: Int
    ) throws(LogFault) -> [LogEntry] {
        try state.withLock { state throws(LogFault) in
            if let down = state.down { throw down }
            let found = try Self.find(state, topic, partition)
            guard offset >= found.low, offset <= Int64(found.entries.count) else {
                throw LogFault(.rebuild, "\(topic)/\(partition) has no offset \(offset)")
            }
            let start = Int(offset)
            let end = min(found.entries.count, start + Swift.max(max, 0))
            return (start..<end).compactMap { index in
                found.entries[index].map { LogEntry(offset: Int64(index), message: $0) }
            }
        }
    }

    private func publishNow(_ out: LogOut) -> Result<Int64, LogFault> {
        if let down = state.withLock({ $0.down }) { return .failure(down) }
        let fate = state.withLock { $0.fate }
        switch fate(out) {
        case .land: return .success(append(out))
        case .twice:
            let offset = append(out)
            append(out)
            return .success(offset)
        case .unheard:
            append(out)
            return .failure(LogFault(.retry, "timed out"))
        case .limbo:
            leaveOnTheWire(out)
            return .failure(LogFault(.retry, "timed out"))
        case .refuse(let fault): return .failure(fault)
        }
    }

    private static func find(_ state: State, _ topic: String, _ partition: Int32) throws(LogFault) -> Partition {
        guard let all = state.topics[topic] else { throw LogFault(.stop, "no topic \(topic)") }
        guard all.indices.contains(Int(partition)) else { throw LogFault(.stop, "no partition \(topic)/\(partition)") }
        return all[Int(partition)]
    }

    private static func append(
        _ state: inout State, _ out: LogOut
    ) -> (Int64, [CheckedContinuation<Void, Never>]) {
        guard let count = state.topics[out.topic]?.count else { return (-1, []) }
        let at = out.partition ?? Partitioner.partition(of: out.message.key ?? [], count: Int32(count))
        let offset = Int64(state.topics[out.topic]?[Int(at)].entries.count ?? 0)
        state.topics[out.topic]?[Int(at)].entries.append(out.message)
        let woken = state.waiters.filter { _, waiter in
            waiter.places.contains { $0.topic == out.topic && $0.partition == at && $0.offset <= offset }
        }
        for number in woken.keys { state.waiters[number] = nil }
        return (offset, woken.values.map(\.resume))
    }

    private func arrival(_ number: Int, _ places: [LogPlace]) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let now = state.withLock { state in
                    let there = places.contains { place in
                        let all = state.topics[place.topic] ?? []
                        return all.indices.contains(Int(place.partition))
                            && Int64(all[Int(place.partition)].entries.count) > place.offset
                    }
                    if there || state.cancelled.remove(number) != nil { return true }
                    state.waiters[number] = Waiter(places: places, resume: continuation)
                    return false
                }
                if now { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                if let waiter = state.waiters.removeValue(forKey: number) { return Optional(waiter) }
                state.cancelled.insert(number)
                return nil
            }
            waiter?.resume.resume()
        }
    }
}

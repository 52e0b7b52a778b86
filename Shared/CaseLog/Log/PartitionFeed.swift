import Contracts
import Kafka
import Synchronization

/// One partition as a place that moves forward: what was read at the last place stays here, so that the same place can be
/// read again; an earlier or a later one opens the partition anew.
final class PartitionFeed: Sendable {
    private struct State {
        var reader: PartitionReader?
        /// Where the last read began; `entries` has all from here to the reader's position.
        var start: Int64 = 0
        var entries: [LogEntry] = []
        var end: Int64 = 0
        var isBusy = false
    }

    private let place: TopicPartition
    private let source: Reader
    private let state = Mutex(State())
    private let signal = WakeSignal()
    private let free = WakeSignal()

    init(_ place: TopicPartition, _ source: Reader) {
        self.place = place
        self.source = source
    }

    /// The partition is known to reach this far.
    func learn(end: Int64) { state.withLock { $0.end = max($0.end, end) } }

    /// What to wait for at this offset; nil if there is something already, or nothing is being read there.
    func signal(at offset: Int64) -> WakeSignal? {
        state.withLock { state in
            guard let reader = state.reader, offset >= state.start, offset <= reader.position else { return nil }
            if state.entries.last.map({ $0.offset >= offset }) ?? false { return nil }
            return reader.hasReadAhead ? nil : signal
        }
    }

    /// The entries from this offset on. Waits for a fetch only if the partition is known to reach further.
    func read(from offset: Int64, max: Int) async throws(LogFault) -> [LogEntry] {
        await acquire()
        defer { giveBack() }
        let reader = try await stand(at: offset)
        let deadline = ContinuousClock.now + .milliseconds(500)
        while true {
            let found = try take(reader, max)
            if !found.isEmpty { return found }
            let end = Swift.max(state.withLock { $0.end }, reader.lastKnownEnd ?? 0)
            guard reader.position < end, .now < deadline, !Task.isCancelled else { return [] }
            await reader.wait(until: deadline)
        }
    }

    /// Reads no more until the next read.
    func close() async {
        await acquire()
        await drop()
        giveBack()
    }

    private func take(_ reader: PartitionReader, _ max: Int) throws(LogFault) -> [LogEntry] {
        let missing = max - state.withLock { $0.entries.count }
        let more: [ConsumedRecord]
        do {
            more = missing > 0 ? try reader.poll(max: missing) : []
        } catch {
            throw LogFault(error)
        }
        return state.withLock { state in
            state.entries += more.map(LogEntry.init)
            return Array(state.entries.prefix(max))
        }
    }

    /// The reader, standing so that the next entry is the first at or after `offset`.
    private func stand(at offset: Int64) async throws(LogFault) -> PartitionReader {
        let here = state.withLock { state -> PartitionReader? in
            guard let reader = state.reader, offset >= state.start, offset <= reader.position else { return nil }
            state.entries.removeSubrange(..<(state.entries.firstIndex { $0.offset >= offset } ?? state.entries.count))
            state.start = offset
            return reader
        }
        if let here { return here }
        await drop()
        do {
            let reader = try await source.open(place.topic, place.partition, from: .offset(offset), signal: signal)
            state.withLock { state in
                state.reader = reader
                state.start = offset
                state.end = max(state.end, reader.endAtOpen)
            }
            return reader
        } catch {
            throw LogFault(error)
        }
    }

    private func drop() async {
        let reader = state.withLock { state in
            defer {
                state.reader = nil
                state.entries = []
                state.end = 0
            }
            return state.reader
        }
        if let reader { await source.close(reader) }
    }

    private func acquire() async {
        while !state.withLock({ state in
            defer { state.isBusy = true }
            return !state.isBusy
        }) {
            await free.wait(atMost: .milliseconds(100))
        }
    }

    private func giveBack() {
        state.withLock { $0.isBusy = false }
        free.raise()
    }
}

extension LogEntry {
    init(_ record: ConsumedRecord) {
        self.init(
            offset: record.offset,
            message: Message(
                key: record.key, value: record.value, headers: record.headers.map { Header($0.name, $0.value) }))
    }
}

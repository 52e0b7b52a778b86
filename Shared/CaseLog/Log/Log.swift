public import Contracts

/// The broker as CaseLog sees it. Two adapters: KafkaLog and ``MemoryLog``; one contract suite runs on both.
public protocol Log: Sendable {
    /// Appends the batch, in order within a partition, and answers each message with its offset or with a fault.
    /// A fault whose ``LogFault/remedy`` is `retry` may mean that the message landed all the same, or lands later.
    func publish(_ batch: [LogOut]) async -> [Result<Int64, LogFault>]
    /// What there is now from `offset` on, at most `max` entries; empty at the end. Never waits for new entries
    /// (an adapter may wait for a fetch that is on its way). Offsets need not be gapless.
    /// - Throws: a fault with remedy `rebuild` for an offset outside the partition's watermarks.
    func read(_ topic: String, _ partition: Int32, from offset: Int64, max: Int) async throws(LogFault) -> [LogEntry]
    /// The first offset kept and the offset the next message gets, as the broker knows them now.
    func watermarks(_ topic: String, _ partition: Int32) async throws(LogFault) -> Watermarks
    /// How many partitions the topic has.
    func partitionCount(_ topic: String) async throws(LogFault) -> Int32
    /// Returns as soon as one of the places may have an entry at or after its offset, at the latest after `limit`.
    /// Returning early is allowed.
    func wait(for places: [LogPlace], atMost limit: Duration) async
    /// The partition is not read any more: an adapter may let its buffers go.
    func release(_ topic: String, _ partition: Int32) async
}

extension Log {
    public func release(_ topic: String, _ partition: Int32) async {}
}

/// A message on its way out.
public struct LogOut: Sendable, Equatable {
    /// Where to.
    public var topic: String
    /// The partition; nil: by `murmur2_random` of the key.
    public var partition: Int32?
    /// What.
    public var message: Message

    /// A message for a topic.
    public init(topic: String, partition: Int32? = nil, message: Message) {
        self.topic = topic
        self.partition = partition
        self.message = message
    }
}

/// A message where it lies.
public struct LogEntry: Sendable, Equatable {
    /// Its offset.
    public var offset: Int64
    /// What.
    public var message: Message

    /// An entry.
    public init(offset: Int64, message: Message) {
        self.offset = offset
        self.message = message
    }
}

/// A position in a partition.
public struct LogPlace: Sendable, Hashable {
    /// The topic.
    public var topic: String
    /// The partition.
    public var partition: Int32
    /// The offset.
    public var offset: Int64

    /// A position.
    public init(_ topic: String, _ partition: Int32, _ offset: Int64) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
    }
}

/// The ends of a partition.
public struct Watermarks: Sendable, Equatable {
    /// The first offset kept.
    public var low: Int64
    /// The offset the next message gets.
    public var high: Int64

    /// The ends.
    public init(low: Int64, high: Int64) {
        self.low = low
        self.high = high
    }
}

/// What went wrong at the broker, and what to do about it.
public struct LogFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// What the caller does next.
    public enum Remedy: Sendable, Equatable {
        /// Back off and try again; a message may have landed.
        case retry
        /// The message itself will never be taken (too large): it did not land.
        case skip
        /// The position does not exist in this log.
        case rebuild
        /// Nothing helps but a person.
        case stop
    }

    /// What to do.
    public var remedy: Remedy
    /// What happened, with the way out.
    public var detail: String

    /// A fault.
    public init(_ remedy: Remedy, _ detail: String) {
        self.remedy = remedy
        self.detail = detail
    }

    public var description: String { detail }
}

/// One partition of one topic.
public struct TopicPartition: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The topic's name.
    public var topic: String
    /// The partition's number, from 0.
    public var partition: Int32

    /// Names a partition.
    public init(_ topic: String, _ partition: Int32) {
        self.topic = topic
        self.partition = partition
    }

    /// By topic, then by number.
    public static func < (left: Self, right: Self) -> Bool {
        (left.topic, left.partition) < (right.topic, right.partition)
    }

    /// `cases/3`
    public var description: String { "\(topic)/\(partition)" }
}

/// A record's header. A null value is not an empty one.
public struct Header: Hashable, Sendable {
    /// The header's name; it may occur more than once in a record.
    public var name: String
    /// The value, nil for null.
    public var value: [UInt8]?

    /// A header of bytes, or null.
    public init(_ name: String, _ value: [UInt8]?) {
        self.name = name
        self.value = value
    }

    /// A header of UTF-8 text.
    public init(_ name: String, text: String) {
        self.init(name, Array(text.utf8))
    }
}

/// A record to be sent. Null is not empty, in key, value and headers alike.
public struct ProducerRecord: Hashable, Sendable {
    /// Where to.
    public var topic: String
    /// The partition; nil = by `murmur2_random` of the key, as Java's clients do.
    public var partition: Int32?
    /// The key, nil for null (a null key goes to a random partition).
    public var key: [UInt8]?
    /// The value, nil for null (a tombstone in a compacted topic).
    public var value: [UInt8]?
    /// The headers, in order.
    public var headers: [Header]
    /// Milliseconds since 1970; nil = now.
    public var timestampMs: Int64?

    /// A record of its parts.
    public init(
        topic: String, partition: Int32? = nil, key: [UInt8]? = nil, value: [UInt8]?, headers: [Header] = [],
        timestampMs: Int64? = nil
    ) {
        self.topic = topic
        self.partition = partition
        self.key = key
        self.value = value
        self.headers = headers
        self.timestampMs = timestampMs
    }
}

/// Where a record now stands: acknowledged by all in-sync replicas.
public struct Delivery: Hashable, Sendable {
    /// The partition it went to.
    public var partition: Int32
    /// Its offset there.
    public var offset: Int64

    /// A delivery by hand, for stand-ins of the producer.
    public init(partition: Int32, offset: Int64) {
        self.partition = partition
        self.offset = offset
    }
}

/// Where to start reading a partition.
public enum StartOffset: Hashable, Sendable {
    /// At the oldest record still there.
    case beginning
    /// After the newest record there is at the time of the call.
    case end
    /// At this offset, which must lie between the log's start and its end.
    case offset(Int64)
}

/// The first offset still in a partition, and the one the next record will get.
public struct Watermarks: Hashable, Sendable {
    /// The oldest offset still there.
    public var low: Int64
    /// One more than the newest offset.
    public var high: Int64

    /// Watermarks by hand, for stand-ins of the broker.
    public init(low: Int64, high: Int64) {
        self.low = low
        self.high = high
    }
}

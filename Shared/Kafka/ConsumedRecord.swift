/// A record as read.
///
/// Its bytes lie in a block it shares with its neighbours; `key`, `value` and `headers` copy them out on each call. A
/// record that is kept keeps its block (at most 64 KiB, or its own size).
public struct ConsumedRecord: Sendable {
    /// The topic it stands in.
    public let topic: String
    /// The partition it stands in.
    public let partition: Int32
    /// Its offset there. Offsets may have gaps: transaction markers and compaction take some.
    public let offset: Int64
    /// Milliseconds since 1970, as the producer or the broker set them; -1 when there is none.
    public let timestampMs: Int64

    let block: RecordBlock
    let layout: RecordLayout

    /// A record by hand, for stand-ins of the reader.
    public init(
        topic: String, partition: Int32, offset: Int64, key: [UInt8]?, value: [UInt8]?, headers: [Header],
        timestampMs: Int64
    ) {
        var packer = RecordPacker(blockSize: 0)
        self = packer.record(
            topic: topic, partition: partition, offset: offset, key: key, value: value, headers: headers,
            timestampMs: timestampMs)
    }

    init(topic: String, partition: Int32, offset: Int64, timestampMs: Int64, block: RecordBlock, layout: RecordLayout) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.timestampMs = timestampMs
        self.block = block
        self.layout = layout
    }

    /// The key, nil for null.
    public var key: [UInt8]? { withKey { $0.map { [UInt8](copying: $0) } } }

    /// The value, nil for null.
    public var value: [UInt8]? { withValue { $0.map { [UInt8](copying: $0) } } }

    /// The headers, in order.
    public var headers: [Header] {
        var all: [Header] = []
        all.reserveCapacity(Int(layout.headers))
        visitHeaders { name, value in
            all.append(Header(String(decoding: name, as: UTF8.self), value.map { [UInt8](copying: $0) }))
        }
        return all
    }

    /// How many headers there are.
    public var headerCount: Int { Int(layout.headers) }

    /// The value of the last header of that name: nil if there is none or it is null.
    public func header(_ name: String) -> [UInt8]? {
        var found: [UInt8]?
        visitHeaders { candidate, value in
            if candidate.elementsEqual(name.utf8) { found = value.map { [UInt8](copying: $0) } }
        }
        return found
    }

    /// Lends the key without a copy, nil for null. The bytes are valid within the call only.
    public func withKey<T>(_ body: (UnsafeRawBufferPointer?) throws -> T) rethrows -> T {
        try withExtendedLifetime(block) { try body(block.bytes(layout.start, layout.key)) }
    }

    /// Lends the value without a copy, nil for null. The bytes are valid within the call only.
    public func withValue<T>(_ body: (UnsafeRawBufferPointer?) throws -> T) rethrows -> T {
        try withExtendedLifetime(block) { try body(block.bytes(layout.start + max(layout.key, 0), layout.value)) }
    }

    private func visitHeaders(_ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer?) -> Void) {
        withExtendedLifetime(block) {
            var at = layout.start + max(layout.key, 0) + max(layout.value, 0)
            for _ in 0..<layout.headers {
                let name = block.int(at)
                let value = block.int(at + 4)
                at += 8
                guard let text = block.bytes(at, name) else { return }
                at += name
                body(text, block.bytes(at, value))
                at += max(value, 0)
            }
        }
    }
}

extension ConsumedRecord: Hashable {
    /// By content.
    public static func == (left: Self, right: Self) -> Bool {
        left.offset == right.offset && left.partition == right.partition && left.topic == right.topic
            && left.timestampMs == right.timestampMs && left.key == right.key && left.value == right.value
            && left.headers == right.headers
    }

    /// By place.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(topic)
        hasher.combine(partition)
        hasher.combine(offset)
    }
}

extension [UInt8] {
    init(copying bytes: UnsafeRawBufferPointer) {
        self.init(unsafeUninitializedCapacity: bytes.count) { buffer, initialized in
            UnsafeMutableRawBufferPointer(buffer).copyMemory(from: bytes)
            initialized = bytes.count
        }
    }
}

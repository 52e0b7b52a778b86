import CRdKafka

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where the parts of a record lie in its block: key, value, then each header as two lengths, name and value.
/// A length of -1 is null.
struct RecordLayout: Sendable {
    var start: Int32
    var key: Int32
    var value: Int32
    var headers: Int32
}

/// Bytes of records read one after the other, freed with the last of them.
final class RecordBlock: @unchecked Sendable {  // a range is written once, before the record that names it exists
    let base: UnsafeMutableRawPointer
    let capacity: Int

    init(capacity: Int) {
        base = .allocate(byteCount: max(capacity, 1), alignment: 1)
        self.capacity = capacity
    }

    deinit { base.deallocate() }

    func bytes(_ start: Int32, _ count: Int32) -> UnsafeRawBufferPointer? {
        count < 0 ? nil : UnsafeRawBufferPointer(start: base + Int(start), count: Int(count))
    }

    func int(_ at: Int32) -> Int32 { base.loadUnaligned(fromByteOffset: Int(at), as: Int32.self) }
}

/// Copies records out of the library into blocks: one allocation for many records instead of several for each.
struct RecordPacker {
    private let blockSize: Int
    private var block: RecordBlock?
    private var used = 0

    init(blockSize: Int = 64 << 10) { self.blockSize = blockSize }

    /// Copies a message.
    mutating func record(copying message: UnsafePointer<rd_kafka_message_t>, topic: String) -> ConsumedRecord {
        let source = message.pointee
        var list: OpaquePointer?
        var headers = 0
        if rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list {
            headers = rd_kafka_header_cnt(list)
        }
        var size = source.key_len + source.len
        for index in 0..<headers { size += Self.header(list, index) { $0.count + ($1?.count ?? 0) + 8 } ?? 0 }
        let block = room(size)
        var layout = RecordLayout(start: Int32(used), key: -1, value: -1, headers: 0)
        // A NULL pointer is null, whatever the length says.
        layout.key = put(source.key.map { UnsafeRawBufferPointer(start: $0, count: source.key_len) }, block)
        layout.value = put(source.payload.map { UnsafeRawBufferPointer(start: $0, count: source.len) }, block)
        for index in 0..<headers {
            Self.header(list, index) { name, value in
                put(name, value, block)
                layout.headers += 1
            }
        }
        var kind = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
        let time = rd_kafka_message_timestamp(message, &kind)
        return ConsumedRecord(
            topic: topic, partition: source.partition, offset: source.offset,
            timestampMs: kind == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? -1 : time, block: block, layout: layout)
    }

    /// Packs a record given by its parts.
    mutating func record(
        topic: String, partition: Int32, offset: Int64, key: [UInt8]?, value: [UInt8]?, headers: [Header],
        timestampMs: Int64
    ) -> ConsumedRecord {
        var size = (key?.count ?? 0) + (value?.count ?? 0)
        for header in headers { size += header.name.utf8.count + (header.value?.count ?? 0) + 8 }
        let block = room(size)
        var layout = RecordLayout(start: Int32(used), key: -1, value: -1, headers: Int32(headers.count))
        if let key { layout.key = key.withUnsafeBytes { put($0, block) } }
        if let value { layout.value = value.withUnsafeBytes { put($0, block) } }
        for header in headers {
            Array(header.name.utf8).withUnsafeBytes { name in
                if let value = header.value {
                    value.withUnsafeBytes { put(name, $0, block) }
                } else {
                    put(name, nil, block)
                }
            }
        }
        return ConsumedRecord(
            topic: topic, partition: partition, offset: offset, timestampMs: timestampMs, block: block, layout: layout)
    }

    private mutating func room(_ size: Int) -> RecordBlock {
        if let block, used + size <= block.capacity { return block }
        let fresh = RecordBlock(capacity: max(blockSize, size))
        block = fresh
        used = 0
        return fresh
    }

    private mutating func put(_ bytes: UnsafeRawBufferPointer?, _ block: RecordBlock) -> Int32 {
        guard let bytes else { return -1 }
        if let base = bytes.baseAddress { (block.base + used).copyMemory(from: base, byteCount: bytes.count) }
        used += bytes.count
        return Int32(bytes.count)
    }

    private mutating func put(
        _ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?, _ block: RecordBlock
    ) {
        let at = block.base + used
        at.storeBytes(of: Int32(name.count), as: Int32.self)
        at.storeBytes(of: value.map { Int32($0.count) } ?? -1, toByteOffset: 4, as: Int32.self)
        used += 8
        _ = put(name, block)
        _ = put(value, block)
    }

    @discardableResult
    private static func header<T>(
        _ list: OpaquePointer?, _ index: Int, _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer?) -> T
    ) -> T? {
        var name: UnsafePointer<CChar>?
        var value: UnsafeRawPointer?
        var size = 0
        guard let list, rd_kafka_header_get_all(list, index, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR,
            let name
        else { return nil }
        return body(
            UnsafeRawBufferPointer(start: name, count: strlen(name)),
            value.map { UnsafeRawBufferPointer(start: $0, count: size) })
    }
}

/// The running SM3 chain over one partition of a log 链式摘要: its head covers every byte that readers see of every record
/// so far. Who kept a head finds out whether one of them was changed, removed, inserted, doubled or moved since, also by
/// somebody with rights on the broker (domain.md §4 row 10).
///
///     head(0) = SM3("caseloop-chain-1\n" topic "\n" partition "\n")
///     head(n) = SM3(head(n-1) ‖ offset ‖ key ‖ number of headers ‖ name ‖ value ‖ name ‖ value … ‖ value of the record)
///
/// The offset has 8 bytes, the number 4. Key, names and values are their length in 4 bytes and their bytes, so that nothing
/// can be shifted from one to the next; null is `ffffffff` alone, which is no length. All numbers are big-endian.
///
/// The offset belongs to it because positions in the log (`ce_upto`, `ce_pos`, `ce_after`) are offsets: a copy of the
/// records at other offsets is another log. The broker's own timestamp does not: a topic may have it from the broker or
/// from the sender, no reader is handed it, and no rule asks it. A record's time is its header `ce_time`.
public struct LogChain: Sendable {
    /// Covers every record so far; before the first, the topic and the partition.
    public private(set) var head: ChainDigest
    /// What the next head is the digest of: kept, so that it is allotted once.
    private var message: [UInt8] = []

    /// The chain of a partition before its first record.
    /// - Throws: `VaultError` with remedy `stop` when libcrypto has no SM3.
    public init(topic: String, partition: Int32) throws(VaultError) {
        head = try ChainDigest(of: "caseloop-chain-1\n\(topic)\n\(partition)\n")
    }

    /// The next record, as it was read.
    /// - Parameter headers: in their order.
    /// - Throws: `VaultError` with remedy `stop` when libcrypto has no SM3; the head stays as it was.
    public mutating func append(
        offset: Int64, key: [UInt8]?, headers: [(name: String, value: [UInt8]?)], value: [UInt8]?
    ) throws(VaultError) {
        message.removeAll(keepingCapacity: true)
        message += head.bytes
        put(UInt64(bitPattern: offset))
        put(key)
        put(UInt32(clamping: headers.count))
        for header in headers {
            put(UInt32(clamping: header.name.utf8.count))
            message.append(contentsOf: header.name.utf8)
            put(header.value)
        }
        put(value)
        head = try ChainDigest(of: message)
    }

    /// Kafka's own lengths are signed and have 32 bits, so none is clamped and none is `ffffffff`.
    private mutating func put(_ field: [UInt8]?) {
        guard let field else { return put(UInt32.max) }
        put(UInt32(clamping: field.count))
        message += field
    }

    private mutating func put(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { message.append(contentsOf: $0) }
    }
}

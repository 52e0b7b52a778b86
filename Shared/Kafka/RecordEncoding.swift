import CRdKafka

/// Lays a record out for `rd_kafka_produceva`; its memory is reused from record to record.
struct RecordEncoder: ~Copyable {
    private var fields: UnsafeMutablePointer<rd_kafka_vu_t>
    private var fieldCapacity = 32
    /// Header names (terminated) and values: Swift arrays cannot all be borrowed at once.
    private var text: UnsafeMutableRawPointer
    private var textCapacity = 1024

    init() {
        fields = .allocate(capacity: fieldCapacity)
        text = .allocate(byteCount: textCapacity, alignment: 1)
    }

    deinit {
        fields.deallocate()
        text.deallocate()
    }

    /// Hands the record to the client. The library copies it.
    /// - Returns: the error object, to be destroyed by the caller, or nil.
    mutating func produce(
        _ record: ProducerRecord, client: OpaquePointer, topic: OpaquePointer, opaque: UnsafeMutableRawPointer
    ) -> OpaquePointer? {
        reserve(record)
        var count = 0
        func add(_ type: rd_kafka_vtype_t, _ set: (inout rd_kafka_vu_t) -> Void) {
            fields[count].vtype = type
            set(&fields[count])
            count += 1
        }
        add(RD_KAFKA_VTYPE_RKT) { $0.u.rkt = topic }
        add(RD_KAFKA_VTYPE_OPAQUE) { $0.u.ptr = opaque }
        add(RD_KAFKA_VTYPE_MSGFLAGS) { $0.u.i = RD_KAFKA_MSG_F_COPY }
        if let partition = record.partition { add(RD_KAFKA_VTYPE_PARTITION) { $0.u.i32 = partition } }
        if let time = record.timestampMs { add(RD_KAFKA_VTYPE_TIMESTAMP) { $0.u.i64 = time } }
        count += addHeaders(record.headers, at: count)
        return withBytes(record.key) { key in
            add(RD_KAFKA_VTYPE_KEY) { $0.u.mem = .init(ptr: key.pointer, size: key.count) }
            return withBytes(record.value) { value in
                add(RD_KAFKA_VTYPE_VALUE) { $0.u.mem = .init(ptr: value.pointer, size: value.count) }
                return rd_kafka_produceva(client, fields, count)
            }
        }
    }

    private mutating func reserve(_ record: ProducerRecord) {
        if record.headers.count + 8 > fieldCapacity {
            fieldCapacity = record.headers.count + 8
            fields.deallocate()
            fields = .allocate(capacity: fieldCapacity)
        }
        var needed = 1
        for header in record.headers { needed += header.name.utf8.count + 2 + (header.value?.count ?? 0) }
        if needed > textCapacity {
            textCapacity = needed * 2
            text.deallocate()
            text = .allocate(byteCount: textCapacity, alignment: 1)
        }
    }

    /// Headers go one by one: a header list can be freed twice by the library (issue 4628).
    private func addHeaders(_ headers: [Header], at start: Int) -> Int {
        var end = text
        for (index, header) in headers.enumerated() {
            let name = end
            var copy = header.name
            copy.withUTF8 { bytes in
                if let base = bytes.baseAddress { end.copyMemory(from: base, byteCount: bytes.count) }
                end += bytes.count
            }
            end.storeBytes(of: 0, as: UInt8.self)
            end += 1
            let field = fields + start + index
            field.pointee.vtype = RD_KAFKA_VTYPE_HEADER
            field.pointee.u.header = .init(
                name: UnsafePointer(name.assumingMemoryBound(to: CChar.self)), val: nil, size: 0)
            guard let value = header.value else { continue }
            field.pointee.u.header.val = UnsafeRawPointer(end)
            field.pointee.u.header.size = value.count
            value.withUnsafeBytes { bytes in
                if let base = bytes.baseAddress { end.copyMemory(from: base, byteCount: bytes.count) }
                end += bytes.count
            }
        }
        return headers.count
    }

    /// Null is a nil pointer; empty is a pointer with length 0 (an empty Swift array may have none).
    private func withBytes<T>(
        _ bytes: [UInt8]?, _ body: ((pointer: UnsafeMutableRawPointer?, count: Int)) -> T
    ) -> T {
        guard let bytes else { return body((nil, 0)) }
        return bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, !buffer.isEmpty else { return body((text, 0)) }
            return body((UnsafeMutableRawPointer(mutating: base), buffer.count))
        }
    }
}

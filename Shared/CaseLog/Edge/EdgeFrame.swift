import Foundation

/// The records of one entry as one blob: format byte, number of records, then each with its lengths before its parts.
/// Ours and binary because it is written 12 000 times a second and read once.
struct EdgeFrame: Equatable {
    var sealed: EdgeRecord?
    var report: EdgeRecord

    private static let format: UInt8 = 1

    func encoded() -> Data {
        var data = Data(capacity: 256 + report.value.count + (sealed?.value.count ?? 0))
        data.append(Self.format)
        data.append(sealed == nil ? 1 : 2)
        for record in [sealed, report] {
            guard let record else { continue }
            data.appendText(record.topic)
            data.appendText(record.key)
            data.appendLength(record.headers.count)
            for header in record.headers {
                data.appendText(header.name)
                data.appendText(header.value)
            }
            data.appendLength(record.value.count)
            data.append(contentsOf: record.value)
        }
        return data
    }

    init(sealed: EdgeRecord?, report: EdgeRecord) {
        self.sealed = sealed
        self.report = report
    }

    /// - Throws: ``EdgeFrameFault`` when the bytes are not a frame: the file was written by something else.
    init(decoding data: Data) throws(EdgeFrameFault) {
        var reader = FrameReader(bytes: Array(data))
        guard try reader.byte() == Self.format else { throw EdgeFrameFault(offset: 0) }
        let count = try reader.byte()
        guard count == 1 || count == 2 else { throw EdgeFrameFault(offset: 1) }
        sealed = count == 2 ? try reader.record() : nil
        report = try reader.record()
        guard reader.isAtEnd else { throw EdgeFrameFault(offset: reader.offset) }
    }
}

/// A stored frame that cannot be read, and where it stops making sense.
struct EdgeFrameFault: Error, Equatable {
    let offset: Int
}

private struct FrameReader {
    let bytes: [UInt8]
    var offset = 0
    var isAtEnd: Bool { offset == bytes.count }

    mutating func byte() throws(EdgeFrameFault) -> UInt8 {
        guard offset < bytes.count else { throw EdgeFrameFault(offset: offset) }
        defer { offset += 1 }
        return bytes[offset]
    }

    mutating func length() throws(EdgeFrameFault) -> Int {
        var value = 0
        for _ in 0..<4 { value = value << 8 | Int(try byte()) }
        return value
    }

    mutating func part() throws(EdgeFrameFault) -> ArraySlice<UInt8> {
        let count = try length()
        guard count <= bytes.count - offset else { throw EdgeFrameFault(offset: offset) }
        defer { offset += count }
        return bytes[offset..<offset + count]
    }

    mutating func text() throws(EdgeFrameFault) -> String { String(decoding: try part(), as: UTF8.self) }

    mutating func record() throws(EdgeFrameFault) -> EdgeRecord {
        let topic = try text()
        let key = try text()
        var headers: [EdgeHeader] = []
        for _ in 0..<(try length()) { headers.append(EdgeHeader(try text(), try text())) }
        return EdgeRecord(topic: topic, key: key, headers: headers, value: Array(try part()))
    }
}

extension Data {
    fileprivate mutating func appendLength(_ count: Int) {
        let value = UInt32(truncatingIfNeeded: count)
        append(contentsOf: [
            UInt8(truncatingIfNeeded: value >> 24), UInt8(truncatingIfNeeded: value >> 16),
            UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value),
        ])
    }

    fileprivate mutating func appendText(_ text: String) {
        appendLength(text.utf8.count)
        append(contentsOf: text.utf8)
    }
}

import Contracts
import Foundation

/// The records of one entry as one blob: format byte, number of records, then each with its lengths before its parts.
/// An edge publishes no tombstones and leaves the partition to the key. Ours and binary because it is written 12 000 times a second and read once.
struct EdgeFrame: Equatable {
    var sealed: LogOut?
    var report: LogOut

    private static let format: UInt8 = 1

    func encoded() -> Data {
        var data = Data(capacity: 512 + (report.message.value?.count ?? 0) + (sealed?.message.value?.count ?? 0))
        data.append(Self.format)
        data.append(sealed == nil ? 1 : 2)
        for record in [sealed, report] {
            guard let record else { continue }
            data.appendPart(record.topic.utf8)
            data.appendPart(record.message.key ?? [])
            data.appendLength(record.message.headers.count)
            for header in record.message.headers {
                data.appendPart(header.name.utf8)
                data.appendPart(header.value ?? [])
            }
            data.appendPart(record.message.value ?? [])
        }
        return data
    }

    init(sealed: LogOut?, report: LogOut) {
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

    mutating func record() throws(EdgeFrameFault) -> LogOut {
        let topic = try text()
        let key = Array(try part())
        var headers: [Header] = []
        for _ in 0..<(try length()) { headers.append(Header(try text(), Array(try part()))) }
        return LogOut(topic: topic, message: Message(key: key, value: Array(try part()), headers: headers))
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

    fileprivate mutating func appendPart(_ bytes: some Collection<UInt8>) {
        appendLength(bytes.count)
        append(contentsOf: bytes)
    }
}

import CLzma
public import Foundation

/// Why an input file could not be read.
public struct InputFault: Error, Hashable, CustomStringConvertible {
    /// The file, and the line when one is to blame.
    public var place: String
    /// What is wrong and what to do.
    public var detail: String

    /// One line for the terminal.
    public var description: String { "\(place): \(detail)" }
}

/// A text file read line by line; what is compressed with xz is told by its first six bytes, never by its name.
public struct LineFile {
    private static let chunk = 1 << 16
    private let url: URL
    private let file: FileHandle
    private var decoder: XzDecoder?
    private var pending: [UInt8] = []
    private var start = 0
    private var ended = false

    /// Opens a file.
    ///
    /// - Throws: `InputFault` when it is not there or is not readable.
    public init(_ url: URL) throws(InputFault) {
        self.url = url
        do { file = try FileHandle(forReadingFrom: url) } catch {
            throw InputFault(place: url.path, detail: "cannot be opened: give the path of a readable file")
        }
        let head = [UInt8]((try? file.read(upToCount: Self.chunk)) ?? Data())
        if head.starts(with: XzDecoder.magic) {
            decoder = try XzDecoder(place: url.path)
            try take(head)
        } else {
            pending = head
        }
    }

    /// The next line without its end; nil at the end of the file.
    public mutating func next() throws(InputFault) -> [UInt8]? {
        var searched = start
        while true {
            if let end = pending[searched...].firstIndex(of: 0x0A) {
                defer { start = end + 1 }
                return trimmed(pending[start..<end])
            }
            searched = pending.count
            guard try fill(&searched) else {
                defer { start = pending.count }
                return start < pending.count ? trimmed(pending[start...]) : nil
            }
        }
    }

    private func trimmed(_ line: ArraySlice<UInt8>) -> [UInt8] { Array(line.last == 0x0D ? line.dropLast() : line) }

    private mutating func fill(_ searched: inout Int) throws(InputFault) -> Bool {
        if start > 0 {
            pending.removeFirst(start)
            searched -= start
            start = 0
        }
        guard !ended else { return false }
        let data: Data?
        do { data = try file.read(upToCount: Self.chunk) } catch {
            throw InputFault(place: url.path, detail: "cannot be read further: \(error.localizedDescription)")
        }
        guard let data, !data.isEmpty else {
            ended = true
            return false
        }
        try take([UInt8](data))
        return true
    }

    private mutating func take(_ bytes: [UInt8]) throws(InputFault) {
        guard let decoder else { return pending.append(contentsOf: bytes) }
        pending.append(contentsOf: try decoder.decode(bytes))
    }
}

/// One stream of liblzma, freed with the value that owns it.
final class XzDecoder {
    static let magic: [UInt8] = [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]
    /// LZMA_CONCATENATED, a macro that does not import.
    private static let concatenated: UInt32 = 0x08
    private var stream = lzma_stream()
    private let place: String

    init(place: String) throws(InputFault) {
        self.place = place
        guard lzma_stream_decoder(&stream, UInt64.max, Self.concatenated) == LZMA_OK else {
            throw InputFault(place: place, detail: "liblzma could not start: is there memory left?")
        }
    }

    deinit { lzma_end(&stream) }

    /// Everything these bytes unpack to.
    func decode(_ bytes: [UInt8]) throws(InputFault) -> [UInt8] {
        var out: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 1 << 18)
        let status = bytes.withUnsafeBufferPointer { input -> lzma_ret in
            stream.next_in = input.baseAddress
            stream.avail_in = input.count
            var status = LZMA_OK
            repeat {
                room.withUnsafeMutableBufferPointer { output in
                    stream.next_out = output.baseAddress
                    stream.avail_out = output.count
                    status = lzma_code(&stream, LZMA_RUN)
                    out.append(contentsOf: output[..<(output.count - stream.avail_out)])
                }
            } while status == LZMA_OK && (stream.avail_in > 0 || stream.avail_out == 0)
            stream.next_in = nil
            return status
        }
        guard status == LZMA_OK || status == LZMA_STREAM_END || status == LZMA_BUF_ERROR else {
            throw InputFault(place: place, detail: "is damaged (liblzma status \(status.rawValue)): fetch it again")
        }
        return out
    }
}

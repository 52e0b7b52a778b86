import Foundation
import Governance

/// The reports of an input file, one after the other, for any number of takers.
actor ReplaySource {
    /// One report and its place in the file.
    struct Line: Sendable {
        var index: Int
        var report: ReplayReport
    }

    private var file: LineFile
    private var sorted: ArraySlice<Line>?
    private let path: String
    private let townships: [PlaceCode]
    private var format: ReplayFormat?
    private var header: [String]?
    private var number = 0
    private var index = 0

    /// Opens a file.
    init(_ url: URL, townships: [PlaceCode]) throws(InputFault) {
        file = try LineFile(url)
        path = url.lastPathComponent
        self.townships = townships
    }

    /// Reads the whole file and hands it out by the instants in it; lines of one instant keep their order.
    /// - Throws: `InputFault` for a line without an instant.
    func sort() throws(InputFault) {
        var all: [Line] = []
        while let line = try next() {
            guard line.report.occurredAt != nil else {
                throw InputFault(
                    place: "\(path) report \(line.index + 1)",
                    detail: "has no time: --speed plays by the times in the file, --rate does without")
            }
            all.append(line)
        }
        let zero = Instant(milliseconds: 0)
        let order = all.sorted {
            ($0.report.occurredAt ?? zero, $0.index) < ($1.report.occurredAt ?? zero, $1.index)
        }
        sorted = order[...]
    }

    /// Reads the first lines and leaves them unplayed: what cannot be read is told before anything is started.
    /// - Returns: how many reports there are, at most `limit`.
    static func check(_ url: URL, first limit: Int = 1000) async throws -> Int {
        let source = try ReplaySource(url, townships: [])
        var count = 0
        while count < limit, try await source.next() != nil { count += 1 }
        guard count > 0 else { throw InputFault(place: url.path, detail: "holds no report: give one report a line") }
        return count
    }

    /// The next report; nil at the end. Empty lines are passed over.
    func next() throws(InputFault) -> Line? {
        if sorted != nil { return sorted?.popFirst() }
        while var line = try nextRecord() {
            if format == nil, header == nil, line.first != UInt8(ascii: "{") {
                let names = CSVLine.fields(line)
                format = try ReplayFormat.guess(members: Set(names), place: path)
                header = names
                continue
            }
            if let header { line = try object(line, header) }
            let place = "\(path) line \(number)"
            if format == nil { format = try ReplayFormat.guess(line, place: path) }
            guard let format else { return nil }
            let report = try format.report(from: line, at: place, townships: townships)
            defer { index += 1 }
            return Line(index: index, report: report)
        }
        return nil
    }

    /// A line that is not empty; in a CSV file as many as its quotes hold together.
    private func nextRecord() throws(InputFault) -> [UInt8]? {
        while var line = try file.next() {
            number += 1
            if line.isEmpty || line == [0xEF, 0xBB, 0xBF] { continue }
            if number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
            while header != nil, !CSVLine.isWhole(line), let more = try file.next() {
                number += 1
                line += [UInt8(ascii: "\n")] + more
            }
            return line
        }
        return nil
    }

    private func object(_ line: [UInt8], _ header: [String]) throws(InputFault) -> [UInt8] {
        let fields = CSVLine.fields(line)
        guard fields.count == header.count else {
            throw InputFault(
                place: "\(path) line \(number)",
                detail: "has \(fields.count) fields, the header names \(header.count): quote fields with commas")
        }
        let members = Dictionary(zip(header, fields).filter { !$0.1.isEmpty || $0.0 == "detail" }) { first, _ in first }
        guard let json = try? JSONEncoder().encode(members) else {
            throw InputFault(place: "\(path) line \(number)", detail: "cannot be read as UTF-8 text")
        }
        return [UInt8](json)
    }
}

/// One record of comma separated values (RFC 4180).
enum CSVLine {
    private static let quote = UInt8(ascii: "\"")

    /// Every quote that was opened is closed.
    static func isWhole(_ line: [UInt8]) -> Bool { line.count { $0 == quote }.isMultiple(of: 2) }

    /// The fields without their quotes.
    static func fields(_ line: [UInt8]) -> [String] {
        var fields: [[UInt8]] = [[]]
        var quoted = false
        var index = 0
        while index < line.count {
            let byte = line[index]
            switch byte {
            case quote where quoted && index + 1 < line.count && line[index + 1] == quote:
                fields[fields.count - 1].append(quote)
                index += 1
            case quote: quoted.toggle()
            case UInt8(ascii: ",") where !quoted: fields.append([])
            default: fields[fields.count - 1].append(byte)
            }
            index += 1
        }
        return fields.map { String(decoding: $0, as: UTF8.self) }
    }
}

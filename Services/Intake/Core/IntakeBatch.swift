import CaseLog
import Foundation
import Governance
import HTTPTypes
import ServiceKit

/// A batch in NDJSON: one report a line, one result a line, and no line's fault touches another line.
struct IntakeBatch {
    /// Most lines of a batch (design.md §7).
    static let mostLines = 5_000
    /// Lines that go to the disk together: their caller waits for one fsync, not for one each.
    private static let linesTogether = 500

    let lines: [ArraySlice<UInt8>]

    /// Splits a body; a line end at the very end adds no line.
    /// - Throws: 400 when there is none, 413 when there are too many.
    init(_ bytes: [UInt8]) throws(Problem) {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        guard !lines.isEmpty else { throw .intake(.badRequest, .emptyBatch, fix: .emptyBatchFix, field: "$") }
        guard lines.count <= Self.mostLines else {
            throw .intake(
                .contentTooLarge, .tooManyLines, fix: .tooManyLinesFix, field: "$",
                ["found": "\(lines.count)", "max": "\(Self.mostLines)"])
        }
        self.lines = lines
    }

    /// Takes every line that can be taken.
    func take(
        by store: IntakeStore, actor: Actor, traceparent: String?
    ) async -> [Result<Taken, Problem>] {
        var results: [Result<Taken, Problem>] = []
        results.reserveCapacity(lines.count)
        for start in stride(from: 0, to: lines.count, by: Self.linesTogether) {
            let run = lines[start..<min(start + Self.linesTogether, lines.count)]
            let prepared = run.map { line in
                Result { try Self.prepare(Array(line), store, actor, traceparent) }.mapError(Problem.init(intake:))
            }
            let answers = await store.edge.accept(prepared.compactMap { try? $0.get().entry })
            var next = answers.makeIterator()
            for one in prepared {
                results.append(one.flatMap { Self.result(next.next(), $0.notes) })
            }
            // Other requests get their turn on this thread.
            await Task.yield()
        }
        return results
    }

    private static func prepare(
        _ line: [UInt8], _ store: IntakeStore, _ actor: Actor, _ traceparent: String?
    ) throws -> PreparedReport {
        guard line.count <= BodyLimit.standard else {
            throw Problem.intake(
                .contentTooLarge, .longLine, fix: .longLineFix, field: "$",
                ["found": "\(line.count)", "max": "\(BodyLimit.standard)"])
        }
        return try store.prepare(try JSONTree.body(line), by: actor, traceparent: traceparent)
    }

    private static func result(_ answer: EdgeAnswer?, _ notes: [FieldFault]) -> Result<Taken, Problem> {
        guard let answer else { return .failure(.notSealed) }
        do { return .success(try IntakeStore.taken(answer, notes)) } catch { return .failure(error) }
    }
}

/// One line of the answer to a batch.
struct BatchLine: Encodable {
    struct Fault: Encodable {
        var field: String
        var rule: String
        var detail: String
        var fix: String

        init(_ fault: FieldFault, _ language: Language) {
            (field, rule) = (fault.field, fault.rule)
            detail = fault.text.text(in: language)
            fix = fault.fix.text(in: language)
        }
    }
    var line: Int
    var status: Int
    var rule: String
    var detail: String
    var field: String?
    var fix: String
    var faults: [Fault]?

    /// A result as a line of JSON.
    static func json(_ number: Int, _ result: Result<Taken, Problem>, _ language: Language) -> [UInt8] {
        switch result {
        case .success(let taken):
            return Array("{\"line\":\(number),\"status\":\(taken.status.code),\(taken.members(language))}\n".utf8)
        case .failure(let problem):
            let line = BatchLine(
                line: number, status: problem.status.code, rule: problem.rule,
                detail: problem.text.text(in: language), field: problem.field, fix: problem.fix.text(in: language),
                faults: problem.faults.isEmpty ? nil : problem.faults.map { Fault($0, language) })
            return Array(bytes(line) ?? Data("{\"line\":\(number),\"status\":500}".utf8)) + [0x0A]
        }
    }

    /// Strings and numbers only: failing is impossible, and the callers have a fallback nevertheless.
    static func bytes(_ value: some Encodable) -> Data? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try? encoder.encode(value)
    }
}

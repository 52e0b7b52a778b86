import CaseLog
import Contracts
import Foundation
import Governance

/// What the log says so far, followed from its start: which case a report opened, and every fact in order.
struct DemoLog {
    /// One fact of a case.
    struct Entry: Sendable, Equatable {
        var number: CaseNumber
        var time: Instant
        var type: String
        var partition: Int32
        var offset: Int64
        var ordinal: Int
    }

    private var tail: LogTail
    private(set) var entries: [Entry] = []
    private(set) var cases: [UUID: CaseNumber] = [:]

    init(_ log: any Log) async throws { tail = try await LogTail(log) }

    /// Reads to where the log ends now.
    mutating func follow() async throws {
        while try await tail.lag().values.contains(where: { $0 > 0 }) {
            for batch in try await tail.poll(max: 1000) {
                for record in batch.records { try note(record) }
            }
        }
    }

    private mutating func note(_ record: CaseRecord) throws {
        for landed in try record.facts(try record.elements(), as: Fact.self) {
            switch landed.fact {
            case .caseOpened(let body): cases[body.appeal.id] = body.number
            case .reportAttached(let body): cases[body.appeal.id] = body.number
            default: break
            }
            guard let number = landed.fact.about else { continue }
            entries.append(
                Entry(
                    number: number, time: landed.time, type: landed.fact.type, partition: landed.partition,
                    offset: landed.offset, ordinal: landed.ordinal))
        }
    }

    /// The facts of these cases, in order of time, each with its case's label.
    func lines(_ labels: [CaseNumber: String]) -> [String] {
        entries.filter { labels[$0.number] != nil }
            .sorted {
                ($0.time, $0.partition, $0.offset, Int64($0.ordinal)) < (
                    $1.time, $1.partition, $1.offset, Int64($1.ordinal)
                )
            }
            .map { MatterLine.text(labels[$0.number] ?? "", $0.time, $0.type) }
    }
}

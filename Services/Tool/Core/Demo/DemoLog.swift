import CaseLog
import Contracts
import Foundation
import Governance

/// What the log says so far, followed from its start: which case or suggestion a report opened, and every fact in order.
struct DemoLog {
    /// One fact of a case.
    struct Entry: Sendable, Equatable {
        var number: CaseNumber
        var time: Instant
        var type: String
        /// Which clock spoke, or which unit got the order.
        var detail: String?
        var author: ServiceName
        var offset: Int64
        var ordinal: Int

        /// `case.warned meet soon`, `order.signed`.
        var what: String { [type, detail].compactMap { $0 }.joined(separator: " ") }
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
            case .suggestionReceived(let body): cases[body.report] = body.number
            default: break
            }
            guard let number = landed.fact.about ?? landed.fact.suggestion else { continue }
            entries.append(
                Entry(
                    number: number, time: landed.time, type: landed.fact.type,
                    detail: Self.detail(landed.fact), author: landed.author,
                    offset: landed.offset, ordinal: landed.ordinal))
        }
    }

    /// The facts of these cases, in order of time, each with its case's label. Of one instant the services' facts stand in
    /// the order of the loop: who of two landed first is chance, and so is the partition of a township.
    func lines(_ labels: [CaseNumber: String]) -> [String] {
        entries.compactMap { entry in labels[entry.number].map { (label: $0, entry: entry) } }
            .sorted { Self.key($0.label, $0.entry) < Self.key($1.label, $1.entry) }
            .map { MatterLine.text($0.label, $0.entry.time, $0.entry.what) }
    }

    private static func detail(_ fact: Fact) -> String? {
        switch fact {
        case .caseWarned(let warned): "\(warned.rule.rawValue) \(warned.point.rawValue)"
        case .orderIssued(let issued): issued.main.text
        case .levelRaised(let raised): raised.level.rawValue
        case .warningRaised(let raised): raised.warning
        case .alarmCleared(let cleared): cleared.lasted.chinese
        case .petitionAsked(let asked): asked.instance.rawValue
        case .petitionAnswered(let answered): "\(answered.instance.rawValue) \(answered.outcome.rawValue)"
        case .suggestionDecided(let decided): decided.verdict.rawValue
        default: nil
        }
    }

    private static func key(_ label: String, _ entry: Entry) -> (Instant, String, Int, Int64, Int) {
        let order: [ServiceName] = [.feedback, .triage, .revisit, .dispatch, .supervision]
        let place =
            switch entry.type {
            // Before the new order goes out, and before the case that the new place opens in another partition.
            case CaseRevived.type, ReportReaddressed.type: -1
            // Once the closing is known.
            case RevisitPlanned.type, RevisitDrawn.type: order.count
            default: order.firstIndex(of: entry.author) ?? order.count
            }
        return (entry.time, label, place, entry.offset, entry.ordinal)
    }
}

import CaseLog
import Contracts
import Foundation
import Governance
import Kafka

/// What became of every report in the log: the figures that a replay ends with.
struct Outcomes: Sendable {
    /// One report.
    struct Row: Sendable {
        var appeal: Appeal
        var number: CaseNumber?
        var end: End?
        var reason = ""
        var byPerson = false
        /// A person placed it after it was queued, or before.
        var wasQueued = false
    }

    /// How a report stands.
    enum End: String, CaseIterable, Sendable {
        case placed, joined, queued, redirected, answered, readdressed

        var title: String {
            switch self {
            case .placed: "按规则研判立案"
            case .joined: "并案"
            case .queued: "待人工研判"
            case .redirected: "转法定途径"
            case .answered: "已答复"
            case .readdressed: "转属地(未到)"
            }
        }
    }

    /// One case.
    struct Case: Sendable {
        var item = ""
        var unit: UnitCode?
        var place: PlaceCode?
        var reason = ""
        var assessedByPerson = false
        var ordered = false
        var orderedByPerson = false
    }

    private(set) var rows: [UUID: Row] = [:]
    private(set) var cases: [CaseNumber: Case] = [:]
    /// How long what followed took.
    private(set) var delays = Delays()
    private(set) var void = 0

    /// Reads `reports` and `cases` as they are now.
    static func read(_ reader: TopicReader) async throws -> Outcomes {
        var outcomes = Outcomes()
        try await reader.read(Topic.reports) { record in
            guard let envelope = try? InputEnvelope(Message(record)), let report: Report = try? envelope.element.body()
            else { return }
            if outcomes.rows[report.appeal.id] == nil { outcomes.add(report.appeal) }
        }
        var counting = CountingReader()
        try await reader.read(Topic.cases) { record in
            guard let found = counting.take(record) else { return }
            for landed in try found.facts(try found.elements(), as: Fact.self) {
                outcomes.note(landed.fact, writtenAt: Instant(milliseconds: record.timestampMs))
            }
        }
        outcomes.void = counting.void
        return outcomes
    }

    mutating func add(_ appeal: Appeal) {
        rows[appeal.id] = Row(appeal: appeal)
        delays.accept(appeal)
    }

    mutating func note(_ fact: Fact, writtenAt: Instant) {
        delays.note(fact, writtenAt: writtenAt)
        switch fact {
        case .reportAttached(let body):
            end(body.appeal.id, body.opening ? .placed : .joined, body.number, body.basis)
        case .reportQueued(let body):
            end(body.appeal.id, .queued, body.number, body.basis)
            rows[body.appeal.id]?.wasQueued = true
        case .reportRedirected(let body): end(body.report, .redirected, body.number, body.basis)
        case .reportAnswered(let body): end(body.report, .answered, body.number, body.basis)
        case .reportReaddressed(let body): end(body.report, .readdressed, body.number, body.basis)
        case .caseAssessed(let body):
            cases[body.number, default: Case()].item = [body.item, body.itemName].compactMap { $0 }.joined(
                separator: " ")
            cases[body.number]?.place = body.place
            cases[body.number]?.unit = body.lead
            cases[body.number]?.reason = body.basis.reasons.map(\.text).joined(separator: ";")
            cases[body.number]?.assessedByPerson = body.basis.isPerson
        case .orderIssued(let body):
            let first = cases[body.number]?.ordered != true
            cases[body.number, default: Case()].ordered = true
            guard first else { return }
            cases[body.number]?.unit = body.main
            cases[body.number]?.orderedByPerson = body.basis.isPerson
        default: break
        }
    }

    private mutating func end(_ report: UUID, _ end: End, _ number: CaseNumber?, _ basis: Basis) {
        guard var row = rows[report] else { return }
        row.end = end
        row.number = number ?? row.number
        row.reason = basis.reasons.map(\.text).joined(separator: ";")
        row.byPerson = basis.isPerson
        rows[report] = row
    }

    // MARK: Figures

    func count(_ end: End) -> Int { rows.values.count { $0.end == end } }

    /// Reports that have no outcome yet.
    var open: Int { rows.values.count { $0.end == nil } }

    /// Reports whose case has an order that no person had a hand in.
    var orderedWithoutPerson: Int {
        rows.values.count { row in
            guard !row.byPerson, let number = row.number, let found = cases[number] else { return false }
            return found.ordered && !found.orderedByPerson && !found.assessedByPerson
        }
    }

    /// For the terminal.
    var lines: [String] {
        var lines = ["受理 \(rows.count) 件:"]
        for end in End.allCases where count(end) > 0 {
            lines.append("  \(end.title) \(end.rawValue) \(count(end)) (\(Format.share(count(end), of: rows.count)))")
        }
        if open > 0 { lines.append("  尚无结果 open \(open)") }
        let ordered = orderedWithoutPerson
        lines.append("未经人工即派单 ordered without a human: \(ordered) (\(Format.share(ordered, of: rows.count)))")
        lines += delays.lines
        if void > 0 { lines.append("不计入的记录 void records: \(void)") }
        return lines
    }
}

extension Basis {
    /// A person had a hand in it.
    var isPerson: Bool { actor.map { $0.role != .system } ?? false }
}

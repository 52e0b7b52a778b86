import Contracts
import Foundation
import Governance

/// Plays matters before a running stack and compares what the log says with what they expect.
struct MatterPlayer {
    /// What became of one matter.
    struct Verdict: Sendable {
        var matter: Matter
        /// The facts of its cases.
        var facts: [String]
        /// What went otherwise than written; empty when all went well.
        var faults: [String]
    }

    let desk: DemoDesk
    var stage: DemoStage
    var log: DemoLog
    private var labels: [CaseNumber: String] = [:]

    init(desk: DemoDesk, stage: DemoStage, log: DemoLog) {
        self.desk = desk
        self.stage = stage
        self.log = log
    }

    /// Plays one matter from its first step to its last.
    mutating func play(_ matter: Matter) async throws -> Verdict {
        labels = [:]
        var cases: [String: UUID] = [:]
        var faults: [String] = []
        var first: [String: Instant] = [:]
        var now = Instant(milliseconds: 0)
        for step in matter.steps {
            now = step.moment.instant(after: now)
            try await stage.advance(to: now)
            switch step.act {
            case .wait: break
            case .report(let report):
                // An appeal that is sent again happened when it happened at first.
                let happened = first[report.label] ?? now
                first[report.label] = happened
                let (id, created) = try await desk.report(report.body(happened: happened))
                if created == report.again {
                    faults.append("line \(step.line): \(report.again ? "was taken anew" : "was known already")")
                }
                cases[report.label] = id
            case .scan(let scan):
                let (id, refusal) = try await desk.scan(scan, at: now)
                if let id { cases[scan.label] = id }
                note(refusal, expected: scan.refusal, "scan", step.line, &faults)
            case .command(let command):
                try await give(command, step.line, cases, now, &faults)
            }
            try await stage.rest()
            try await log.follow()
            for (label, id) in cases.sorted(by: { $0.key < $1.key }) {
                if let number = log.cases[id], labels[number] == nil { labels[number] = label }
            }
        }
        let facts = log.lines(labels)
        faults += MatterLine.difference(expected: matter.expected, found: facts)
        return Verdict(matter: matter, facts: facts, faults: faults)
    }

    /// With the ids that the run gave: `@b` stands for the report that the matter calls b, `#b` for its case.
    private func named(_ command: MatterCommand, _ cases: [String: UUID]) -> MatterCommand {
        var text = String(decoding: command.body, as: UTF8.self)
        for (label, id) in cases {
            text = text.replacingOccurrences(of: "\"@\(label)\"", with: "\"\(id.wire)\"")
            guard let number = log.cases[id] else { continue }
            text = text.replacingOccurrences(of: "\"#\(label)\"", with: "\"\(number.text)\"")
        }
        var command = command
        command.body = Array(text.utf8)
        return command
    }

    private func give(
        _ command: MatterCommand, _ line: Int, _ cases: [String: UUID], _ now: Instant, _ faults: inout [String]
    ) async throws {
        guard let number = cases[command.label].flatMap({ log.cases[$0] }) else {
            return faults.append("line \(line): \(command.label) has no case yet")
        }
        let refusal = try await desk.command(named(command, cases), on: number, at: now)
        note(refusal, expected: command.refusal, command.name, line, &faults)
    }

    private func note(_ refusal: String?, expected: String?, _ what: String, _ line: Int, _ faults: inout [String]) {
        guard refusal != expected else { return }
        faults.append(
            "line \(line): \(what) \(refusal.map { "was refused: \($0)" } ?? "went through")"
                + (expected.map { ", expected \($0)" } ?? ""))
    }
}

extension MatterStep.Moment {
    /// The instant of the step, after one at `previous`.
    func instant(after previous: Instant) -> Instant {
        switch self {
        case .at(let instant): instant
        case .after(let span): previous + span
        }
    }
}

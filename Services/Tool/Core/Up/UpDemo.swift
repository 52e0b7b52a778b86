import CaseLog
import Contracts
import Foundation
import Governance
import Kafka
import ServiceKit
import Vault

/// The matters that `up --demo` plays.
struct DemoPlan: Sendable {
    /// Folder of the matters.
    var folder: URL
    /// Write what was found into the files' `expect` instead of comparing: for whoever writes a matter.
    var record = false
    /// All facts of the run, one line each, go there.
    var facts: URL?
    /// What is played when the matters have ended.
    var after: ReplayPlan?
    /// What the stack decides by.
    var reference: Reference
}

/// Plays the demo in a running stack whose clock is steered.
struct UpDemo: Sendable {
    let plan: DemoPlan
    let data: URL
    let kafka: KafkaSettings
    let addresses: StackAddresses

    /// - Returns: whether every matter went as it is written, and where the clock stands.
    func run(say: @Sendable (String) -> Void) async throws -> (whole: Bool, end: Instant?) {
        let matters = try MatterFile.all(in: plan.folder)
        let log = try KafkaLog(settings: kafka)
        do {
            let result = try await play(matters, log, say)
            await log.close()
            return result
        } catch {
            await log.close()
            throw error
        }
    }

    private func play(
        _ matters: [(matter: Matter, url: URL)], _ log: KafkaLog, _ say: @Sendable (String) -> Void
    ) async throws -> (whole: Bool, end: Instant?) {
        let desk = DemoDesk(
            addresses: addresses,
            minter: try await TokenMinter(privateKeyFile: StackKeys(data: data).jwtPrivate),
            points: try ReceiptSecret.load(path: StackKeys(data: data).pointSecret))
        var player = MatterPlayer(
            desk: desk, stage: DemoStage(log: log, data: data, reference: plan.reference), log: try await DemoLog(log))
        var whole = true
        for (index, (matter, url)) in matters.enumerated() {
            let verdict = try await player.play(matter)
            say("演示 \(index + 1)/\(matters.count) \(verdict.faults.isEmpty || plan.record ? "✓" : "✗") \(matter.title)")
            if plan.record { try MatterFile.record(verdict.facts, in: url) }
            for fault in verdict.faults where !plan.record || !fault.hasPrefix("+") && !fault.hasPrefix("-") {
                say("  \(matter.name): \(fault)")
                whole = false
            }
            // A matter that stopped half-way keeps its clocks running into the others.
            if plan.record, !whole { break }
        }
        if let facts = plan.facts {
            let lines = player.log.entries.map { "\($0.number.text) \($0.time) \($0.what)" }.sorted()
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: facts)
        }
        return (whole, player.stage.now)
    }

    /// Lets the clock run on from where the demo left it, so that people can work on what they see.
    func runOn(from start: Instant) async throws {
        let log = try KafkaLog(settings: kafka)
        var clock = SteeredClock(log: log)
        let began = ContinuousClock.now
        do {
            while true {
                try await Task.sleep(for: .seconds(1))
                try await clock.set(start + (ContinuousClock.now - began))
            }
        } catch {
            await log.close()
            throw error
        }
    }
}

extension MatterFile {
    /// Replaces the block `expect`, which ends a file.
    static func record(_ facts: [String], in url: URL) throws {
        let text = try String(contentsOf: url, encoding: .utf8)
        let head = text.range(of: "\nexpect:").map { String(text[..<$0.lowerBound]) } ?? text
        let block = facts.map { "  \($0)\n" }.joined()
        try Data("\(head.trimmingCharacters(in: .newlines))\nexpect: |\n\(block)".utf8).write(to: url)
    }
}

import Foundation
import Governance

/// One matter of the demo 演示事项: what people do, step by step on the steered clock, and what must then stand in the log.
struct Matter: Sendable, Equatable {
    /// The file's name without its ending, such as `10-noise-returned`.
    var name: String
    /// For the terminal.
    var title: String
    /// What happens, in order.
    var steps: [MatterStep]
    /// What the log must say of the matter's cases: one line a fact, see ``MatterLine``.
    var expected: [String]

    /// When its first step takes place.
    var start: Instant? {
        if case .at(let instant) = steps.first?.moment { return instant }
        return nil
    }
}

/// One step: an instant, and what somebody does then.
struct MatterStep: Sendable, Equatable {
    /// When a step takes place.
    enum Moment: Sendable, Equatable {
        case at(Instant)
        /// So long after the step before.
        case after(Duration)
    }

    /// What happens.
    enum Act: Sendable, Equatable {
        /// Time passes, and what falls due fires.
        case wait
        case report(MatterReport)
        case scan(MatterScan)
        case command(MatterCommand)
    }

    var moment: Moment
    var act: Act
    /// Where it stands in the file, for messages.
    var line: Int
}

/// An appeal that comes in.
struct MatterReport: Sendable, Equatable {
    /// What the matter calls it, and the case that it opens.
    var label: String
    /// Body of `POST /v1/reports` as a JSON object, without the instant it happened at.
    var body: [UInt8]
    /// The same appeal was sent before: the first receipt must come back.
    var again: Bool

    /// The whole body.
    func body(happened: Instant) -> [UInt8] { Array("{\"occurredAt\":\"\(happened)\",".utf8) + body.dropFirst() }
}

/// What somebody sends from a printed code.
struct MatterScan: Sendable, Equatable {
    /// What the matter calls it, and the case or suggestion that it opens.
    var label: String
    /// Where the code hangs.
    var point: QRPoint
    /// The form's fields as a JSON object, without its key.
    var body: [UInt8]
    /// The code was printed by somebody who has not the deployment's secret.
    var forged: Bool
    /// The rule that must refuse it; nil when it must go through.
    var refusal: String?
}

/// What a person orders.
struct MatterCommand: Sendable, Equatable {
    var actor: Actor
    /// Label of the case it is about.
    var label: String
    var name: String
    /// Body of the command, in JSON.
    var body: [UInt8]
    /// The rule that must refuse it; nil when it must go through.
    var refusal: String?
}

/// A line that tells one fact: `a 2026-03-10 08:02:00 case.opened`, `a 2026-03-11 08:02:00 case.warned meet due`.
enum MatterLine {
    /// The line of a fact about the case with this label.
    static func text(_ label: String, _ time: Instant, _ type: String) -> String {
        let day = time.day
        let second = time.millisecondOfDay / 1000
        let milliseconds = time.millisecondOfDay % 1000
        let clock = [second / 3600, second / 60 % 60, second % 60].map { Format.padded($0, 2) }.joined(separator: ":")
        return "\(label) \(day) \(clock)\(milliseconds == 0 ? "" : "." + Format.padded(milliseconds, 3)) \(type)"
    }

    /// What differs between two lists, as a person reads it: `-` is missing, `+` was not expected.
    static func difference(expected: [String], found: [String]) -> [String] {
        var lines: [(Int, String)] = []
        for change in found.difference(from: expected) {
            switch change {
            case .insert(let offset, let line, _): lines.append((offset, "+ \(line)"))
            case .remove(let offset, let line, _): lines.append((offset, "- \(line)"))
            }
        }
        return lines.sorted { $0.0 < $1.0 }.map(\.1)
    }
}

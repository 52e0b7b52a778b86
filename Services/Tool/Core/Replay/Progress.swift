import Foundation
import Synchronization

/// A line at the bottom of a terminal that is written over; nothing when the output is a file.
final class Progress: Sendable {
    private struct State {
        var began = ContinuousClock.now
        var shown: ContinuousClock.Instant?
    }

    private let state = Mutex(State())
    private let isTerminal = isatty(STDERR_FILENO) == 1

    /// Shows the counts of a replay.
    func show(_ result: ReplayResult) {
        show { seconds in
            let rate = Format.decimal(Double(result.acknowledged) / seconds, 0)
            return "受理 \(result.acknowledged)  \(rate)/s  重试 \(result.retries)  未受理 \(result.failures) "
        }
    }

    /// Shows how far a reading is.
    func show(_ what: String, _ done: Int64, of all: Int64) {
        show { seconds in
            let full = all > 0 ? Int(20 * done / all) : 0
            let bar = String(repeating: "█", count: full) + String(repeating: "·", count: 20 - full)
            return "\(what) \(bar) \(done)/\(all)  \(Format.decimal(Double(done) / seconds, 0))/s "
        }
    }

    /// Shows a line, at most five times a second and only once it has taken two seconds; it is told how many.
    private func show(_ line: (_ seconds: Double) -> String) {
        guard isTerminal else { return }
        let seconds = state.withLock { state -> Double? in
            let now = ContinuousClock.now
            guard now - state.began > .seconds(2) else { return nil }
            if let shown = state.shown, now - shown < .milliseconds(200) { return nil }
            state.shown = now
            return (now - state.began) / .seconds(1)
        }
        guard let seconds else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K\(line(seconds))".utf8))
    }

    /// Takes the line away.
    func end() {
        guard isTerminal, state.withLock({ $0.shown != nil }) else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
}

/// Numbers as a person reads them.
enum Format {
    /// With so many digits after the point.
    static func decimal(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

    /// With zeros before it, so many digits at least.
    static func padded(_ number: Int, _ digits: Int) -> String {
        let text = "\(number)"
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    /// A share in per cent.
    static func share(_ part: Int, of whole: Int) -> String {
        whole == 0 ? "-" : "\(decimal(100 * Double(part) / Double(whole), 1)) %"
    }
}

import AuditCore
import CaseLog
import Foundation
import Governance

/// The steered clock of a running stack, moved so that a run is exact: never past a timer that is due, and only when all
/// that an instant brings has come to rest.
struct DemoStage {
    let log: any Log
    let data: URL
    let reference: Reference
    /// What the clock shows; nil before the first step.
    private(set) var now: Instant?
    private var clock: SteeredClock

    init(log: any Log, data: URL, reference: Reference) {
        self.log = log
        clock = SteeredClock(log: log)
        self.data = data
        self.reference = reference
    }

    /// Moves the clock, stopping at every timer on the way.
    /// - Throws: `InputFault` when the instant lies before the clock's, or something does not come to rest.
    mutating func advance(to target: Instant) async throws {
        if let now, target < now {
            throw InputFault(place: "clock", detail: "stands at \(now) and never goes back to \(target)")
        }
        while let now, let next = try StoreTimers.first(after: now, before: target, in: data, reference) {
            try await set(next)
        }
        if now != target { try await set(target) }
    }

    /// Waits until all that the instant brings has come to rest.
    func rest() async throws { try await Quiet(log: log, data: data).wait(clock: now) }

    private mutating func set(_ instant: Instant) async throws {
        try await clock.set(instant)
        now = instant
        try await rest()
    }
}

import CaseLog
import Contracts
public import Foundation
public import Governance
import RevisitCore
import SupervisionCore

/// The timers that the deciders' stores hold: a driver of a steered clock stops at each of them.
public enum StoreTimers {
    /// The first timer due after one instant and before another, over all deciders and partitions.
    /// - Returns: when it is due; nil when there is none.
    public static func first(after now: Instant, before end: Instant, in data: URL, _ reference: Reference) throws
        -> Instant?
    {
        let found = [
            try first(of: SupervisionDecider(reference: reference), after: now, before: end, in: data),
            try first(of: RevisitDecider(reference: reference), after: now, before: end, in: data),
        ]
        return found.compactMap { $0 }.min()
    }

    private static func first<D: Decider>(
        of decider: D, after now: Instant, before end: Instant, in data: URL
    ) throws -> Instant? {
        let files = StoreFiles.files(data, D.service).filter { StoreFiles.partition($0, D.service) != nil }
        return try files.compactMap { file in
            try StoreFiles.read(file) { db in
                try first(after: now, before: end) { instant in
                    try decider.dueTimers(at: instant, limit: .max, db).contains { $0.due > now }
                }
            }
        }.min()
    }

    /// The first instant between two at which something is due. Asked step by step: a clock that is asked late says that it
    /// is due, and nothing of the warning before.
    static func first(
        after now: Instant, before end: Instant, isDue: (Instant) throws -> Bool
    ) rethrows -> Instant? {
        var (low, high) = (now.milliseconds, end.milliseconds - 1)
        guard low < high, try isDue(Instant(milliseconds: high)) else { return nil }
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if try isDue(Instant(milliseconds: middle)) { high = middle } else { low = middle }
        }
        return Instant(milliseconds: high)
    }
}

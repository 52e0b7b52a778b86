import CaseLog
import Contracts
public import Foundation
public import Governance
import SupervisionCore

/// The timers that the deciders' stores hold: a driver of a steered clock stops at each of them.
public enum StoreTimers {
    /// The first timer due after one instant and before another, over all deciders and partitions.
    /// - Returns: when it is due; nil when there is none.
    public static func first(after now: Instant, before end: Instant, in data: URL, _ reference: Reference) throws
        -> Instant?
    {
        let supervision = SupervisionDecider(reference: reference)
        var first: Instant?
        for file in StoreFiles.files(data, .supervision) where StoreFiles.partition(file, .supervision) != nil {
            let due = try StoreFiles.read(file) { db in
                try supervision.dueTimers(at: end, limit: .max, db).map(\.due).filter { $0 > now && $0 < end }.min()
            }
            if let due { first = min(first ?? due, due) }
        }
        return first
    }
}

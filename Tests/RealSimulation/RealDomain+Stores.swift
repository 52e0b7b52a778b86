package import CaseLog
import DispatchCore
import FeedbackCore
import GRDB
import RevisitCore
import Simulation
import SupervisionCore
import TriageCore

extension RealDomain {
    package func expected(
        _ service: Int, _ partition: Int, at cursor: Int64?, _ fold: RealFold, _ log: [LogEntry]
    ) throws -> [String]? {
        let entries = cursor.map { end in log.filter { $0.offset < end } } ?? log
        switch service {
        case 0: return try Self.rebuilt(TriageDecider(reference: reference), partition, entries)
        case 1: return try Self.rebuilt(DispatchDecider(reference: reference), partition, entries)
        case 2: return try Self.rebuilt(SupervisionDecider(reference: reference), partition, entries)
        case 4: return try Self.rebuilt(FeedbackDecider(reference: reference), partition, entries)
        default:
            return try Self.rebuilt(
                RevisitDecider(reference: reference, drawKey: Self.drawKey), partition, entries)
        }
    }

    /// The tables of a store that is folded from the log in one go.
    private static func rebuilt<D: Decider>(_ decider: D, _ partition: Int, _ log: [LogEntry]) throws -> [String] {
        guard !log.isEmpty else { return [] }
        let fold = try CaseFold(decider, partition: Int32(partition))
        try fold.apply(log)
        return try fold.database.read { try TableDump.lines(D.schema.tables, $0) }
    }
}

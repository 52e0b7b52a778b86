import CaseLog
import Contracts
import Governance

/// What `/runtimez` shows: the clock, and where each partition of a decider stands. A driver reads from it that all is done.
public struct RuntimeView: Codable, Sendable, Equatable {
    /// The clock of the process.
    public struct Clock: Codable, Sendable, Equatable {
        /// Where its time comes from.
        public var source: Settings.Clock
        /// The time, RFC 3339.
        public var now: String
        /// How far the machine's clock is ahead of the broker's.
        public var skewSeconds: Double
    }

    /// One partition.
    public struct Partition: Codable, Sendable, Equatable {
        /// Its number.
        public var partition: Int32
        /// What its owner is doing.
        public var phase: String
        /// Next offset of `cases` to fold.
        public var cases: Int64
        /// Next undone offset of `reports`; nil where it takes none.
        public var reports: Int64?
        /// Next undone offset of `commands`.
        public var commands: Int64
        /// Facts that were read are still to be decided on.
        public var hasListed: Bool
        /// Folded to here, no timer was due…
        public var lookedTo: Int64?
        /// … at this time, in milliseconds since 1970.
        public var lookedAt: Int64?
    }

    /// The service.
    public var service: String
    /// Its clock; nil where there is none.
    public var clock: Clock?
    /// Its partitions; empty where it decides nothing.
    public var partitions: [Partition]
    /// Rows of an edge that the log has not acknowledged yet; nil where there is no edge.
    public var pending: Int?
}

extension RuntimeView.Partition {
    init(_ status: OwnerStatus, takesReports: Bool) {
        self.init(
            partition: status.partition, phase: status.phase.name, cases: status.cursor,
            reports: takesReports ? status.done.reports : nil, commands: status.done.commands,
            hasListed: status.hasListed, lookedTo: status.looked?.cursor,
            lookedAt: status.looked?.instant.milliseconds)
    }
}
